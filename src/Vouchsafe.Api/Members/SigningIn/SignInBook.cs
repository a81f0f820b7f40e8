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
/// The sign-ins: a row each, which the cookie names. They take the place of Identity's security stamp: the stamp signs
/// everybody out who holds a cookie of the member, half a minute later; a row signs one browser out, within two seconds.
/// </summary>
internal sealed class SignInBook(VouchsafeDbContext db, MemberDirectory directory, TimeProvider time)
{
    /// <summary>The claim that names the sign-in.</summary>
    internal const string SignInClaim = "sid";

    private const int MostPerMember = 50;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    /// <summary>Signs the browser in.</summary>
    internal async Task BeginAsync(HttpContext http, Member member, SignInMethod method, bool isRemembered)
    {
        var now = time.GetUtcNow();
        var signIn = new SignIn
        {
            Id = Ids.New(IdPrefix.SignIn, now),
            MemberId = member.Id,
            Method = method,
            CreatedAt = now,
            LastSeenAt = now,
            Address = FailedSignIns.AddressOf(http),
            UserAgent = FailedSignIns.UserAgentOf(http),
        };
        db.SignIns.Add(signIn);
        await db.SaveChangesAsync(http.RequestAborted);
        await EndOldestAsync(member.Id, now, http.RequestAborted);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, member.Id), new(ClaimTypes.Name, member.Email ?? ""), new(SignInClaim, signIn.Id)],
            IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IsPersistent = isRemembered, ExpiresUtc = isRemembered ? now + Remembered : null };
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), properties);
    }

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
