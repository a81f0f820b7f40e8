using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Account;

/// <summary>DELETE /dashboard/v1/me/sign-ins/{id}: that browser is signed out.</summary>
internal static class EndSignIn
{
    internal static async Task<IResult> Handle(ApiCall call, string signInId, VouchsafeDbContext db, SignInBook book) =>
        await book.EndAsync(call.Standing.MemberId, only: signInId, except: null, call.Aborted) == 1
            ? await GetAccount.Handle(call, db)
            : CommonErrors.NotFound("sign_in", signInId);
}

/// <summary>DELETE /dashboard/v1/me/sign-ins: every browser is signed out but the one that asks.</summary>
internal static class EndOtherSignIns
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, SignInBook book)
    {
        await book.EndAsync(call.Standing.MemberId, only: null, except: call.SignInId, call.Aborted);
        return await GetAccount.Handle(call, db);
    }
}
