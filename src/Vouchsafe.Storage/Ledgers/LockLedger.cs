using System.Text.Json;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>A part of what a lock holds.</summary>
/// <param name="Owner">The counter's owner.</param>
/// <param name="Kind">The counter's kind.</param>
/// <param name="Delta">What the lock added to the counter.</param>
public readonly record struct Hold(string Owner, CounterKind Kind, long Delta);

/// <summary>
/// Validation locks as movements of counters (docs/adr/0301-sessions.md). A lock counts like the redemption it is kept for.
/// Each has a counter of its own that stands at 1 while it holds: whoever takes it back (to redeem it, to overwrite it, to
/// release it, because its time is over) moves that to 0 in the same intent, so it is given back once and no more,
/// whatever was read before.
/// </summary>
public static class LockLedger
{
    /// <summary>The column <see cref="ValidationLock.HoldsJson"/>.</summary>
    public static string ToJson(IEnumerable<Hold> holds) => JsonSerializer.Serialize(holds, JsonSerializerOptions.Default);

    /// <summary>What a lock holds.</summary>
    public static IReadOnlyList<Hold> HoldsOf(ValidationLock one) => JsonSerializer.Deserialize<Hold[]>(one.HoldsJson, JsonSerializerOptions.Default)!;

    /// <summary>
    /// What taking a lock back moves. Its own counter comes first: if that is refused, the lock is not what it was when it
    /// was read, and the caller has to look again.
    /// </summary>
    public static IEnumerable<CounterChange> TakeBack(ValidationLock one) =>
        [Guard(one, -1), .. HoldsOf(one).Select(h => new CounterChange(h.Owner, h.Kind, -h.Delta))];

    /// <summary>What setting a lock up moves, beside what it holds (whose limits the caller knows).</summary>
    public static CounterChange SetUp(ValidationLock one) => Guard(one, 1);

    /// <summary>The rows that go with a lock that is taken back and not overwritten.</summary>
    public static IEnumerable<RowWrite> RowsOfTakingBack(ValidationLock one) => [new(one, RowWriteKind.Delete), Forget(one)];

    /// <summary>Removes the counter of a lock that was taken back, so that counters do not pile up.</summary>
    public static RowWrite Forget(ValidationLock one) =>
        new(new Counter { Owner = one.LockId, Kind = CounterKind.Locks, Value = 0 }, RowWriteKind.Delete);

    /// <summary>Takes a lock back for good.</summary>
    /// <param name="one">The lock as it was read.</param>
    /// <param name="erased">Owners of counters that are no more: they went with what was removed for good.</param>
    public static LedgerIntent Release(ValidationLock one, IReadOnlySet<string>? erased = null) => new()
    {
        Changes = CounterChange.Merge(TakeBack(one).Where(c => erased?.Contains(c.Owner) != true)), Rows = [.. RowsOfTakingBack(one)],
    };

    private static CounterChange Guard(ValidationLock one, long delta) => new(one.LockId, CounterKind.Locks, delta, 1);
}
