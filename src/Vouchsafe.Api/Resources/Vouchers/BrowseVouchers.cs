using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>
/// GET /dashboard/v1/projects/{id}/vouchers: the list as people page through it. It takes the same time with a million
/// vouchers as with ten: an index gives the order, a cursor the place, nothing is counted, and conditions without an index
/// are tried on a bounded stretch, after which the answer says how far it looked.
/// </summary>
internal static class BrowseVouchers
{
    /// <summary>Vouchers that one call reads at most while it looks for matches; some 40 ms on SQLite.</summary>
    internal const int LongestStretch = 20_000;

    internal sealed record Response(IReadOnlyList<VoucherResponse> Data, string? Next, DateTimeOffset? LookedBackTo)
    {
        public string Object => "list";
        public string DataRef => "data";
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (call.Query.Integer("limit", 1, 100).Failed(out var error, out var asked)) return error;
        if (VoucherBrowsing.Read(call).Failed(out error, out var browsing)) return error;

        var limit = (int)(asked ?? 25);
        var stretch = browsing.Ordered(db, call.Project);
        var rows = await browsing.Narrowed(stretch, LongestStretch, call.Now).Take(limit + 1).ToListAsync(call.Aborted);
        var shown = rows.Take(limit).ToList();
        var end = rows.Count > limit ? shown[^1] : browsing.IsNarrow ? await stretch.Skip(LongestStretch - 1).FirstOrDefaultAsync(call.Aborted) : null;

        var states = await VoucherState.LoadAsync(db, shown, call.Aborted);
        var surroundings = await VoucherSurroundings.LoadAsync(db, call.Project, shown, call.Aborted);
        return Json.Ok(new Response(
            [.. states.Select(s => VoucherResponse.From(s, null, surroundings))],
            end is null ? null : browsing.CursorAt(end),
            end is null || rows.Count > limit ? null : end.CreatedAt));
    }
}
