using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>What a customer has done so far, counted when asked.</summary>
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
        // Each is answered by the index of a customer's orders alone.
        var orders = await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => new
        {
            c.Id,
            Count = db.Orders.LongCount(o => o.CustomerId == c.Id),
            Sum = db.Orders.Where(o => o.CustomerId == c.Id).Sum(o => o.Amount),
            Last = db.Orders.Where(o => o.CustomerId == c.Id).OrderByDescending(o => o.CreatedAt).Select(o => (long?)o.Amount).FirstOrDefault(),
            LastAt = db.Orders.Where(o => o.CustomerId == c.Id).OrderByDescending(o => o.CreatedAt).Select(o => (DateTimeOffset?)o.CreatedAt).FirstOrDefault(),
        }).ToDictionaryAsync(o => o.Id, ct);

        return ids.ToDictionary(id => id, id =>
        {
            long Count(RedemptionKind kind) => redemptions.Where(r => r.CustomerId == id && r.Kind == kind).Sum(r => r.Count);
            long Left(VoucherType type) => cards.Where(c => c.HolderId == id && c.Type == type).Sum(c => c.Balance);
            var spent = redemptions.Where(r => r.CustomerId == id && r.Kind is RedemptionKind.Success or RedemptionKind.Rollback).Sum(r => r.Amount);
            var (succeeded, failed, rolledBack, rollbackFailed) =
                (Count(RedemptionKind.Success), Count(RedemptionKind.Failure), Count(RedemptionKind.Rollback), Count(RedemptionKind.FailedRollback));
            var own = orders.GetValueOrDefault(id);
            return new CustomerSummary(
                new(succeeded + failed, failed, succeeded, rolledBack, rollbackFailed, rolledBack,
                    new(spent - points.GetValueOrDefault(id), Left(VoucherType.Gift)), new(points.GetValueOrDefault(id), Left(VoucherType.Loyalty))),
                own is { Count: > 0 } ? new(own.Sum, own.Count, own.Sum / own.Count, own.Last ?? 0, own.LastAt) : new(0, 0, 0, 0, null));
        });
    }
}
