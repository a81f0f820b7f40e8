using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>
/// What one request wants of the ledger: counters to move and rows to write, all or nothing.
/// The ledger refuses the intent, and writes nothing of it, if any counter would fall below zero or rise above its ceiling.
/// </summary>
public sealed class LedgerIntent
{
    /// <summary>Counters to move, at most one change a counter.</summary>
    public IReadOnlyList<CounterChange> Changes { get; init; } = [];

    /// <summary>Rows to write if every change holds, in this order.</summary>
    public IReadOnlyList<RowWrite> Rows { get; init; } = [];

    /// <summary>
    /// Ids of stored customers of whom the rows speak. If one of them was removed since, or is being removed in this moment, nothing
    /// is written and the outcome is <see cref="LedgerOutcome.Stale"/>: nothing of a customer who was to be forgotten is written after it.
    /// </summary>
    public IReadOnlyList<string> Customers { get; init; } = [];

    /// <summary>
    /// Called with the counters' new values, in the order of <see cref="Changes"/>, before the rows are written, to fill in
    /// what depends on them (a transaction's balance). Must be quick and must not block: it runs inside the commit.
    /// It may be called again if the group is retried.
    /// </summary>
    public Action<IReadOnlyList<long>>? Complete { get; init; }

    /// <summary>
    /// Asked when the intent's turn has come: true means that what it was decided on is out of date on this node, and it is told
    /// <see cref="LedgerOutcome.Stale"/>. An intent that was let pass is committed before any that queues after this moment.
    /// </summary>
    public Func<bool>? IsStale { get; init; }
}

/// <summary>A wished movement of one counter.</summary>
/// <param name="Owner">See <see cref="Counter.Owner"/>.</param>
/// <param name="Kind">See <see cref="Counter.Kind"/>.</param>
/// <param name="Delta">What to add; may be negative or zero (zero reads the counter under its lock).</param>
/// <param name="Limit">No increment may pass it, beside the counter's own ceiling; null: only the ceiling counts.</param>
public readonly record struct CounterChange(string Owner, CounterKind Kind, long Delta, long? Limit = null)
{
    /// <summary>If set, the counter's ceiling becomes this value (<see cref="Ceiling.None"/>: no limit). A counter that does not exist is made.</summary>
    public Ceiling? NewCeiling { get; init; }

    /// <summary>If set, the change holds only while the counter has this value: a look that no other commit can overtake.</summary>
    public long? Expected { get; init; }

    /// <summary>The same movements with one change a counter, in the order of their first mention: deltas add up, the tightest limit holds, what is expected stays so.</summary>
    public static IReadOnlyList<CounterChange> Merge(IEnumerable<CounterChange> changes) =>
        [.. changes.GroupBy(c => (c.Owner, c.Kind)).Select(g => new CounterChange(g.Key.Owner, g.Key.Kind, g.Sum(c => c.Delta), g.Min(c => c.Limit))
        {
            Expected = g.Select(c => c.Expected).FirstOrDefault(e => e is not null),
        })];
}

/// <summary>A ceiling to store with a counter.</summary>
/// <param name="Value">The ceiling; null: no limit.</param>
public readonly record struct Ceiling(long? Value)
{
    /// <summary>No limit.</summary>
    public static Ceiling None => new(null);
}

/// <summary>How a row is written.</summary>
public enum RowWriteKind
{
    /// <summary>A new row; one with the same key is a duplicate.</summary>
    Insert,
    /// <summary>A new row, or all columns of the one with the same primary key.</summary>
    Upsert,
    /// <summary>The row with the same primary key is removed, if it is there.</summary>
    Delete,
    /// <summary>All columns of the row with the same primary key, or those of the patch; a row that was removed meanwhile does not come back.</summary>
    Update,
}

/// <summary>A row to write: any mapped entity.</summary>
/// <param name="Entity">The entity; its mapped columns are written, nothing is tracked.</param>
/// <param name="Kind">How.</param>
/// <param name="Patch">The only columns that an update writes; null: all.</param>
public readonly record struct RowWrite(object Entity, RowWriteKind Kind = RowWriteKind.Insert, RowPatch? Patch = null)
{
    /// <summary>An update of some columns, which leaves what others write into the rest alone.</summary>
    public static RowWrite Of(object entity, RowPatch patch) => new(entity, RowWriteKind.Update, patch);
}

/// <summary>Some columns of a table; one instance each, as statements are kept by it.</summary>
/// <param name="properties">Names of the entity's properties.</param>
public sealed class RowPatch(params string[] properties)
{
    internal IReadOnlyList<string> Properties => properties;
}

/// <summary>What became of an intent.</summary>
public abstract record LedgerOutcome
{
    private LedgerOutcome() { }

    /// <summary>Committed and durable.</summary>
    /// <param name="Values">New values, in the order of the intent's changes.</param>
    public sealed record Accepted(IReadOnlyList<long> Values) : LedgerOutcome;

    /// <summary>A counter would have passed a limit; nothing was written.</summary>
    /// <param name="Change">The first change that did not hold.</param>
    /// <param name="Value">The counter's value when it was refused.</param>
    public sealed record Refused(CounterChange Change, long Value) : LedgerOutcome;

    /// <summary>
    /// What it was decided on has changed (<see cref="LedgerIntent.IsStale"/>, <see cref="LedgerIntent.Customers"/>); nothing was written and
    /// the caller has to decide again.
    /// </summary>
    public sealed record Stale : LedgerOutcome;

    /// <summary>A row with the same unique key exists; nothing was written.</summary>
    /// <param name="Constraint">Name of the unique constraint or index, as far as the database tells.</param>
    public sealed record Duplicate(string Constraint) : LedgerOutcome;

    /// <summary>The queue is full; nothing was written and the caller may come again later.</summary>
    public sealed record Busy : LedgerOutcome;
}
