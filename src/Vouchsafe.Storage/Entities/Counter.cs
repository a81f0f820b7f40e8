namespace Vouchsafe.Storage.Entities;

/// <summary>What a counter counts.</summary>
public enum CounterKind : short
{
    /// <summary>
    /// Redemptions of the owner that were not rolled back, plus uses held by locks. Of an earning rule and an order
    /// (<c>rule:order</c>): whether its points were given, 0 or 1.
    /// </summary>
    Uses = 1,
    /// <summary>Credits (minor units) or points left on a card, less those held by locks.</summary>
    Balance = 2,
    /// <summary>Rollbacks of a redemption: 0 or 1.</summary>
    Rollbacks = 3,
    /// <summary>Credits or points redeemed and not rolled back.</summary>
    RedeemedAmount = 4,
    /// <summary>Publications of a voucher.</summary>
    Publications = 5,
    /// <summary>Whether a validation lock still holds (owner: its id): 0 or 1.</summary>
    Locks = 6,
    /// <summary>Credits or points taken off a card by hand; what was loaded is balance, redeemed and removed ones together.</summary>
    RemovedAmount = 7,
    /// <summary>How often a redemption was counted late; whoever changes what it counted in has to have read it at this value.</summary>
    Recounts = 8,
    /// <summary>How often a stored order was redeemed for again or taken back from; who does either has to have read the order at this value.</summary>
    OrderChanges = 9,
}

/// <summary>
/// Every limit is a row here, and only the ledger writes it. Narrow on purpose: under contention a wide row costs several
/// times the log. No counter falls below zero (a CHECK holds it). One that stands at zero without a ceiling is not kept: what is
/// counted for a moment, such as the locks of an address, leaves nothing behind.
/// </summary>
public sealed class Counter
{
    /// <summary>What is counted: a voucher's id, a redemption's id, <c>voucher:session</c>, ...</summary>
    public required string Owner { get; init; }
    /// <summary>What it counts.</summary>
    public required CounterKind Kind { get; init; }
    /// <summary>Current value.</summary>
    public required long Value { get; set; }
    /// <summary>No increment passes it; null: no limit. Kept here so that lowering a limit acts at once.</summary>
    public long? Ceiling { get; set; }
}
