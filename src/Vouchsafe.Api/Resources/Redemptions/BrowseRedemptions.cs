using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>GET /dashboard/v1/projects/{id}/redemptions: redemptions and rollbacks, the newest first; see <see cref="Browsing"/>.</summary>
internal static class BrowseRedemptions
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if ((await RedemptionBrowsing.ReadAsync(call, db)).Failed(out error, out var browsing)) return error;
        var (rows, next, lookedBackTo) = await browsing.PageAsync(db, limit, call.Aborted);
        return Json.Ok(new BrowsedPage<RedemptionResponse>(await ReadRedemptions.WiresAsync(call, db, rows), next, lookedBackTo));
    }
}
