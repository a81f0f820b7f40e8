using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>Proving once more who sits at a signed-in browser, before what changes how they sign in.</summary>
public sealed partial class MemberDoor
{
    private const string SignedOut = "You are not signed in any more.";
    private const string WrongProof = "The password is wrong, or there were too many wrong tries. After five, an account takes none for 15 minutes.";

    /// <summary>Whether the member of this browser proved it within the last ten minutes.</summary>
    public async Task<bool> IsProvenAsync(HttpContext http) =>
        http.User.FindFirstValue(SignInBook.SignInClaim) is { } signInId && await Get<Proofs>().IsFreshAsync(signInId, http.RequestAborted);

    /// <summary>Proves it by the password.</summary>
    public Task<DoorReply> ProveByPasswordAsync(HttpContext http, string? password) => TryAsync(http, async () =>
    {
        if (await WhoAsync(http) is not var (member, signInId)) return new DoorReply(DoorAnswer.Refused, SignedOut);
        return await Get<Proofs>().ByPasswordAsync(member, signInId, password, http.RequestAborted)
            ? new DoorReply(DoorAnswer.Open)
            : new DoorReply(DoorAnswer.Refused, WrongProof);
    });

    /// <summary>What a browser needs to ask for a passkey of the signed-in member, as JSON; null if nobody is signed in.</summary>
    public async Task<string?> ProofOptionsAsync(HttpContext http) =>
        await SignedInAsync(http) is { } member ? await Get<PasskeyCeremonies>().For(http).MakePasskeyRequestOptionsAsync(member) : null;

    /// <summary>Proves it by a passkey of the same member.</summary>
    public Task<DoorReply> ProveByPasskeyAsync(HttpContext http, string? credential) => TryAsync(http, async () =>
    {
        if (await WhoAsync(http) is not var (member, signInId)) return new DoorReply(DoorAnswer.Refused, SignedOut);
        if (!await IsCeremonyAsync(http, credential) || await AssertAsync(http, credential!) is not { Succeeded: true } result || result.User.Id != member.Id)
            return await RefuseAsync(http, SignInFailure.WrongPasskey, member.Id, WrongPasskey);
        await KeepUseAsync(http, result);
        await Get<Proofs>().WriteAsync(signInId, http.RequestAborted);
        return new DoorReply(DoorAnswer.Open);
    });

    private async Task<(Member Member, string SignInId)?> WhoAsync(HttpContext http) =>
        http.User.FindFirstValue(SignInBook.SignInClaim) is { } signInId && await SignedInAsync(http) is { } member ? (member, signInId) : null;
}
