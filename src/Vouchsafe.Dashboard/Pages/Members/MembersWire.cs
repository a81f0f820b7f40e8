using Vouchsafe.Security;

namespace Vouchsafe.Dashboard.Pages.Members;

/// <summary>The addresses of a project's members.</summary>
internal static class MemberPaths
{
    internal const string Members = "/dashboard/v1/projects/{project}/members";
    internal const string Invitations = "/dashboard/v1/projects/{project}/invitations";

    internal static string Member(string id) => $"{Members}/{Uri.EscapeDataString(id)}";

    internal static string Invitation(string id) => $"{Invitations}/{Uri.EscapeDataString(id)}";
}

/// <summary>A member of the project on the wire.</summary>
public sealed record MemberView(
    string Id, string Email, string DisplayName, MemberRole Role, bool IsOperator, bool IsYou, DateTimeOffset? JoinedAt, SigningInView? SignIn, bool IsAccountInReach);

/// <summary>How a member signs in; shown to those who manage members or guard the project.</summary>
public sealed record SigningInView(bool SecondFactor, int Passkeys, int OpenSignIns, DateTimeOffset? LastSignInAt, DateTimeOffset? LastSeenAt, bool IsDisabled);

/// <summary>An invitation that was not taken up yet.</summary>
public sealed record InvitationView(string Id, string Email, MemberRole Role, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>A one-time link; its address is answered once.</summary>
public sealed record MadeLinkView(string Link, DateTimeOffset ExpiresAt);

/// <summary>How many sign-ins were ended.</summary>
public sealed record EndedSignInsView(int Ended);

/// <summary>The roles in words.</summary>
internal static class RoleWords
{
    internal static string Name(MemberRole role) => role.ToString();

    internal static string WithArticle(MemberRole role) => role switch
    {
        MemberRole.Owner => "an owner",
        MemberRole.Administrator => "an administrator",
        MemberRole.Editor => "an editor",
        MemberRole.Viewer => "a viewer",
        MemberRole.Security => "a guard of security",
    };

    internal static string Explain(MemberRole role) => role switch
    {
        MemberRole.Owner => "May do everything: names other owners, and can delete the project.",
        MemberRole.Administrator => "Does everything else: promotions, settings, keys and members, but no owners.",
        MemberRole.Editor => "Makes and changes vouchers, campaigns and rules, and redeems. Reads settings; sees no secrets.",
        MemberRole.Viewer => "Looks at everything but secrets and refused requests, and changes nothing.",
        MemberRole.Security => "Guards keys, website URLs, permissions and limits, and sees what was refused. Changes no promotions.",
    };

    /// <summary>The roles that somebody may give to another who has a role, or none yet.</summary>
    internal static IEnumerable<MemberRole> Open(MemberRole mine, MemberRole? from) =>
        Enum.GetValues<MemberRole>().Where(to => MemberPolicy.PermitsMembership(mine, from, to));
}
