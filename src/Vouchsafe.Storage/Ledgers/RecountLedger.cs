using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>
/// Guards what a redemption counted in (<see cref="Redemption.CountedJson"/>), which a late count adds to and a rollback gives
/// back. Both go by the row as they read it, so each states how often it had been counted late by then; who read it before
/// another late count is refused and reads again (docs/adr/0403-late-counting.md).
/// </summary>
public static class RecountLedger
{
    private static readonly RowPatch CountedIn = new(nameof(Redemption.CountedJson));

    /// <summary>How often redemptions were counted late, by id; one that never was is left out. To be read before the rows: a row may be newer than this, never older.</summary>
    public static IQueryable<Counter> Of(VouchsafeDbContext db, IQueryable<Redemption> redemptions) =>
        db.Counters.AsNoTracking().Where(c => c.Kind == CounterKind.Recounts && redemptions.Any(r => r.Id == c.Owner));

    /// <summary>
    /// Those of the redemptions' customers who are stored, for <see cref="LedgerIntent.Customers"/>. To be read before the rows: whoever
    /// is missing here was forgotten before the rows are read.
    /// </summary>
    public static IQueryable<string> CustomersOf(VouchsafeDbContext db, IQueryable<Redemption> redemptions) =>
        db.Customers.Where(c => redemptions.Any(r => r.CustomerId == c.Id)).Select(c => c.Id);

    /// <summary>Writes down what a redemption counted in, and nothing else of it.</summary>
    public static RowWrite Write(Redemption redemption) => RowWrite.Of(redemption, CountedIn);

    /// <summary>Holds while nobody has counted the redemption late since, and counts this time.</summary>
    public static CounterChange Again(string redemptionId, long version) => new(redemptionId, CounterKind.Recounts, 1) { Expected = version };

    /// <summary>Holds while nobody has counted the redemption late since.</summary>
    public static CounterChange Unchanged(string redemptionId, long version) => new(redemptionId, CounterKind.Recounts, 0) { Expected = version };

    /// <summary>Removes the counter of a redemption that was rolled back: it is not counted any more.</summary>
    public static RowWrite Forget(string redemptionId) =>
        new(new Counter { Owner = redemptionId, Kind = CounterKind.Recounts, Value = 0 }, RowWriteKind.Delete);
}
