using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>How a try to come in ended.</summary>
public enum DoorAnswer
{
    /// <summary>The browser is signed in.</summary>
    Open,

    /// <summary>The password was right; the second factor is wanted.</summary>
    SecondFactor,

    /// <summary>What was presented does not open. Why is not said: not whether there is such a member, nor whether it is locked.</summary>
    Refused,

    /// <summary>A field is wrong; <see cref="DoorReply.Problem"/> says which. The link still works.</summary>
    Invalid,

    /// <summary>The one-time link is unknown, used or expired.</summary>
    DeadLink,

    /// <summary>Too many tries from this address.</summary>
    TooMany,
}

/// <summary>The answer to a try to come in.</summary>
/// <param name="Answer">How it ended.</param>
/// <param name="Problem">What to tell; null when there is nothing to tell.</param>
public sealed record DoorReply(DoorAnswer Answer, string? Problem = null);

/// <summary>
/// The way in for people: what the account pages call to set and clear cookies. Everything else that members do goes
/// through <see cref="MemberGateway"/>.
/// </summary>
public sealed partial class MemberDoor
{
    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>The shortest password, for the pages to say.</summary>
    public const int ShortestPassword = MemberPasswords.Shortest;

    private const string Wrong = "That did not work: the e-mail address or the password is wrong, or there were too many wrong tries. After five, an account takes none for 15 minutes.";
    private const string WrongCode = "That code did not work: it is wrong or was used before, or there were too many wrong tries. After five, an account takes none for 15 minutes.";

    // Each refusal takes this long at least, so that time does not tell one from another.
    private static readonly TimeSpan EvenRefusal = TimeSpan.FromMilliseconds(400);
    private const string RememberClaim = "remember";
    private const string StampClaim = "stamp";

    private readonly IServiceProvider _services;
    private readonly VouchsafeDbContext _db;
    private readonly TimeProvider _time;

    internal MemberDoor(IServiceProvider services) =>
        (_services, _db, _time) = (services, services.GetRequiredService<VouchsafeDbContext>(), services.GetRequiredService<TimeProvider>());

    private UserManager<Member> Users => Get<UserManager<Member>>();

    private SignInBook Book => Get<SignInBook>();

    /// <summary>Signs in with address and password; the second factor may be wanted next.</summary>
    public Task<DoorReply> PasswordAsync(HttpContext http, string? email, string? password, bool isRemembered) => TryAsync(http, async () =>
    {
        var member = string.IsNullOrWhiteSpace(email) || email.Length > 254 ? null : await Users.FindByEmailAsync(email.Trim());
        var mayTry = member is not null && await Get<Tries>().TakeAsync(member.Id, http.RequestAborted);
        var isRight = Get<MemberPasswords>().IsRight(member, password ?? "");
        if (member is null) return await RefuseAsync(http, SignInFailure.UnknownMember, null, Wrong, typed: email);
        if (!mayTry) return await RefuseAsync(http, SignInFailure.Locked, member.Id, Wrong);
        if (!isRight) return await RefuseAsync(http, SignInFailure.WrongPassword, member.Id, Wrong);
        if (member.DisabledAt is not null) return await RefuseAsync(http, SignInFailure.Disabled, member.Id, Wrong);
        if (member.TwoFactorEnabled)
        {
            // The try is not given back yet: a right password must not buy tries at the code.
            await RememberPasswordAsync(http, member, isRemembered);
            return new DoorReply(DoorAnswer.SecondFactor);
        }
        return await OpenAsync(http, member, SignInMethod.Password, isRemembered);
    });

    /// <summary>Whether the password was given a moment ago and the second factor is wanted.</summary>
    public async Task<bool> IsBetweenFactorsAsync(HttpContext http) => (await BetweenFactorsAsync(http)).MemberId is not null;

