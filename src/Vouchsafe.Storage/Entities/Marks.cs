namespace Vouchsafe.Storage.Entities;

/// <summary>Says that work of a name was done once and for all (<see cref="DatabaseMigrator.RunOnceAsync"/>).</summary>
internal sealed class OnceMark
{
    internal const string Table = "once_marks";

    public required string Name { get; init; }
    public required DateTimeOffset DoneAt { get; init; }
}

/// <summary>
/// The last group a ledger committed, one row a ledger. Where a COMMIT's answer is lost, it tells whether the group is in.
/// </summary>
internal sealed class LedgerMark
{
    internal const string Table = "ledger_marks";

    public required string Id { get; init; }
    public required long Sequence { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
}
