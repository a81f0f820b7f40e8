using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>POST /v1/vouchers/{code}/enable and /disable.</summary>
internal static class SwitchVoucher
{
    internal static Task<IResult> Enable(ApiCall call, string code, VouchsafeDbContext db) => Handle(call, code, db, active: true);

    internal static Task<IResult> Disable(ApiCall call, string code, VouchsafeDbContext db) => Handle(call, code, db, active: false);

    private static async Task<IResult> Handle(ApiCall call, string code, VouchsafeDbContext db, bool active)
    {
        if (await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is not { } voucher) return VoucherErrors.NotFound(code);
        voucher.Active = active;
        voucher.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(await VoucherResponse.LoadAsync(db, call.Project, (await VoucherState.LoadAsync(db, [voucher], call.Aborted))[0], call.Aborted));
    }
}
