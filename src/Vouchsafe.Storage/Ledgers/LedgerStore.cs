namespace Vouchsafe.Storage.Ledgers;

/// <summary>How a failed commit is to be met.</summary>
internal enum LedgerFailure
{
    /// <summary>A row with the same unique key is there.</summary>
    Duplicate,
    /// <summary>Trying the same again may work: a deadlock, a lost connection.</summary>
    Transient,
    /// <summary>Neither: a bad row, a bug, a full disk.</summary>
    Fatal,
}

/// <summary>One database's way to commit a group: lock the counters, decide, write, commit once.</summary>
internal abstract class LedgerStore : IAsyncDisposable
{
    /// <summary>
    /// Commits the group in one transaction and returns an outcome an intent. When it throws, nothing of the group is in
    /// the database.
    /// </summary>
    internal abstract Task<IReadOnlyList<LedgerOutcome>> CommitAsync(IReadOnlyList<LedgerIntent> group);

    /// <summary>What kind of failure an exception of <see cref="CommitAsync"/> is, and the constraint it names, if any.</summary>
    internal abstract (LedgerFailure Kind, string Constraint) Classify(Exception exception);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>The rows of the accepted intents, completed with their counters' values, gathered by table and kind of write.</summary>
    private protected static IReadOnlyList<RowBatch> RowsOf(IReadOnlyList<LedgerIntent> group, IReadOnlyList<LedgerOutcome> outcomes, RowTables tables)
    {
        var batches = new List<RowBatch>();
        for (var i = 0; i < group.Count; i++)
        {
            if (outcomes[i] is not LedgerOutcome.Accepted accepted) continue;
            group[i].Complete?.Invoke(accepted.Values);
            foreach (var row in group[i].Rows)
            {
                var table = tables.Of(row.Entity.GetType());
                var batch = batches.Find(b => b.Table == table && b.Kind == row.Kind && b.Patch == row.Patch);
                if (batch is null) batches.Add(batch = new RowBatch(table, row.Kind, row.Patch, []));
                batch.Entities.Add(row.Entity);
            }
        }
        return batches;
    }
}

/// <summary>Rows of one table that are written alike.</summary>
internal sealed record RowBatch(RowTable Table, RowWriteKind Kind, RowPatch? Patch, List<object> Entities)
{
    /// <summary>The columns whose values the statement takes, in their order; those of the key come first where it does not insert.</summary>
    internal IReadOnlyList<RowColumn> Columns { get; } = Kind switch
    {
        RowWriteKind.Insert or RowWriteKind.Upsert => Table.Columns,
        RowWriteKind.Delete => Table.Keys,
        RowWriteKind.Update => [.. Table.Keys, .. Table.Columns.Where(c => !c.IsKey && Patch?.Properties.Contains(c.Property) != false)],
    };

    /// <summary>The entities, of several with one key the last: a statement that updates one row from two takes either.</summary>
    internal IReadOnlyList<object> Last => [.. Entities.AsEnumerable().Reverse().DistinctBy(entity => string.Join('\0', Table.Keys.Select(key => key.Read(entity))))];

    /// <summary>The columns that an update writes.</summary>
    internal IEnumerable<RowColumn> Written => Columns.Where(c => !c.IsKey);
}
