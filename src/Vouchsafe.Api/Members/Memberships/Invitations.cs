using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
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
/// POST .../invitations: a one-time link with which an address joins the project. There is no mail; whoever invites hands the
/// link over. An address has one living invitation: a new one takes the place of the one before.
/// </summary>
internal static class InviteMember
{
    /// <summary>More people than a shop has; the list is shown as a whole.</summary>
    internal const int MostMembers = 500;

    private const string Path = "/account/invitation?token=";

    internal sealed record Request(string? Email, string? Role);

    internal static async Task<IResult> Handle(
        ApiCall call, string projectId, VouchsafeDbContext db, MembershipChanges changes, ILookupNormalizer names, PublicAddress address)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        var email = (request.Email ?? "").Trim();
        if (!EmailAddresses.IsAddress(email)) return MembershipErrors.EmailNeeded;
        if (!MemberRoleNames.TryParse(request.Role, out var role)) return MembershipErrors.UnknownRole;
        return await changes.DecideAsync(call, projectId, async mine =>
        {
            if (!MemberPolicy.PermitsMembership(mine, null, role)) return MembershipErrors.OwnersOnly;
            var name = names.NormalizeEmail(email);
            var isIn = await db.Members.AnyAsync(m => m.NormalizedEmail == name && (m.IsOperator || db.ProjectMemberships.Any(p => p.ProjectId == projectId && p.MemberId == m.Id)), call.Aborted);
            if (isIn) return MembershipErrors.AlreadyIn(email);
            var pending = await PendingInvitations.OfAsync(db, projectId, call.Now, call.Aborted);
            var before = pending.Where(i => names.NormalizeEmail(i.Email) == name).ToList();
            if (before.Exists(i => !PendingInvitations.MayEnd(mine, i))) return MembershipErrors.OwnersOnly;
            if (await db.ProjectMemberships.CountAsync(m => m.ProjectId == projectId, call.Aborted) + pending.Count - before.Count >= MostMembers) return MembershipErrors.Full(MostMembers);
            foreach (var older in before) await db.OneTimeLinks.Where(l => l.Id == older.Id).ExecuteDeleteAsync(call.Aborted);
            var token = OneTimeLinks.NewToken();
            var link = new OneTimeLink
            {
                Id = Ids.New(IdPrefix.OneTimeLink, call.Now), Hash = OneTimeLinks.HashOf(token), Kind = OneTimeLinkKind.Invitation,
                ProjectId = projectId, Email = email, Role = role.ToWire(),
                CreatedBy = call.Standing.MemberId, CreatedAt = call.Now, ExpiresAt = call.Now + OneTimeLinks.InvitationLife,
            };
            db.OneTimeLinks.Add(link);
            await db.SaveChangesAsync(call.Aborted);
            return Json.Ok(new MadeLinkResponse(address.Value + Path + token, link.ExpiresAt, InvitationResponse.From(link, call.Standing.Email)));
        });
    }
}

/// <summary>GET .../invitations: those that still work, the latest first. Their links are not in it: nobody can read them again.</summary>
internal static class ListInvitations
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db)
    {
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return ProjectErrors.NotFound(projectId);
        var pending = await PendingInvitations.OfAsync(db, projectId, call.Now, call.Aborted);
        var makers = pending.Select(l => l.CreatedBy).Distinct().ToList();
        var names = await db.Members.Where(m => makers.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Email, call.Aborted);
        return WireList.Ok("data", pending.ConvertAll(l => InvitationResponse.From(l, l.CreatedBy is null ? null : names.GetValueOrDefault(l.CreatedBy))), pending.Count);
    }
}

/// <summary>DELETE .../invitations/{id}: the link is dead from now on.</summary>
internal static class WithdrawInvitation
{
    internal static Task<IResult> Handle(ApiCall call, string projectId, string invitationId, VouchsafeDbContext db, MembershipChanges changes) =>
        changes.DecideAsync(call, projectId, async mine =>
        {
            var pending = await PendingInvitations.OfAsync(db, projectId, call.Now, call.Aborted);
            if (pending.Find(l => l.Id == invitationId) is not { } link) return MembershipErrors.InvitationNotFound(invitationId);
            if (!PendingInvitations.MayEnd(mine, link)) return MembershipErrors.OwnersOnly;
            await db.OneTimeLinks.Where(l => l.Id == invitationId).ExecuteDeleteAsync(call.Aborted);
            return Results.NoContent();
        });
}

internal static class PendingInvitations
{
    /// <summary>Invitations that are neither used nor expired, nor left behind by somebody who may not invite any more.</summary>
    internal static async Task<List<OneTimeLink>> OfAsync(VouchsafeDbContext db, string projectId, DateTimeOffset now, CancellationToken ct)
    {
        var links = await db.OneTimeLinks.AsNoTracking()
            .Where(l => l.ProjectId == projectId && l.Kind == OneTimeLinkKind.Invitation && l.UsedAt == null && l.ExpiresAt > now)
            .OrderByDescending(l => l.Id).ToListAsync(ct);
        var backed = new Dictionary<(string?, string?), bool>(); // few people make them, and there are five roles
        foreach (var link in links.DistinctBy(l => (l.CreatedBy, l.Role))) backed[(link.CreatedBy, link.Role)] = await MembershipPower.BacksAsync(db, link, ct);
        return links.FindAll(l => backed[(l.CreatedBy, l.Role)]);
    }

    /// <summary>Whether a role may take an invitation back: as it may take back the membership that it stands for.</summary>
    internal static bool MayEnd(MemberRole role, OneTimeLink link) =>
        MemberPolicy.PermitsMembership(role, MemberRoleNames.TryParse(link.Role, out var given) ? given : null, null);
}
