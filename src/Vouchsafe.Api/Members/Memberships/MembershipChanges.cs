using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>
/// Changes of who is in a project: one after another over all nodes, so that each is decided on what the one before left. Two
/// owners who demote each other at the same moment leave one owner.
/// </summary>
internal sealed class MembershipChanges(VouchsafeDbContext db, DatabaseLock databaseLock)
{
    /// <summary>Decides while nobody else does.</summary>
    /// <param name="call">The call.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="decide">Is given the role that the caller has now.</param>
    internal async Task<IResult> DecideAsync(ApiCall call, string projectId, Func<MemberRole, Task<IResult>> decide)
    {
        await using var held = await databaseLock.AcquireAsync(SetUp.LockName, call.Aborted);
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return ProjectErrors.NotFound(projectId);
        // The role that let the call in may be two seconds old; whoever was demoted since decides nothing.
        var role = await MembershipPower.RoleAsync(db, call.Standing.MemberId, projectId, call.Aborted);
        return MemberPolicy.Permits(role, MemberAction.ManageMembers) ? await decide(role!.Value) : AccessErrors.MemberMayNot(role);
    }

    /// <summary>Decides on somebody who is in the project.</summary>
    internal Task<IResult> DecideOnAsync(ApiCall call, string projectId, string memberId, Func<MemberRole, Member, ProjectMembership?, Task<IResult>> decide) =>
        DecideAsync(call, projectId, async role =>
        {
            var member = await db.Members.FirstOrDefaultAsync(m => m.Id == memberId, call.Aborted);
            var membership = await db.ProjectMemberships.FirstOrDefaultAsync(m => m.ProjectId == projectId && m.MemberId == memberId, call.Aborted);
            return member is null || membership is null && !member.IsOperator ? MembershipErrors.NotFound(memberId) : await decide(role, member, membership);
        });

    /// <summary>
    /// Whether the project would name no owner who can sign in once this one is not counted any more. Only whoever runs the
    /// server may leave a project so, for they own it too: they may have to put out an owner who went astray.
    /// </summary>
    internal async Task<bool> KeepsLastOwnerAsync(ApiCall call, ProjectMembership membership)
    {
        if (MembershipPower.RoleOf(membership) is not MemberRole.Owner) return false;
        var (caller, ct) = (call.Standing.MemberId, call.Aborted);
        if (await db.Members.AnyAsync(m => m.Id == caller && m.IsOperator, ct)) return false;
        var (owner, projectId, memberId) = (MemberRole.Owner.ToWire(), membership.ProjectId, membership.MemberId);
        return !await db.Members.AnyAsync(m => m.Id != memberId && m.DisabledAt == null
            && db.ProjectMemberships.Any(p => p.ProjectId == projectId && p.MemberId == m.Id && p.Role == owner), ct);
    }
}
