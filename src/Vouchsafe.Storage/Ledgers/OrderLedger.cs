using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>
/// Lets one request at a time change a stored order. A redemption goes by the discounts that the order has, and a rollback takes them
/// away; each states how often the order had been changed when it read it. Who comes second is refused and reads again. The redemption
/// that makes an order has nobody beside it and counts nothing.
/// </summary>
public static class OrderLedger
{
    /// <summary>How often an order was changed. To be read before the order: the row may be newer than this, never older.</summary>
    public static Task<long> ChangesAsync(VouchsafeDbContext db, string orderId, CancellationToken ct) =>
        db.Counters.AsNoTracking().Where(c => c.Owner == orderId && c.Kind == CounterKind.OrderChanges).Select(c => c.Value).FirstOrDefaultAsync(ct);

    /// <summary>Holds while nobody has changed the order since, and counts this change.</summary>
    public static CounterChange Change(string orderId, long changes) => new(orderId, CounterKind.OrderChanges, 1) { Expected = changes };
}
