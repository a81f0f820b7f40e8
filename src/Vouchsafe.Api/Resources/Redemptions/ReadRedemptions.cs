using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>GET /v1/redemptions, /v1/redemptions/{id} and /v1/vouchers/{code}/redemption.</summary>
internal static class ReadRedemptions
{
    internal sealed record ListResponse(IReadOnlyList<RedemptionResponse> Redemptions, int Total)
    {
        public string Object => "list";
        public string DataRef => "redemptions";
    }

    internal sealed record VoucherResponseList(long? Quantity, long RedeemedQuantity, IReadOnlyList<RedemptionResponse> RedemptionEntries, int Total, string Url)
    {
        public string Object => "list";
        public string DataRef => "redemption_entries";
    }

    internal static async Task<IResult> Get(ApiCall call, string id, VouchsafeDbContext db)
    {
        var row = await db.Redemptions.AsNoTracking().FirstOrDefaultAsync(r => r.ProjectId == call.Project.Id && r.Id == id, call.Aborted);
        return row is null ? UseErrors.RedemptionNotFound(id) : Json.Ok((await WiresAsync(call, db, [row]))[0]);
    }

    internal static async Task<IResult> List(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", RedemptionQueries.Orders).Failed(out error, out var order)) return error;
        if (RedemptionQueries.Filtered(db, call.Project, call.Query).Failed(out error, out var found)) return error;
        var total = await found.CountAsync(call.Aborted);
        var rows = found.AsNoTracking().OrderedBy(db, order);
        return Json.Ok(new ListResponse(await WiresAsync(call, db, await rows.Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted)), total));
    }

    internal static async Task<IResult> OfVoucher(ApiCall call, string code, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (await VoucherState.FindAsync(db, call.Project, code, call.Aborted) is not { } state) return VoucherErrors.NotFound(code);
        var rows = db.Redemptions.AsNoTracking().Where(r => r.ProjectId == call.Project.Id && r.VoucherId == state.Voucher.Id);
        var total = await rows.CountAsync(call.Aborted);
        var entries = await rows.OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        return Json.Ok(new VoucherResponseList(state.Voucher.RedemptionQuantity, state.Redeemed, await WiresAsync(call, db, entries), total, $"/v1/vouchers/{Uri.EscapeDataString(state.Voucher.Code)}/redemptions?page={page.Number}&limit={page.Limit}"));
    }

    /// <summary>Rows with what they speak of, in a fixed number of queries a page.</summary>
    internal static async ValueTask<IReadOnlyList<RedemptionResponse>> WiresAsync(ApiCall call, VouchsafeDbContext db, IReadOnlyList<Redemption> rows)
    {
        List<string> voucherIds = [.. rows.Select(r => r.VoucherId).OfType<string>().Distinct()];
        List<string> customerIds = [.. rows.Select(r => r.CustomerId).OfType<string>().Distinct()];
        var vouchers = await db.Vouchers.AsNoTracking().Where(v => voucherIds.Contains(v.Id)).ToListAsync(call.Aborted);
        var states = (await VoucherState.LoadAsync(db, vouchers, call.Aborted)).ToDictionary(s => s.Voucher.Id);
        var surroundings = await VoucherSurroundings.LoadAsync(db, call.Project, vouchers, call.Aborted);
        var customers = customerIds.Count == 0 ? [] : await db.Customers.AsNoTracking().Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, call.Aborted);
        List<string> tierIds = [.. rows.Select(r => r.PromotionTierId).OfType<string>().Distinct()];
        var tierRows = tierIds.Count == 0 ? [] : await db.PromotionTiers.AsNoTracking().Where(t => tierIds.Contains(t.Id)).ToListAsync(call.Aborted);
        var tiers = (await PromotionTierResponse.LoadAsync(db, call.Project, tierRows, call.Aborted, withSummary: false)).ToDictionary(t => t.Id);
        return [.. rows.Select(r => RedemptionResponse.From(r,
            r.VoucherId is { } id && states.TryGetValue(id, out var state) ? VoucherResponse.From(state, null, surroundings) : null,
            r.CustomerId is { } buyer ? customers.GetValueOrDefault(buyer) : null,
            r.PromotionTierId is { } tier ? tiers.GetValueOrDefault(tier) : null))];
    }
}
