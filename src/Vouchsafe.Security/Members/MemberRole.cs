namespace Vouchsafe.Security;

/// <summary>What a member of the dashboard is in one project.</summary>
public enum MemberRole
{
    /// <summary>Everything, the project's deletion and the naming of owners included.</summary>
    Owner,

    /// <summary>Everything else.</summary>
    Administrator,

    /// <summary>Creates and changes promotion data; settings only to read.</summary>
    Editor,

    /// <summary>Sees promotion data and changes nothing.</summary>
    Viewer,

    /// <summary>Sees everything; guards keys, website URLs, permissions and limits; changes no promotion data.</summary>
    Security,
}

/// <summary>What members do beside working with promotion data, for which scopes are asked.</summary>
public enum MemberAction
{
    /// <summary>Sees figures about the project: what is live, how much is used.</summary>
    ReadFigures,

    /// <summary>Sees the project's settings, and of its keys everything but secrets.</summary>
    ReadSettings,

    /// <summary>Changes the project's settings: name, website URLs, permissions, limits, stacking rules.</summary>
    ChangeSettings,

    /// <summary>Makes, changes, rotates and deletes keys, and reads secrets while they can be read.</summary>
    ManageKeys,

    /// <summary>Sees refused requests and failed sign-ins.</summary>
    ReadSecurity,

    /// <summary>Sees who the members are.</summary>
    ReadMembers,

    /// <summary>Invites, changes and removes members.</summary>
    ManageMembers,

    /// <summary>Deletes the project.</summary>
    DeleteProject,

    /// <summary>What belongs to the installation, not to one project: makes projects and sees all of them.</summary>
    Operate,

    /// <summary>What every member may do with their own account.</summary>
    OwnAccount,
}
