using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Account;

/// <summary>PUT /dashboard/v1/me/passkeys/{id}: another name. Passkeys are added by <see cref="MemberDoor"/>: the ceremony needs a cookie.</summary>
internal static class RenamePasskey
{
    internal sealed record Request(string? Name);

    internal static async Task<IResult> Handle(ApiCall call, string passkeyId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (PasskeyNames.Problem(request.Name) is { } problem) return CommonErrors.InvalidPayload("name: " + problem);
        if (await db.PasskeyOfAsync(call, passkeyId) is not { } passkey) return OwnPasskeys.NotFound(passkeyId);
        passkey.Data.Name = request.Name!.Trim();
        await db.SaveChangesAsync(call.Aborted);
        return await GetAccount.Handle(call, db);
    }
}

/// <summary>DELETE /dashboard/v1/me/passkeys/{id}: it opens nothing any more.</summary>
internal static class RemovePasskey
{
    internal static async Task<IResult> Handle(ApiCall call, string passkeyId, VouchsafeDbContext db, Proofs proofs)
    {
        if (await db.PasskeyOfAsync(call, passkeyId) is not { } passkey) return OwnPasskeys.NotFound(passkeyId);
        if (!await proofs.IsFreshAsync(call.SignInId, call.Aborted)) return AccountErrors.ProofRequired;
        await db.Passkeys.Where(p => p.CredentialId == passkey.CredentialId).ExecuteDeleteAsync(call.Aborted);
        return await GetAccount.Handle(call, db);
    }
}

internal static class OwnPasskeys
{
    internal static ApiError NotFound(string passkeyId) => CommonErrors.NotFound("passkey", passkeyId);

    /// <summary>The caller's own passkey; another member's does not exist for them.</summary>
    internal static async Task<IdentityUserPasskey<string>?> PasskeyOfAsync(this VouchsafeDbContext db, ApiCall call, string passkeyId)
    {
        if (!Base64Url.IsValid(passkeyId)) return null;
        var (id, memberId) = (Base64Url.DecodeFromChars(passkeyId), call.Standing.MemberId);
        return await db.Passkeys.FirstOrDefaultAsync(p => p.CredentialId == id && p.UserId == memberId, call.Aborted);
    }
}
