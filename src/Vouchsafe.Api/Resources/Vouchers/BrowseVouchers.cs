using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>GET /dashboard/v1/projects/{id}/vouchers: the list as people page through it; see <see cref="Browsing"/>.</summary>
internal static class BrowseVouchers
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if (VoucherBrowsing.Read(call).Failed(out error, out var browsing)) return error;

        var stretch = browsing.Ordered(db, call.Project);
        var rows = await browsing.Narrowed(stretch, call.Now).Take(limit + 1).ToListAsync(call.Aborted);
        var shown = rows.Take(limit).ToList();
        var end = rows.Count > limit ? shown[^1] : browsing.IsNarrow ? await stretch.Skip(Browsing.LongestStretch - 1).FirstOrDefaultAsync(call.Aborted) : null;

        var states = await VoucherState.LoadAsync(db, shown, call.Aborted);
        var surroundings = await VoucherSurroundings.LoadAsync(db, call.Project, shown, call.Aborted);
        return Json.Ok(new BrowsedPage<VoucherResponse>(
            [.. states.Select(s => VoucherResponse.From(s, null, surroundings))],
            end is null ? null : browsing.CursorAt(end),
            end is null || rows.Count > limit ? null : end.CreatedAt));
    }
}
