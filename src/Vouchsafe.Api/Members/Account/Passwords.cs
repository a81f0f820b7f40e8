using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Account;

/// <summary>POST /dashboard/v1/me/proof: the password again, after which the account may be changed for ten minutes.</summary>
internal static class ProveIdentity
{
    internal sealed record Request(string? Password);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Proofs proofs)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        return await proofs.ByPasswordAsync(await call.MemberAsync(db), call.SignInId, request.Password, call.Aborted)
            ? await GetAccount.Handle(call, db)
            : AccountErrors.WrongPassword("password");
    }
}

/// <summary>PUT /dashboard/v1/me/password: another password, for which the present one is asked. Ends the member's other sign-ins.</summary>
internal static class ChangePassword
{
    internal sealed record Request(string? CurrentPassword, string? NewPassword);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Proofs proofs, MemberCredentials credentials)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        var member = await call.MemberAsync(db);
        if (MemberPasswords.Problem(request.NewPassword, member.Email) is { } problem) return CommonErrors.InvalidPayload("new_password: " + problem);
        if (!await proofs.ByPasswordAsync(member, call.SignInId, request.CurrentPassword, call.Aborted)) return AccountErrors.WrongPassword("current_password");
        await credentials.SetPasswordAsync(member.Id, request.NewPassword!, exceptSignIn: call.SignInId, link: null, call.Aborted);
        return await GetAccount.Handle(call, db);
    }
}
