using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>GET .../members: everybody who may work in the project, those who run the server among them; by name.</summary>
internal static class ListMembers
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db)
    {
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return ProjectErrors.NotFound(projectId);
        var memberships = await db.ProjectMemberships.AsNoTracking().Where(m => m.ProjectId == projectId).ToDictionaryAsync(m => m.MemberId, StringComparer.Ordinal, call.Aborted);
        var members = await db.Members.AsNoTracking()
            .Where(m => m.IsOperator || db.ProjectMemberships.Any(p => p.ProjectId == projectId && p.MemberId == m.Id))
            .OrderBy(m => m.DisplayName).ThenBy(m => m.Id).ToListAsync(call.Aborted);
        var role = call.Standing.Role;
        var ways = MemberPolicy.Permits(role, MemberAction.ManageMembers) || MemberPolicy.Permits(role, MemberAction.ReadSecurity)
            ? await WaysInAsync(db, members, call.Aborted) : [];
        var inReach = MemberPolicy.Permits(role, MemberAction.ManageMembers)
            ? await MembershipPower.AccountsInReachAsync(db, call.Standing.MemberId, members.ConvertAll(m => m.Id), call.Aborted) : [];
        return WireList.Ok("data", members.ConvertAll(member =>
        {
            var membership = memberships.GetValueOrDefault(member.Id);
            return new MemberResponse(
                member.Id, member.Email ?? "", member.DisplayName, member.IsOperator ? MemberRole.Owner : MembershipPower.RoleOf(membership!) ?? MemberRole.Viewer,
                member.IsOperator, member.Id == call.Standing.MemberId, membership?.CreatedAt, ways.GetValueOrDefault(member.Id), inReach.Contains(member.Id));
        }), members.Count);
    }

    private static async Task<Dictionary<string, MemberResponse.SigningIn>> WaysInAsync(VouchsafeDbContext db, List<Member> members, CancellationToken ct)
    {
        var ids = members.ConvertAll(m => m.Id);
        var passkeys = await db.Passkeys.Where(p => ids.Contains(p.UserId)).GroupBy(p => p.UserId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var signIns = await db.SignIns.Where(s => ids.Contains(s.MemberId)).GroupBy(s => s.MemberId)
            .Select(g => new { g.Key, Open = g.Count(s => s.EndedAt == null), Last = g.Max(s => s.CreatedAt), Seen = g.Max(s => s.LastSeenAt) })
            .ToDictionaryAsync(g => g.Key, ct);
        return members.ToDictionary(m => m.Id, m =>
        {
            var last = signIns.GetValueOrDefault(m.Id);
            return new MemberResponse.SigningIn(m.TwoFactorEnabled, passkeys.GetValueOrDefault(m.Id), last?.Open ?? 0, last?.Last, last?.Seen, m.DisabledAt is not null);
        });
    }
}
