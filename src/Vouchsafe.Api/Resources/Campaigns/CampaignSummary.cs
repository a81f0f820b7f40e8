using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>
/// What came of a campaign, in wire form; which members there are depends on its type. Amounts are minor units. It is counted in what is
/// stored: codes removed for good left nothing to count, and validations and publications that failed leave no record.
/// </summary>
internal sealed class CampaignSummary
{
    private readonly VouchsafeDbContext _db;
    private readonly Campaign _campaign;
    private readonly CampaignSummaryDays _days;
    private readonly CancellationToken _ct;
    private readonly IQueryable<Voucher> _vouchers;
    private readonly IQueryable<Redemption> _uses;
    private readonly Dictionary<string, object> _wire = [];

    private CampaignSummary(VouchsafeDbContext db, Campaign campaign, CampaignSummaryDays days, CancellationToken ct)
    {
        (_db, _campaign, _days, _ct) = (db, campaign, days, ct);
        _vouchers = db.Vouchers.AsNoTracking().Where(v => v.CampaignId == campaign.Id);
        // From the campaign to its redemptions, never through those of all others.
        _uses = days.Of(campaign.CampaignType == CampaignType.Promotion
            ? db.PromotionTiers.Where(t => t.CampaignId == campaign.Id).Join(db.Redemptions.AsNoTracking(), t => t.Id, r => r.PromotionTierId, (_, r) => r)
            : _vouchers.Join(db.Redemptions.AsNoTracking(), v => v.Id, r => r.VoucherId, (_, r) => r));
    }

    /// <summary>Counts.</summary>
    internal static async ValueTask<Dictionary<string, object>> LoadAsync(
        VouchsafeDbContext db, ProjectSettings project, Campaign campaign, CampaignSummaryDays days, CancellationToken ct)
    {
        var summary = new CampaignSummary(db, campaign, days, ct);
        summary._wire["object"] = "campaign_summary";
        summary._wire["campaign"] = (await CampaignResponse.LoadAsync(db, project, [campaign], brief: true, ct))[0] with { Categories = [] };
        await summary.AddUsesAsync();
        if (campaign.CampaignType != CampaignType.Promotion) await summary.AddCodesAsync();
        await (campaign.CampaignType switch
        {
            CampaignType.DiscountCoupons or CampaignType.Promotion => summary.AddDiscountsAsync(),
            CampaignType.GiftVouchers => summary.AddCreditsAsync(),
            CampaignType.LoyaltyProgram => summary.AddPointsAsync(),
            CampaignType.ReferralProgram => summary.AddReferralsAsync(),
        });
        return summary._wire;
    }

