using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>Passkeys: signing in with one, and adding one.</summary>
public sealed partial class MemberDoor
{
    private const int LongestCredential = 32 * 1024;
    private const int MostPasskeys = 20;
    private const string WrongPasskey = "That passkey did not work. It may belong to another server or have been removed.";

    /// <summary>What a browser needs to ask for a passkey, as JSON; the challenge is kept in a cookie. Names no member.</summary>
    public Task<string> PasskeyOptionsAsync(HttpContext http) => Get<PasskeyCeremonies>().For(http).MakePasskeyRequestOptionsAsync(null);

    /// <summary>Signs in with what the browser got from the passkey. It stands for both factors: the device asked for its owner.</summary>
    public Task<DoorReply> PasskeyAsync(HttpContext http, string? credential) => TryAsync(http, async () =>
    {
        if (!await IsCeremonyAsync(http, credential)) return await RefuseAsync(http, SignInFailure.WrongPasskey, null, WrongPasskey);
        var result = await AssertAsync(http, credential!);
        if (result is not { Succeeded: true }) return await RefuseAsync(http, SignInFailure.WrongPasskey, null, WrongPasskey);
        // A lock after wrong passwords is no reason to refuse: nobody guesses a passkey, and the lock may be an attacker's work.
        if (result.User.DisabledAt is not null) return await RefuseAsync(http, SignInFailure.Disabled, result.User.Id, WrongPasskey);
        await KeepUseAsync(http, result);
        return await BeginAsync(http, result.User, SignInMethod.Passkey);
    });

    /// <summary>What a browser needs to make a passkey for the signed-in member, as JSON; null if nobody is signed in.</summary>
    public async Task<string?> NewPasskeyOptionsAsync(HttpContext http)
    {
        if (await SignedInAsync(http) is not { } member) return null;
        var entity = new PasskeyUserEntity { Id = member.Id, Name = member.Email!, DisplayName = member.DisplayName };
        return await Get<PasskeyCeremonies>().For(http).MakePasskeyCreationOptionsAsync(entity);
    }

    /// <summary>Adds a passkey to the signed-in member, who proved to be it a moment ago.</summary>
    public Task<DoorReply> AddPasskeyAsync(HttpContext http, string? credential, string? name) => TryAsync(http, async () =>
    {
        if (await SignedInAsync(http) is not { } member) return new DoorReply(DoorAnswer.Refused, SignedOut);
        if (!await IsProvenAsync(http)) return new DoorReply(DoorAnswer.Refused, "Confirm first that it is you.");
        if (PasskeyNames.Problem(name) is { } problem) return new DoorReply(DoorAnswer.Invalid, problem);
        if (await _db.Passkeys.CountAsync(p => p.UserId == member.Id, http.RequestAborted) >= MostPasskeys)
            return new DoorReply(DoorAnswer.Invalid, $"There are {MostPasskeys} passkeys already; remove one first.");
        if (!await IsCeremonyAsync(http, credential) || await AttestAsync(http, credential!) is not { Succeeded: true } result || result.UserEntity.Id != member.Id)
            return new DoorReply(DoorAnswer.Invalid, "The browser made no passkey that can be used here. Try again.");
        result.Passkey.Name = name!.Trim();
        await KeepAsync(http, member, result.Passkey);
        return new DoorReply(DoorAnswer.Open);
    });

    // Not by Identity's manager, which would write the whole member back as it was read, over whatever was changed since.
    private Task KeepAsync(HttpContext http, Member member, UserPasskeyInfo passkey) =>
        ((IUserPasskeyStore<Member>)Get<IUserStore<Member>>()).AddOrUpdatePasskeyAsync(member, passkey, http.RequestAborted);

    // The count of uses, which gives copied passkeys away, and the moment, which the member's list shows.
    private async Task KeepUseAsync(HttpContext http, PasskeyAssertionResult<Member> result)
    {
        await KeepAsync(http, result.User!, result.Passkey!);
        var id = result.Passkey!.CredentialId;
        DateTimeOffset? now = _time.GetUtcNow();
        await _db.Passkeys.Where(p => p.CredentialId == id)
            .ExecuteUpdateAsync(s => s.SetProperty(p => EF.Property<DateTimeOffset?>(p, VouchsafeDbContext.PasskeyLastUsedAt), now), http.RequestAborted);
    }

    private async Task<Member?> SignedInAsync(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? await _db.Members.FirstOrDefaultAsync(m => m.Id == id, http.RequestAborted) : null;

    // Identity throws where a ceremony was not begun.
    private static async Task<bool> IsCeremonyAsync(HttpContext http, string? credential) =>
        credential is { Length: > 0 and <= LongestCredential }
        && (await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.AuthenticateAsync(http, IdentityConstants.TwoFactorUserIdScheme)).Succeeded;

    private async Task<PasskeyAssertionResult<Member>?> AssertAsync(HttpContext http, string credential)
    {
        try
        {
            return await Get<PasskeyCeremonies>().For(http).PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or ArgumentException)
        {
            return null; // what was sent is no answer to the ceremony
        }
    }

    private async Task<PasskeyAttestationResult?> AttestAsync(HttpContext http, string credential)
    {
        try
        {
            return await Get<PasskeyCeremonies>().For(http).PerformPasskeyAttestationAsync(credential);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
