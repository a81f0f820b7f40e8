namespace Vouchsafe.Security;

/// <summary>What each role may do. Everything that is not named here is refused.</summary>
public static class MemberPolicy
{
    // A calculation stores nothing, so whoever reads may ask for it.
    private static readonly ScopeSet Calculations = ScopeSet.Of(Scope.Qualifications, Scope.Validations);

    /// <summary>Whether a role may call an operation on promotion data.</summary>
    /// <param name="role">The role in the project; null: no member of it.</param>
    /// <param name="scope">The scope that the operation belongs to.</param>
    /// <param name="access">What the operation does.</param>
    public static bool Permits(MemberRole? role, Scope scope, Access access)
    {
        if (role is null || scope.IsClient()) return false;
        if (access == Access.Read || Calculations.Contains(scope)) return true;
        return role is MemberRole.Owner or MemberRole.Administrator or MemberRole.Editor;
    }

    /// <summary>
    /// Whether a role's validations may hold what they found applicable for a session. A hold takes from limits and balances as
    /// a redemption does, so whoever may not redeem may not hold.
    /// </summary>
    public static bool PermitsHolds(MemberRole? role) => Permits(role, Scope.Redemptions, Access.Write);

    /// <summary>Whether a role may do something else in its project.</summary>
    /// <param name="role">The role in the project; null: no member of it.</param>
    /// <param name="action">The deed. <see cref="MemberAction.Operate"/> and <see cref="MemberAction.OwnAccount"/> belong to no project.</param>
    public static bool Permits(MemberRole? role, MemberAction action) => (role, action) switch
    {
        (null, _) or (_, MemberAction.Operate) or (_, MemberAction.OwnAccount) => false,
        (MemberRole.Owner, _) => true,
        (_, MemberAction.DeleteProject) => false,
        (MemberRole.Administrator, _) => true,
        (_, MemberAction.ReadFigures or MemberAction.ReadSettings or MemberAction.ReadMembers) => true,
        (MemberRole.Security, MemberAction.ChangeSettings or MemberAction.ManageKeys or MemberAction.ReadSecurity) => true,
        _ => false,
    };

    /// <summary>
    /// Whether a role may give, change or take away a membership. Owners are made and unmade by owners only, so that an
    /// administrator can neither rise nor throw an owner out.
    /// </summary>
    /// <param name="role">The role of whoever acts; null: no member of the project.</param>
    /// <param name="from">The role that the other has; null when there is no membership yet.</param>
    /// <param name="to">The role that the other gets; null to take the membership away.</param>
    public static bool PermitsMembership(MemberRole? role, MemberRole? from, MemberRole? to) =>
        Permits(role, MemberAction.ManageMembers)
        && (role is MemberRole.Owner || from is not MemberRole.Owner && to is not MemberRole.Owner);
}