    /// <summary>The code of the authenticator, after the password.</summary>
    public Task<DoorReply> CodeAsync(HttpContext http, string? code) => SecondAsync(http, SignInMethod.Authenticator, async member =>
    {
        if (Get<AuthenticatorKeys>().StepOf(member, code, _time.GetUtcNow()) is not { } step) return false;
        return await _db.Members.Where(m => m.Id == member.Id && m.LastCodeStep < step)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.LastCodeStep, step), http.RequestAborted) == 1;
    });

    /// <summary>A recovery code in its place.</summary>
    public Task<DoorReply> RecoveryCodeAsync(HttpContext http, string? code) =>
        SecondAsync(http, SignInMethod.RecoveryCode, member => RecoveryCodes.UseAsync(_db, member.Id, code ?? "", http.RequestAborted));

    /// <summary>Ends the sign-in of this browser.</summary>
    public async Task SignOutAsync(HttpContext http)
    {
        var (memberId, signInId) = (http.User.FindFirstValue(ClaimTypes.NameIdentifier), http.User.FindFirstValue(SignInBook.SignInClaim));
        if (memberId is not null && signInId is not null) await Book.EndAsync(memberId, only: signInId, except: null, http.RequestAborted);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private Task<DoorReply> SecondAsync(HttpContext http, SignInMethod method, Func<Member, Task<bool>> check) => TryAsync(http, async () =>
    {
        var (memberId, isRemembered, stamp) = await BetweenFactorsAsync(http);
        var member = memberId is null ? null : await _db.Members.FirstOrDefaultAsync(m => m.Id == memberId, http.RequestAborted);
        if (member is null || stamp != (member.SecurityStamp ?? "")) return await RefuseAsync(http, SignInFailure.UnknownMember, null, WrongCode);
        if (!await Get<Tries>().TakeAsync(member.Id, http.RequestAborted)) return await RefuseAsync(http, SignInFailure.Locked, member.Id, WrongCode);
        if (!await check(member)) return await RefuseAsync(http, SignInFailure.WrongCode, member.Id, WrongCode);
        if (member.DisabledAt is not null) return await RefuseAsync(http, SignInFailure.Disabled, member.Id, WrongCode);
        return await OpenAsync(http, member, method, isRemembered);
    });

    private async Task<DoorReply> OpenAsync(HttpContext http, Member member, SignInMethod method, bool isRemembered)
    {
        await Get<Tries>().ForgiveAsync(member.Id, http.RequestAborted);
        return await BeginAsync(http, member, method, isRemembered);
    }

    // Refused if the password was changed while this one was looked at.
    private async Task<DoorReply> BeginAsync(HttpContext http, Member member, SignInMethod method, bool isRemembered = false) =>
        await Book.BeginAsync(http, member, method, isRemembered)
            ? new DoorReply(DoorAnswer.Open)
            : await RefuseAsync(http, SignInFailure.WrongPassword, member.Id, Wrong);

    private async Task<DoorReply> TryAsync(HttpContext http, Func<Task<DoorReply>> tryIt)
    {
        var started = Stopwatch.GetTimestamp();
        if (Get<SignInLimit>().Refuse(http) is { } seconds)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return new DoorReply(DoorAnswer.TooMany, $"Too many tries came from this address. Wait {seconds} seconds.");
        }
        var reply = await tryIt();
        var rest = EvenRefusal - Stopwatch.GetElapsedTime(started);
        if (reply.Answer is DoorAnswer.Refused && rest > TimeSpan.Zero) await Task.Delay(rest, http.RequestAborted);
        return reply;
    }

    private async Task<DoorReply> RefuseAsync(HttpContext http, SignInFailure reason, string? memberId, string text, string? typed = null)
    {
        await Get<FailedSignIns>().WriteAsync(http, reason, memberId, typed);
        return new DoorReply(DoorAnswer.Refused, text);
    }

    private Task RememberPasswordAsync(HttpContext http, Member member, bool isRemembered)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, member.Id), new(RememberClaim, isRemembered ? "1" : "0"), new(StampClaim, member.SecurityStamp ?? "")];
        return http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.TwoFactorUserIdScheme)));
    }

    private static async Task<(string? MemberId, bool IsRemembered, string? Stamp)> BetweenFactorsAsync(HttpContext http)
    {
        var principal = (await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        // The ceremonies of passkeys keep their challenge in the same cookie, under other claims.
        return principal?.FindFirstValue(RememberClaim) is { } remember ? (principal.FindFirstValue(ClaimTypes.NameIdentifier), remember == "1", principal.FindFirstValue(StampClaim)) : default;
    }

    private T Get<T>() where T : notnull => _services.GetRequiredService<T>();
}
