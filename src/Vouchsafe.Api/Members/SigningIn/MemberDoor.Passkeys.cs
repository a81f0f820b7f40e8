using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.Identity;
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
        await Users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        await Book.BeginAsync(http, result.User, SignInMethod.Passkey, isRemembered: false);
        return new DoorReply(DoorAnswer.Open);
    });

    /// <summary>What a browser needs to make a passkey for the signed-in member, as JSON; null if nobody is signed in.</summary>
    public async Task<string?> NewPasskeyOptionsAsync(HttpContext http)
    {
        if (await SignedInAsync(http) is not { } member) return null;
        var entity = new PasskeyUserEntity { Id = member.Id, Name = member.Email!, DisplayName = member.DisplayName };
        return await Get<PasskeyCeremonies>().For(http).MakePasskeyCreationOptionsAsync(entity);
    }

    /// <summary>Adds a passkey to the signed-in member, who gives the password again.</summary>
    public Task<DoorReply> AddPasskeyAsync(HttpContext http, string? credential, string? name, string? password) => TryAsync(http, async () =>
    {
        if (await SignedInAsync(http) is not { } member) return new DoorReply(DoorAnswer.Refused, "You are not signed in any more.");
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Contains('\0')) return new DoorReply(DoorAnswer.Invalid, "Give the passkey a name of 1 to 100 characters.");
        if (!await Get<Tries>().TakeAsync(member.Id, http.RequestAborted) || !Get<MemberPasswords>().IsRight(member, password ?? ""))
            return await RefuseAsync(http, SignInFailure.WrongPassword, member.Id, "The password is wrong, or there were too many wrong tries.");
        await Get<Tries>().ForgiveAsync(member.Id, http.RequestAborted);
        if (await _db.Passkeys.CountAsync(p => p.UserId == member.Id, http.RequestAborted) >= MostPasskeys)
            return new DoorReply(DoorAnswer.Invalid, $"There are {MostPasskeys} passkeys already; remove one first.");
        if (!await IsCeremonyAsync(http, credential) || await AttestAsync(http, credential!) is not { Succeeded: true } result || result.UserEntity.Id != member.Id)
            return new DoorReply(DoorAnswer.Invalid, "The browser made no passkey that can be used here. Try again.");
        result.Passkey.Name = name.Trim();
        var added = await Users.AddOrUpdatePasskeyAsync(member, result.Passkey);
        return added.Succeeded ? new DoorReply(DoorAnswer.Open) : new DoorReply(DoorAnswer.Invalid, "The passkey could not be stored. Try again.");
    });

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
