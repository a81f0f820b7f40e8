using System.Text;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Assets;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Account;

/// <summary>POST /dashboard/v1/me/second-factor: the key of a new authenticator. It is in force once a code of it was confirmed.</summary>
internal static class PrepareSecondFactor
{
    private const string Issuer = "Vouchsafe";
    private const int PixelsPerModule = 6;

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Proofs proofs, MemberCredentials credentials, AuthenticatorKeys keys)
    {
        var member = await call.MemberAsync(db);
        if (!await proofs.IsFreshAsync(call.SignInId, call.Aborted)) return AccountErrors.ProofRequired;
        var key = TimeCode.NewKey();
        if (!await credentials.PrepareAuthenticatorAsync(member.Id, keys.Protect(member.Id, key), call.Aborted)) return AccountErrors.SecondFactorOn;
        var address = TimeCode.KeyAddress(Issuer, member.Email!, key);
        return Json.Ok(new Response(TimeCode.KeyText(key), address, Encoding.ASCII.GetString(ModuleGrid.OfQr(address).ToSvg(PixelsPerModule))));
    }

    internal sealed record Response(string Key, string Address, string QrSvg)
    {
        public string Object => "authenticator";
    }
}

/// <summary>POST /dashboard/v1/me/second-factor/enable: a code shows that the authenticator works, and it is asked for from then on.</summary>
internal static class EnableSecondFactor
{
    internal sealed record Request(string? Code);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Proofs proofs, MemberCredentials credentials, AuthenticatorKeys keys)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        var member = await call.MemberAsync(db);
        if (member.TwoFactorEnabled) return AccountErrors.SecondFactorOn;
        if (!await proofs.IsFreshAsync(call.SignInId, call.Aborted)) return AccountErrors.ProofRequired;
        if (keys.StepOf(member, request.Code, call.Now) is not { } step) return AccountErrors.WrongCode;
        return await credentials.EnableAuthenticatorAsync(member, step, call.Aborted) is { } codes
            ? Json.Ok(new RecoveryCodesResponse(codes))
            : AccountErrors.WrongCode;
    }
}

/// <summary>POST /dashboard/v1/me/recovery-codes: ten new ones; the old ones are dead.</summary>
internal static class RenewRecoveryCodes
{
    internal static async Task<IResult> Handle(ApiCall call, Proofs proofs, MemberCredentials credentials)
    {
        if (!await proofs.IsFreshAsync(call.SignInId, call.Aborted)) return AccountErrors.ProofRequired;
        return await credentials.RenewRecoveryCodesAsync(call.Standing.MemberId, call.Aborted) is { } codes
            ? Json.Ok(new RecoveryCodesResponse(codes))
            : AccountErrors.SecondFactorOff;
    }
}

/// <summary>POST /dashboard/v1/me/second-factor/disable: for the password, whenever it was given last.</summary>
internal static class DisableSecondFactor
{
    internal sealed record Request(string? Password);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Proofs proofs, MemberCredentials credentials)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        var member = await call.MemberAsync(db);
        if (!await proofs.ByPasswordAsync(member, call.SignInId, request.Password, call.Aborted)) return AccountErrors.WrongPassword("password");
        await credentials.DisableAuthenticatorAsync(member.Id, call.Aborted);
        return await GetAccount.Handle(call, db);
    }
}

/// <summary>Recovery codes on the wire: this once.</summary>
internal sealed record RecoveryCodesResponse(IReadOnlyList<string> Codes)
{
    public string Object => "recovery_codes";
}
