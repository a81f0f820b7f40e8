namespace Vouchsafe.Security;

/// <summary>What an operation does to a project's data.</summary>
public enum Access
{
    /// <summary>Shows data. A calculation that stores nothing, such as a qualification, is reading.</summary>
    Read,

    /// <summary>Changes data.</summary>
    Write,
}

/// <summary>
/// The role of an application key or a member in a project. The names are Voucherify's built-in roles; its "restricted
/// user", bound to areas and stores, is left out as those do not exist here. Being the owner of an account is not a role.
/// </summary>
public enum KeyRole
{
    /// <summary>Everything in the project, its settings included.</summary>
    Admin,

    /// <summary>Creates, edits and exports data; project settings only to read.</summary>
    User,

    /// <summary>Sees and exports data and changes nothing.</summary>
    Viewer,

    /// <summary>Sees data, validates and redeems single incentives (no stacking), and changes nothing else.</summary>
    Merchant,
}

/// <summary>What each role may do in the server-side API.</summary>
public static class KeyRoles
{
    private static readonly ScopeSet Settings = ScopeSet.Of(Scope.MetadataSchemas);
    private static readonly ScopeSet ViewerWrites = ScopeSet.Of(Scope.Exports);
    private static readonly ScopeSet MerchantWrites = ScopeSet.Of(Scope.Validations, Scope.Redemptions);

    /// <summary>
    /// Whether a role may call an operation. No role of the server-side API opens the client-side API.
    /// </summary>
    /// <param name="role">The role of the key.</param>
    /// <param name="scope">The scope that the operation belongs to; validating or redeeming one voucher belongs to
    /// <see cref="Scope.Validations"/> or <see cref="Scope.Redemptions"/>, whatever its path.</param>
    /// <param name="access">What the operation does.</param>
    public static bool Permits(this KeyRole role, Scope scope, Access access)
    {
        if (scope.IsClient()) return false;
        if (access == Access.Read) return true;
        return role switch
        {
            KeyRole.Admin => true,
            KeyRole.User => !Settings.Contains(scope),
            KeyRole.Viewer => ViewerWrites.Contains(scope),
            KeyRole.Merchant => MerchantWrites.Contains(scope),
        };
    }

    /// <summary>Whether several redeemables may be combined in one request.</summary>
    public static bool PermitsStacking(this KeyRole role) => role is KeyRole.Admin or KeyRole.User;

    /// <summary>Whether keys, whitelists, permissions and webhooks of the project may be changed.</summary>
    public static bool PermitsProjectSettings(this KeyRole role) => role is KeyRole.Admin;
}
