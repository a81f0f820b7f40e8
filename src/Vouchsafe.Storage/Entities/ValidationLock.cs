namespace Vouchsafe.Storage.Entities;

/// <summary>
/// What a validation session of type LOCK holds of one redeemable until it is redeemed, released or over. What it holds is
/// counted in the same counters as redemptions, so a limit never sees the difference between a hold and a redemption.
/// </summary>
public sealed class ValidationLock
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Session key, given or minted; unique in the project.</summary>
    public required string SessionKey { get; init; }
    /// <summary>Voucher or promotion tier that it holds.</summary>
    public required string RedeemableId { get; init; }
    /// <summary>
    /// Id of this very lock, <c>lock_...</c>; one that overwrites it has another. Its counter of kind
    /// <see cref="CounterKind.Locks"/> stands at 1 until somebody takes the lock back, which only one can.
    /// </summary>
    public required string LockId { get; init; }
    /// <summary>Uses held.</summary>
    public required long Uses { get; init; }
    /// <summary>Credits held, in minor units.</summary>
    public required long Credits { get; init; }
    /// <summary>Everything it moved in counters, as JSON (<see cref="Ledgers.LockLedger"/>), so that taking it back gives back exactly that.</summary>
    public required string HoldsJson { get; init; }
    /// <summary>When the session was first made; overwriting it keeps this.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether its time is over, so that it holds nothing any more and whoever needs it may take it back.</summary>
    public bool IsOver(DateTimeOffset now) => ExpiresAt <= now;
}
