using Microsoft.EntityFrameworkCore;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>What members may do to one another, read from the database at this moment and from no cache.</summary>
internal static class MembershipPower
{
    /// <summary>What a member is in a project now; null: nothing, or the member is gone or disabled.</summary>
    internal static async Task<MemberRole?> RoleAsync(VouchsafeDbContext db, string memberId, string projectId, CancellationToken ct)
    {
        var member = await db.Members.AsNoTracking().Where(m => m.Id == memberId && m.DisabledAt == null).Select(m => new { m.IsOperator }).FirstOrDefaultAsync(ct);
        if (member is null) return null;
        if (member.IsOperator) return MemberRole.Owner;
        var name = await db.ProjectMemberships.Where(m => m.ProjectId == projectId && m.MemberId == memberId).Select(m => m.Role).FirstOrDefaultAsync(ct);
        return MemberRoleNames.TryParse(name, out var role) ? role : null;
    }

    /// <summary>
    /// Over whose accounts as a whole somebody has power: the password and the sign-ins, which open every project that the other
    /// is in. So the power is asked for in each of them; otherwise whoever manages one project could, by a new password, become
    /// an owner of the next. Nobody is among their own.
    /// </summary>
    internal static async Task<HashSet<string>> AccountsInReachAsync(VouchsafeDbContext db, string memberId, IReadOnlyCollection<string> others, CancellationToken ct)
    {
        var me = await db.Members.AsNoTracking().Where(m => m.Id == memberId && m.DisabledAt == null).Select(m => new { m.IsOperator }).FirstOrDefaultAsync(ct);
        if (me is null) return [];
        var asked = await db.Members.AsNoTracking().Where(m => others.Contains(m.Id) && m.Id != memberId && (me.IsOperator || !m.IsOperator)).Select(m => m.Id).ToListAsync(ct);
        if (me.IsOperator) return [.. asked];
        var roles = (await db.ProjectMemberships.AsNoTracking().Where(m => m.MemberId == memberId || asked.Contains(m.MemberId)).ToListAsync(ct)).ToLookup(m => m.MemberId, StringComparer.Ordinal);
        var mine = roles[memberId].ToDictionary(m => m.ProjectId, RoleOf, StringComparer.Ordinal);
        return [.. asked.Where(id => roles[id].All(m => MemberPolicy.PermitsMembership(mine.GetValueOrDefault(m.ProjectId), RoleOf(m), RoleOf(m))))];
    }

    /// <summary>The same of one.</summary>
    internal static async Task<bool> ReachesAccountAsync(VouchsafeDbContext db, string memberId, string otherId, CancellationToken ct) =>
        (await AccountsInReachAsync(db, memberId, [otherId], ct)).Contains(otherId);

    /// <summary>
    /// Whether a link is still backed by whoever made it: had they lost the power since, the link would give what they may not
    /// give any more. What the server made needs no backing.
    /// </summary>
    internal static async Task<bool> BacksAsync(VouchsafeDbContext db, OneTimeLink link, CancellationToken ct) => link switch
    {
        { CreatedBy: null } => true,
        { Kind: OneTimeLinkKind.Invitation, ProjectId: { } projectId } =>
            MemberRoleNames.TryParse(link.Role, out var role) && MemberPolicy.PermitsMembership(await RoleAsync(db, link.CreatedBy, projectId, ct), null, role),
        { Kind: OneTimeLinkKind.PasswordReset, MemberId: { } memberId } => await ReachesAccountAsync(db, link.CreatedBy, memberId, ct),
        _ => false,
    };

    internal static MemberRole? RoleOf(ProjectMembership membership) => MemberRoleNames.TryParse(membership.Role, out var role) ? role : null;
}
