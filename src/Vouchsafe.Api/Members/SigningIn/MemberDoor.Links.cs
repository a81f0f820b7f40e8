using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Api.Members.Memberships;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>An invitation as its page shows it.</summary>
/// <param name="ProjectName">The project.</param>
/// <param name="Role">The role in it.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="IsMember">Whether somebody signs in with that address already.</param>
/// <param name="IsThem">Whether this browser is signed in as them.</param>
public sealed record InvitationToAccept(string ProjectName, MemberRole Role, string Email, bool IsMember, bool IsThem);

/// <summary>One-time links.</summary>
public sealed partial class MemberDoor
{
    private const string Dead = "This link does not work: it was used, it has expired, or it is incomplete.";

    /// <summary>Whether a link to set the server up still works.</summary>
    public async Task<bool> IsSetUpLinkAsync(HttpContext http, string? token) =>
        await Get<SetUp>().FindAsync(token, http.RequestAborted) is not null;

    /// <summary>Makes the first operator and signs them in. Of any number of uses at the same moment one succeeds.</summary>
    public Task<DoorReply> SetUpAsync(HttpContext http, string? token, string? email, string? displayName, string? password) => TryAsync(http, async () =>
    {
        var setUp = Get<SetUp>();
        if (await setUp.FindAsync(token, http.RequestAborted) is not { } link) return await RefuseLinkAsync(http);
        if (NewMember.Read(email, displayName, password, out var wanted) is { } problem) return new DoorReply(DoorAnswer.Invalid, problem);
        if (await setUp.UseAsync(link, wanted!, http.RequestAborted) is not { } member) return await RefuseLinkAsync(http);
        return await BeginAsync(http, member, SignInMethod.Link);
    });

    /// <summary>What an invitation is for; null if the link does not work.</summary>
    public async Task<InvitationToAccept?> FindInvitationAsync(HttpContext http, string? token)
    {
        if (await OneTimeLinks.FindAsync(_db, token, OneTimeLinkKind.Invitation, _time.GetUtcNow(), http.RequestAborted) is not { } link) return null;
        var project = await _db.Projects.Where(p => p.Id == link.ProjectId).Select(p => p.Name).FirstOrDefaultAsync(http.RequestAborted);
        if (project is null || !MemberRoleNames.TryParse(link.Role, out var role)) return null;
        var member = await Users.FindByEmailAsync(link.Email!);
        return new InvitationToAccept(project, role, link.Email!, member is not null, member is not null && (await SignedInAsync(http))?.Id == member.Id);
    }

    /// <summary>
    /// Accepts an invitation: whoever it is for joins with the account that is signed in, or, if the address has none, with a
    /// new one of the given name and password.
    /// </summary>
    public Task<DoorReply> AcceptAsync(HttpContext http, string? token, string? displayName, string? password) => TryAsync(http, async () =>
    {
        var now = _time.GetUtcNow();
        if (await FindInvitationAsync(http, token) is not { } invitation
            || await OneTimeLinks.FindAsync(_db, token, OneTimeLinkKind.Invitation, now, http.RequestAborted) is not { } link) return await RefuseLinkAsync(http);
        if (invitation.IsMember && !invitation.IsThem) return new DoorReply(DoorAnswer.Invalid, $"Sign in as {invitation.Email} first, then open the link again.");
        NewMember? wanted = null;
        if (!invitation.IsMember && NewMember.Read(invitation.Email, displayName, password, out wanted) is { } problem) return new DoorReply(DoorAnswer.Invalid, problem);
        var joined = await JoinAsync(http, link, wanted, now);
        if (joined is null) return await RefuseLinkAsync(http);
        return wanted is null ? new DoorReply(DoorAnswer.Open) : await BeginAsync(http, joined, SignInMethod.Link);
    });

    /// <summary>The address of the member whose password a link sets; null if the link does not work.</summary>
    public async Task<string?> FindResetAsync(HttpContext http, string? token) => (await Get<PasswordResets>().FindAsync(token, http.RequestAborted))?.Member.Email;

    /// <summary>
    /// Sets the password through a link and ends all sign-ins of the member. Nobody is signed in by it: a second factor stays.
    /// </summary>
    public Task<DoorReply> ResetAsync(HttpContext http, string? token, string? password) => TryAsync(http, async () =>
    {
        var resets = Get<PasswordResets>();
        if (await resets.FindAsync(token, http.RequestAborted) is not var (link, member)) return await RefuseLinkAsync(http);
        if (MemberPasswords.Problem(password, member.Email) is { } problem) return new DoorReply(DoorAnswer.Invalid, problem);
        return await Get<MemberCredentials>().SetPasswordAsync(member.Id, password!, exceptSignIn: null, link, http.RequestAborted)
            ? new DoorReply(DoorAnswer.Open)
            : await RefuseLinkAsync(http);
    });

    private async Task<Member?> JoinAsync(HttpContext http, OneTimeLink link, NewMember? wanted, DateTimeOffset now)
    {
        var fresh = wanted is null ? null : Get<SetUp>().Make(wanted, isOperator: false); // hashes the password, which is slow: before the lock
        await using var held = await Get<DatabaseLock>().AcquireAsync(SetUp.LockName, http.RequestAborted);
        // Whoever invites and is removed at this moment must not leave somebody behind.
        if (!await MembershipPower.BacksAsync(_db, link, http.RequestAborted)) return null;
        await using var transaction = await _db.Database.BeginTransactionAsync(http.RequestAborted);
        if (!await OneTimeLinks.UseAsync(_db, link, now, http.RequestAborted)) return null;
        if (fresh is not null && !(await Users.CreateAsync(fresh)).Succeeded) return null;
        var member = fresh ?? await SignedInAsync(http);
        if (member is null) return null;
        var membership = await _db.ProjectMemberships.FirstOrDefaultAsync(m => m.ProjectId == link.ProjectId && m.MemberId == member.Id, http.RequestAborted);
        // Who is in already keeps their role: an old invitation must neither raise nor lower anybody.
        if (membership is null) _db.Add(new ProjectMembership { ProjectId = link.ProjectId!, MemberId = member.Id, Role = link.Role!, CreatedAt = now });
        await _db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        Get<MemberDirectory>().ForgetRole(link.ProjectId!, member.Id);
        return member;
    }

    private async Task<DoorReply> RefuseLinkAsync(HttpContext http)
    {
        await Get<FailedSignIns>().WriteAsync(http, SignInFailure.DeadLink, null);
        return new DoorReply(DoorAnswer.DeadLink, Dead);
    }
}
