using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>All that a customer's activities are read from, a line each. The letters are part of ids: they stay as they are.</summary>
internal static class ActivityCatalogue
{
    internal const string Action = "ACTION";
    internal const string Effect = "EFFECT";

    internal static readonly IReadOnlyList<ActivitySource> Sources =
    [
        Records<Customer>(IdPrefix.Customer, 'a', c => c.Id, ActivityRows.Customers, "customer.created"),
        new CustomerChanges(),
        Records<CustomEvent>(IdPrefix.Event, 'e', e => e.Id, ActivityRows.Events, "customer.custom_event"),
        Records<Publication>(IdPrefix.Publication, 'p', p => p.Id, ActivityRows.Publications, "customer.publication.succeeded"),
        Records<RedeemableHolder>(IdPrefix.RedeemableHolder, 'h', h => h.Id, ActivityRows.Holders, "customer.holder.assignment.created"),
        Records<Order>(IdPrefix.Order, 'o', o => o.Id, ActivityRows.Orders, "customer.order.created"),
        new OrderChanges(),
        Redemptions(IdPrefix.Redemption, 'r', RedemptionKind.Success, "customer.redemption.succeeded"),
        Redemptions(IdPrefix.FailedRedemption, 'f', RedemptionKind.Failure, "customer.redemption.failed"),
        Redemptions(IdPrefix.Rollback, 'b', RedemptionKind.Rollback, "customer.redemption.rollback.succeeded"),
        Redemptions(IdPrefix.FailedRollback, 'c', RedemptionKind.FailedRollback, "customer.redemption.rollback.failed"),
        Movements(),
    ];

    /// <summary>What is put on a card, by the type of the movement.</summary>
    private static readonly Dictionary<string, string> Loads = new(StringComparer.Ordinal)
    {
        ["CREDITS_ADDITION"] = "customer.voucher.gift.balance_added",
        ["POINTS_ADDITION"] = "customer.voucher.loyalty_card.points_added",
        ["POINTS_ACCRUAL"] = "customer.rewarded.loyalty_points",
    };

    /// <summary>
    /// Whether somebody did it or it follows from what somebody did. The description says so of one activity only, a paid order, which
    /// is an effect; so are all changes of orders and cards here.
    /// </summary>
    internal static string CategoryOf(string type) =>
        type.StartsWith("customer.order.", StringComparison.Ordinal) || type.StartsWith("customer.voucher.", StringComparison.Ordinal)
        || type.StartsWith("customer.rewarded", StringComparison.Ordinal)
            ? Effect
            : Action;

    private static RecordSource<T> Records<T>(string prefix, char letter, Func<T, string> idOf, Func<ActivityPlace, ActivityQuery, IQueryable<T>?> rows, string type) where T : class =>
        new(prefix, letter, [type], idOf, rows, _ => type);

    private static RecordSource<Redemption> Redemptions(string prefix, char letter, RedemptionKind kind, string type) =>
        Records<Redemption>(prefix, letter, r => r.Id, (place, query) => ActivityRows.Redemptions(place, query, kind), type);

    private static RecordSource<VoucherTransaction> Movements() => new(
        IdPrefix.VoucherTransaction, 'v', ["customer.voucher.gift.balance_added", "customer.voucher.loyalty_card.points_added", "customer.rewarded.loyalty_points"], t => t.Id,
        (place, query) => ActivityRows.Movements(place, query, [.. Loads.Where(l => query.Type is null || l.Value == query.Type).Select(l => l.Key)]),
        row => Loads[row.Type]);
}