    private async ValueTask AddUsesAsync()
    {
        var kinds = await _uses.GroupBy(r => r.Kind).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, _ct);
        Add("redemptions", kinds.GetValueOrDefault(RedemptionKind.Success), kinds.GetValueOrDefault(RedemptionKind.Failure));
        Add("rollbacks", kinds.GetValueOrDefault(RedemptionKind.Rollback), kinds.GetValueOrDefault(RedemptionKind.FailedRollback));
        Add("validations", 0, 0);
        _wire["orders_amount"] = await OrdersAsync(RedemptionKind.Success);
        _wire["orders_rolledback_amount"] = await OrdersAsync(RedemptionKind.Rollback);
    }

    private void Add(string what, long succeeded, long failed) =>
        (_wire[what], _wire[what + "_succeeded"], _wire[what + "_failed"]) = (succeeded + failed, succeeded, failed);

    // An order counts once, however many codes were redeemed on it.
    private Task<long> OrdersAsync(RedemptionKind kind)
    {
        var orderIds = _uses.Where(r => r.Kind == kind).Select(r => r.OrderId);
        return _db.Orders.Where(o => orderIds.Contains(o.Id)).SumAsync(o => o.Amount, _ct);
    }

    private async ValueTask AddCodesAsync()
    {
        _wire["vouchers_created"] = await _days.Of(_vouchers).LongCountAsync(_ct);
        _wire["vouchers_deleted"] = await _days.OfRemoved(_vouchers).LongCountAsync(_ct);
        Add("publications", await _days.Of(_vouchers.Join(_db.Publications, v => v.Id, p => p.VoucherId, (_, p) => p)).LongCountAsync(_ct), 0);
    }

    private async ValueTask AddDiscountsAsync()
    {
        var takenBack = _uses.Where(r => r.Kind == RedemptionKind.Rollback).Join(_db.Redemptions, back => back.RollbackOf, made => made.Id, (_, made) => made);
        _wire["discounted_amount"] = await DiscountsAsync(_uses.Where(r => r.Kind == RedemptionKind.Success));
        _wire["rolledback_discounted_amount"] = await DiscountsAsync(takenBack);
    }

    // Row by row, so that a million of them take no more memory than one.
    private async ValueTask<long> DiscountsAsync(IQueryable<Redemption> made)
    {
        var sum = 0L;
        await foreach (var json in made.Where(r => r.OrderJson != null).Select(r => r.OrderJson!).AsAsyncEnumerable().WithCancellation(_ct))
        {
            using var order = JsonDocument.Parse(json);
            if (order.RootElement.TryGetProperty("total_applied_discount_amount", out var value) && value.TryGetInt64(out var amount)) sum += amount;
        }

        return sum;
    }

    private async ValueTask AddCreditsAsync()
    {
        var moved = await MovedAsync();
        _wire["created_vouchers_amount"] = await LoadedAsync();
        _wire["amount_added"] = moved.GetValueOrDefault("CREDITS_ADDITION");
        _wire["amount_deleted"] = await RemovedBalancesAsync();
        _wire["amount_redeemed"] = -moved.GetValueOrDefault("CREDITS_REDEMPTION");
        _wire["amount_rolledback"] = moved.GetValueOrDefault("CREDITS_REFUND");
        _wire["amount_subtracted"] = -moved.GetValueOrDefault("CREDITS_REMOVAL");
    }

    private async ValueTask AddPointsAsync()
    {
        var moved = await MovedAsync();
        _wire["created_vouchers_points"] = await LoadedAsync();
        _wire["points_deleted"] = await RemovedBalancesAsync();
        _wire["points_subtracted"] = -moved.GetValueOrDefault("POINTS_REMOVAL");
        _wire["points_added"] = moved.GetValueOrDefault("POINTS_ADDITION");
        _wire["points_rewarded"] = moved.GetValueOrDefault("POINTS_ACCRUAL");
        _wire["points_redeemed"] = -moved.GetValueOrDefault("POINTS_REDEMPTION");
        _wire["points_rolledback"] = moved.GetValueOrDefault("POINTS_REFUND");
        // Points do not expire, move between cards or wait to be activated.
        foreach (var name in (string[])["points_expired", "points_transferred_out", "points_transferred_in", "pending_points_added", "pending_points_subtracted", "pending_points_activated", "pending_points_canceled"])
            _wire[name] = 0L;
    }

    private async ValueTask AddReferralsAsync() =>
        _wire["referred_customers"] = await _uses.Where(r => r.Kind == RedemptionKind.Success && r.CustomerId != null).Select(r => r.CustomerId).Distinct().LongCountAsync(_ct);

    private Task<long> LoadedAsync() => _days.Of(_vouchers).SumAsync(v => v.GiftAmount ?? 0, _ct);

    private Task<Dictionary<string, long>> MovedAsync() => _days.Of(_vouchers.Join(_db.VoucherTransactions, v => v.Id, t => t.VoucherId, (_, t) => t))
        .GroupBy(t => t.Type).Select(g => new { g.Key, Amount = g.Sum(t => t.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Amount, _ct);

    private Task<long> RemovedBalancesAsync() =>
        _days.OfRemoved(_vouchers).Join(_db.Counters.Where(c => c.Kind == CounterKind.Balance), v => v.Id, c => c.Owner, (_, c) => c.Value).SumAsync(_ct);
}

/// <summary>Days that a summary is narrowed to, as instants.</summary>
/// <param name="From">Beginning of the first; null: all before.</param>
/// <param name="Until">End of the last, exclusive; null: all after.</param>
internal readonly record struct CampaignSummaryDays(DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Rows that were made on these days.</summary>
    internal IQueryable<T> Of<T>(IQueryable<T> rows) where T : class
    {
        if (From is { } from) rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") >= from);
        if (Until is { } until) rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") < until);
        return rows;
    }

    /// <summary>Vouchers that were put into the bin on these days.</summary>
    internal IQueryable<Voucher> OfRemoved(IQueryable<Voucher> vouchers)
    {
        vouchers = vouchers.Where(v => v.DeletedAt != null);
        if (From is { } from) vouchers = vouchers.Where(v => v.DeletedAt >= from);
        if (Until is { } until) vouchers = vouchers.Where(v => v.DeletedAt < until);
        return vouchers;
    }
}
