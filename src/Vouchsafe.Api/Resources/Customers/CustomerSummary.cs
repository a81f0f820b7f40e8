using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>What a customer has done so far, counted from the rows when asked.</summary>
internal sealed record CustomerSummary(CustomerSummary.RedemptionTotals Redemptions, CustomerSummary.OrderTotals Orders)
{
    internal static readonly CustomerSummary Empty = new(new(0, 0, 0, 0, 0, 0, new(0, 0), new(0, 0)), new(0, 0, 0, 0, null));

    internal sealed record RedemptionTotals(
        long TotalRedeemed, long TotalFailed, long TotalSucceeded, long TotalRolledBack, long TotalRollbackFailed, long TotalRollbackSucceeded,
        GiftTotals Gift, LoyaltyTotals LoyaltyCard);

    internal sealed record GiftTotals(long RedeemedAmount, long AmountToGo);

    internal sealed record LoyaltyTotals(long RedeemedPoints, long PointsToGo);

    internal sealed record OrderTotals(
        long TotalAmount, long TotalCount, long AverageAmount, long LastOrderAmount,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastOrderDate);

    /// <summary>The summaries of a page of customers, in four queries whatever its length.</summary>
    internal static async ValueTask<Dictionary<string, CustomerSummary>> LoadAsync(VouchsafeDbContext db, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        // A stack is one purchase but several redemptions: its parent is not counted beside its children.
        var redemptions = await db.Redemptions
            .Where(r => r.CustomerId != null && ids.Contains(r.CustomerId) && r.VoucherId != null)
            .GroupBy(r => new { r.CustomerId, r.Kind })
            .Select(g => new { g.Key.CustomerId, g.Key.Kind, Count = g.LongCount(), Amount = g.Sum(r => r.Amount ?? 0) })
            .ToListAsync(ct);
        var points = await (from r in db.Redemptions
                            join v in db.Vouchers on r.VoucherId equals v.Id
                            where r.CustomerId != null && ids.Contains(r.CustomerId) && v.Type == VoucherType.Loyalty
                                && (r.Kind == RedemptionKind.Success || r.Kind == RedemptionKind.Rollback)
                            group r.Amount ?? 0 by r.CustomerId into g
                            select new { Id = g.Key, Spent = g.Sum() }).ToDictionaryAsync(g => g.Id!, g => g.Spent, ct);
        var cards = await (from v in db.Vouchers
                           join c in db.Counters on v.Id equals c.Owner
                           where v.HolderId != null && ids.Contains(v.HolderId) && v.Type != VoucherType.Discount && c.Kind == CounterKind.Balance
                           group c.Value by new { v.HolderId, v.Type } into g
                           select new { g.Key.HolderId, g.Key.Type, Balance = g.Sum() }).ToListAsync(ct);
        var orders = await db.Orders.Where(o => o.CustomerId != null && ids.Contains(o.CustomerId))
            .Select(o => new { o.CustomerId, o.CreatedAt, o.BodyJson }).ToListAsync(ct);

        return ids.ToDictionary(id => id, id =>
        {
            long Count(RedemptionKind kind) => redemptions.Where(r => r.CustomerId == id && r.Kind == kind).Sum(r => r.Count);
            long Left(VoucherType type) => cards.Where(c => c.HolderId == id && c.Type == type).Sum(c => c.Balance);
            var spent = redemptions.Where(r => r.CustomerId == id && r.Kind is RedemptionKind.Success or RedemptionKind.Rollback).Sum(r => r.Amount);
            var (succeeded, failed, rolledBack, rollbackFailed) =
                (Count(RedemptionKind.Success), Count(RedemptionKind.Failure), Count(RedemptionKind.Rollback), Count(RedemptionKind.FailedRollback));
            var own = orders.Where(o => o.CustomerId == id).OrderBy(o => o.CreatedAt).ToList();
            var amounts = own.Select(o => OrderResponse.ReadAmount(o.BodyJson)).ToList();
            return new CustomerSummary(
                new(succeeded + failed, failed, succeeded, rolledBack, rollbackFailed, rolledBack,
                    new(spent - points.GetValueOrDefault(id), Left(VoucherType.Gift)), new(points.GetValueOrDefault(id), Left(VoucherType.Loyalty))),
                new(amounts.Sum(), own.Count, own.Count == 0 ? 0 : amounts.Sum() / own.Count, own.Count == 0 ? 0 : amounts[^1],
                    own.Count == 0 ? null : own[^1].CreatedAt));
        });
    }
}
