using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine;

/// <summary>What became of one redeemable.</summary>
public enum RedeemableStatus
{
    /// <summary>It can be redeemed; its discount is in the order.</summary>
    Applicable,

    /// <summary>It was judged and refused.</summary>
    Inapplicable,

    /// <summary>It was left out without fault of its own.</summary>
    Skipped,
}

/// <summary>The verdict on one redeemable.</summary>
public sealed record RedeemableResult
{
    /// <summary>The redeemable judged.</summary>
    public required Redeemable Redeemable { get; init; }

    /// <summary>What became of it.</summary>
    public required RedeemableStatus Status { get; init; }

    /// <summary>Why it was refused or skipped; null exactly when it is applicable.</summary>
    public Reason? Reason { get; init; }

    /// <summary>The order after this redeemable, with running sums and its own applied share; null without an order or when not applicable.</summary>
    public CalculatedOrder? Order { get; init; }

    /// <summary>The discount as it was applied, effect resolved; null for cards and when not applicable.</summary>
    public Discount? Discount { get; init; }

    /// <summary>What it took off in all, minor units.</summary>
    public long AppliedAmount => Order?.TotalAppliedDiscountAmount ?? 0;

    /// <summary>Which targets the discount reached, with line and unit numbers (<c>applicable_to</c>).</summary>
    public IReadOnlyList<TargetCoverage> ApplicableTo { get; init; } = [];

    /// <summary>Which targets its rules exclude, with line numbers (<c>inapplicable_to</c>).</summary>
    public IReadOnlyList<TargetCoverage> InapplicableTo { get; init; } = [];

    /// <summary>Bundles found and the most that count; null when no rule asks for bundles.</summary>
    public BundleCount? Bundle { get; init; }

    /// <summary>True when it would take off what it does once its bundle is complete: it is offered and takes nothing off yet.</summary>
    internal bool WaitsForBundle => Bundle is { Quantity: 0 };

    /// <summary>What became of every rule and condition, when <see cref="EvaluationContext.Explain"/> asks for it.</summary>
    public IReadOnlyList<RuleExplanation> Explanations { get; init; } = [];

    /// <summary>Gift credits or points it spends; null for everything that is not a card.</summary>
    public long? Credits { get; init; }

    internal IReadOnlyList<CounterRead> Counters { get; init; } = [];
}

/// <summary>What kind of counter a wish is about.</summary>
public enum CounterKind
{
    /// <summary>Redemptions of a redeemable; goes up, must not pass the limit.</summary>
    Uses,

    /// <summary>Credits or points on a card; goes down, must not fall below zero.</summary>
    Credits,

    /// <summary>A budget or count of a validation rule, named by <see cref="CounterWish.Key"/>; goes up, must not pass the limit.</summary>
    Rule,
}

/// <summary>What the ledger must do for an evaluation to come true. The engine advises with it, the ledger enforces it.</summary>
/// <param name="RedeemableId">The resource id of the redeemable.</param>
/// <param name="Kind">Which of its counters.</param>
/// <param name="Delta">The change: +1 use, or minus the credits spent.</param>
/// <param name="Limit">For uses and rules: the most the counter may reach, null for no limit. For credits always null: the floor is zero.</param>
public sealed record CounterWish(string RedeemableId, CounterKind Kind, long Delta, long? Limit)
{
    /// <summary>For rules: the counter's key, one of those <see cref="RuleCounters.Needed"/> lists. Null for the others.</summary>
    public string? Key { get; init; }
}

/// <summary>Bundles in the order.</summary>
/// <param name="Quantity">How many were found, at most the limit; 0 when parts are missing.</param>
/// <param name="Limit">The most that count.</param>
public sealed record BundleCount(int Quantity, int Limit)
{
    /// <summary>The units that make up these bundles, or that a first one already has, in the order of the lines.</summary>
    public IReadOnlyList<BundledUnits> Identified { get; init; } = [];

    /// <summary>What a first bundle still lacks; empty when there is one.</summary>
    public IReadOnlyList<MissingUnits> Missing { get; init; } = [];
}

/// <summary>Units of a line that count towards bundles.</summary>
/// <param name="Index">The line's number, from 0.</param>
/// <param name="Object">What the line holds: a product or a SKU.</param>
/// <param name="Id">Its id.</param>
/// <param name="Quantity">How many of its units.</param>
public sealed record BundledUnits(int Index, TargetObject Object, string Id, long Quantity);

/// <summary>Units that a bundle lacks.</summary>
/// <param name="Target">The part of the bundle.</param>
/// <param name="Quantity">How many units of it.</param>
public sealed record MissingUnits(ItemTarget Target, long Quantity);

/// <summary>The whole promotion decision for one request.</summary>
public sealed record Evaluation
{
    /// <summary>True when the request can be redeemed as it stands.</summary>
    public required bool Valid { get; init; }

    /// <summary>Set when the request itself is wrong (duplicates, too many, amounts out of range); nothing was judged then.</summary>
    public Reason? Refused { get; init; }

    /// <summary>One verdict a redeemable, in the order of application.</summary>
    public IReadOnlyList<RedeemableResult> Results { get; init; } = [];

    /// <summary>The order with everything applied; null without an order and when not valid.</summary>
    public CalculatedOrder? Order { get; init; }

    /// <summary>What the ledger must do; empty when not valid.</summary>
    public IReadOnlyList<CounterWish> Wishes { get; init; } = [];

    /// <summary>The first refusal: what a request with one redeemable answers with.</summary>
    public Reason? FirstReason => Refused
        ?? (Results.FirstOrDefault(result => result.Status == RedeemableStatus.Inapplicable)
            ?? Results.FirstOrDefault(result => result.Status == RedeemableStatus.Skipped))?.Reason;

    internal static Evaluation Refuse(Reason reason) => new() { Valid = false, Refused = reason };
}
