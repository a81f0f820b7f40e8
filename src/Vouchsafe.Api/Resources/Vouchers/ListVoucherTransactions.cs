using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>GET /v1/vouchers/{code}/transactions: what moved a card's credits, newest first, paged by cursor.</summary>
internal static class ListVoucherTransactions
{
    internal sealed record Envelope(
        IReadOnlyList<TransactionResponse> Data, bool HasMore,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MoreStartingAfter)
    {
        public string Object => "list";
        public string DataRef => "data";
    }

    internal static async Task<IResult> Handle(ApiCall call, string code, VouchsafeDbContext db)
    {
        if (await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is not { } voucher) return VoucherErrors.NotFound(code);
        return await OfAsync(call, voucher, db);
    }

    /// <summary>The same of a card that was found.</summary>
    internal static async Task<IResult> OfAsync(ApiCall call, Voucher voucher, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-id", "id", "-id").Failed(out error, out var order)) return error;
        if (call.Query.Text("starting_after_id").Failed(out error, out var after)) return error;
        var found = db.VoucherTransactions.AsNoTracking().Where(t => t.VoucherId == voucher.Id);
        if (after is not null)
            found = order == "id" ? found.Where(t => string.Compare(t.Id, after) > 0) : found.Where(t => string.Compare(t.Id, after) < 0);
        var sorted = order == "id" ? found.OrderBy(t => t.Id) : found.OrderByDescending(t => t.Id);
        var rows = await sorted.Take(page.Limit + 1).ToListAsync(call.Aborted);
        var shown = rows.Take(page.Limit).ToList();
        return Json.Ok(new Envelope(
            await TransactionResponse.LoadAsync(db, shown, voucher.CampaignId, call.Aborted), rows.Count > page.Limit, rows.Count > page.Limit ? shown[^1].Id : null));
    }
}

/// <summary>A movement of credits on the wire.</summary>
internal sealed record TransactionResponse(
    string Id, string? SourceId, string VoucherId, string? CampaignId, string? Source, string? Reason, string Type,
    TransactionResponse.Detail Details, string? RelatedTransactionId, DateTimeOffset CreatedAt)
{
    internal sealed record Detail(
        BalanceInfo Balance,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OrderReference? Order,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EarningRuleReference? EarningRule,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Reference? Redemption,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Reference? Rollback);

    /// <summary>Credits have an amount, points are points.</summary>
    internal sealed record BalanceInfo(
        string Type, long Total,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Amount,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Points,
        long Balance, UpdateVoucherBalance.Response.Related RelatedObject)
    {
        public string Object => "balance";

        internal static BalanceInfo Of(VoucherTransaction row) => row.Type.StartsWith("POINTS_", StringComparison.Ordinal)
            ? new("loyalty_card", row.Total, null, row.Amount, row.Balance, new(row.VoucherId))
            : new("gift_voucher", row.Total, row.Amount, null, row.Balance, new(row.VoucherId));
    }

    internal sealed record Reference(string Id);

    internal sealed record EarningRuleReference(string Id, EarningRuleReference.SourceInfo Source)
    {
        internal sealed record SourceInfo(string Banner);
    }

    internal sealed record OrderReference(string Id, string? SourceId);

    /// <summary>Movements of cards of one campaign, or of one card outside of campaigns, with what caused them.</summary>
    internal static async ValueTask<IReadOnlyList<TransactionResponse>> LoadAsync(
        VouchsafeDbContext db, IReadOnlyList<VoucherTransaction> rows, string? campaignId, CancellationToken ct)
    {
        var causeIds = rows.Select(t => t.RelatedId).OfType<string>().ToList();
        var causes = await db.Redemptions.AsNoTracking().Where(r => causeIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var orderIds = causes.Values.Select(r => r.OrderId).Concat(rows.Select(t => t.OrderId)).OfType<string>().ToList();
        var ruleIds = rows.Select(t => t.EarningRuleId).OfType<string>().ToList();
        var rules = ruleIds.Count == 0 ? [] : await db.EarningRules.AsNoTracking().Where(r => ruleIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Banner, ct);
        var orders = await db.Orders.AsNoTracking().Where(o => orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.SourceId, ct);
        return [.. rows.Select(t =>
        {
            var cause = t.RelatedId is null ? null : causes.GetValueOrDefault(t.RelatedId);
            return From(t, campaignId, cause,
                (cause?.OrderId ?? t.OrderId) is { } order ? new OrderReference(order, orders.GetValueOrDefault(order)) : null,
                t.EarningRuleId is { } rule ? new EarningRuleReference(rule, new(rules.GetValueOrDefault(rule) ?? "")) : null);
        })];
    }

    private static TransactionResponse From(
        VoucherTransaction row, string? campaignId, Redemption? cause, OrderReference? order, EarningRuleReference? rule)
    {
        var isRollback = cause?.Kind == RedemptionKind.Rollback;
        var redemptionId = isRollback ? cause!.RollbackOf : row.RelatedId;
        // A change by hand and an earning rule have a source; a redemption is its own.
        return new(row.Id, row.SourceId, row.VoucherId, campaignId, rule is not null ? "Automation" : row.RelatedId is null ? "API" : null, row.Reason, row.Type,
            new(BalanceInfo.Of(row),
                order,
                rule,
                redemptionId is null ? null : new(redemptionId),
                isRollback ? new(cause!.Id) : null),
            null, row.CreatedAt);
    }
}
