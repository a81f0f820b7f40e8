using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>PUT .../members/{id}: gives a member another role in the project.</summary>
internal static class ChangeMemberRole
{
    internal sealed record Request(string? Role);

    internal static async Task<IResult> Handle(ApiCall call, string projectId, string memberId, VouchsafeDbContext db, MembershipChanges changes, MemberDirectory directory)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (!MemberRoleNames.TryParse(request.Role, out var wanted)) return MembershipErrors.UnknownRole;
        return await changes.DecideOnAsync(call, projectId, memberId, async (mine, member, membership) =>
        {
            if (member.IsOperator) return MembershipErrors.RunsTheServer;
            if (!MemberPolicy.PermitsMembership(mine, MembershipPower.RoleOf(membership!), wanted)) return MembershipErrors.OwnersOnly;
            if (wanted is not MemberRole.Owner && await changes.KeepsLastOwnerAsync(call, membership!)) return MembershipErrors.LastOwner;
            membership!.Role = wanted.ToWire();
            await db.SaveChangesAsync(call.Aborted);
            directory.ForgetRole(projectId, memberId);
            return Results.NoContent();
        });
    }
}

/// <summary>DELETE .../members/{id}: takes a member out of the project. The account stays, with whatever other projects it has.</summary>
internal static class RemoveMember
{
    internal static Task<IResult> Handle(ApiCall call, string projectId, string memberId, VouchsafeDbContext db, MembershipChanges changes, MemberDirectory directory) =>
        changes.DecideOnAsync(call, projectId, memberId, async (mine, member, membership) =>
        {
            if (member.IsOperator) return MembershipErrors.RunsTheServer;
            if (!MemberPolicy.PermitsMembership(mine, MembershipPower.RoleOf(membership!), null)) return MembershipErrors.OwnersOnly;
            if (await changes.KeepsLastOwnerAsync(call, membership!)) return MembershipErrors.LastOwner;
            await db.ProjectMemberships.Where(m => m.ProjectId == projectId && m.MemberId == memberId).ExecuteDeleteAsync(call.Aborted);
            directory.ForgetRole(projectId, memberId);
            return Results.NoContent();
        });
}
