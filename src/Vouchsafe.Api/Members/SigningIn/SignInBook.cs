using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// The sign-ins: a row each, which the cookie names. Cookies hold no security stamp: the stamp signs everybody out who holds
/// a cookie of the member, half a minute later; a row signs one browser out, within two seconds. The stamp's part is the
/// moment of signing in: what was proven against an older password makes no row.
/// </summary>
internal sealed class SignInBook(VouchsafeDbContext db, MemberDirectory directory, TimeProvider time)
{
    /// <summary>The claim that names the sign-in.</summary>
    internal const string SignInClaim = "sid";

    private const int MostPerMember = 50;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    /// <summary>Signs the browser in; false if the member was disabled, or their password changed, since it was looked at.</summary>
    internal async Task<bool> BeginAsync(HttpContext http, Member member, SignInMethod method, bool isRemembered)
    {
        var now = time.GetUtcNow();
        var signIn = new SignIn
        {
            Id = Ids.New(IdPrefix.SignIn, now),
            MemberId = member.Id,
            Method = method,
            CreatedAt = now,
            LastSeenAt = now,
            ProvenAt = now,
            Address = FailedSignIns.AddressOf(http),
            UserAgent = FailedSignIns.UserAgentOf(http),
        };
        if (!await AddAsync(signIn, member.SecurityStamp, http.RequestAborted)) return false;
        await EndOldestAsync(member.Id, now, http.RequestAborted);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, member.Id), new(ClaimTypes.Name, member.Email ?? ""), new(SignInClaim, signIn.Id)],
            IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IsPersistent = isRemembered, ExpiresUtc = isRemembered ? now + Remembered : null };
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), properties);
        return true;
    }

    // Whoever changes a password changes the stamp and ends the sign-ins that are there. Writing the stamp as it is makes the
    // two wait for each other: the row is there before the change, which ends it, or it is never made.
    private async Task<bool> AddAsync(SignIn signIn, string? stamp, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var stands = await db.Members.Where(m => m.Id == signIn.MemberId && m.SecurityStamp == stamp && m.DisabledAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.SecurityStamp, stamp), ct) == 1;
        if (!stands) return false;
        db.SignIns.Add(signIn);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Ends sign-ins of a member: one, or all but one, or all. Returns how many there were.</summary>
    internal async Task<int> EndAsync(string memberId, string? only, string? except, CancellationToken ct)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var ended = await db.SignIns.Where(s => s.MemberId == memberId && s.EndedAt == null && (only == null || s.Id == only) && (except == null || s.Id != except))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        if (only is null) directory.ForgetAll();
        else directory.ForgetSignIn(only);
        return ended;
    }

    /// <summary>Asked for every page: whether the sign-in that the cookie names still stands.</summary>
    internal static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var directory = http.RequestServices.GetRequiredService<MemberDirectory>();
        var (memberId, signInId) = (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), context.Principal?.FindFirstValue(SignInClaim));
        if (memberId is not null && signInId is not null && await directory.FindAsync(memberId, signInId, null) is not null) return;
        context.RejectPrincipal();
        await http.SignOutAsync(context.Scheme.Name);
    }

    private async Task EndOldestAsync(string memberId, DateTimeOffset now, CancellationToken ct)
    {
        var live = db.SignIns.Where(s => s.MemberId == memberId && s.EndedAt == null);
        foreach (var id in await live.OrderByDescending(s => s.Id).Skip(MostPerMember).Select(s => s.Id).ToListAsync(ct))
            await EndAsync(memberId, only: id, except: null, ct);
    }
}
