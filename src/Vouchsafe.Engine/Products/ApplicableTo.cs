using Vouchsafe.Engine.Formulas;

namespace Vouchsafe.Engine.Products;

/// <summary>What a target names.</summary>
public enum TargetObject
{
    /// <summary>A product with all its SKUs.</summary>
    Product,

    /// <summary>One SKU.</summary>
    Sku,

    /// <summary>A product collection.</summary>
    ProductsCollection,
}

/// <summary>Which of the matching resources are covered, and in which order they are counted.</summary>
public enum TargetEffect
{
    /// <summary>All, in the order of the request.</summary>
    ApplyToEvery,

    /// <summary>Only the cheapest.</summary>
    ApplyToCheapest,

    /// <summary>All, counted from the cheapest.</summary>
    ApplyFromCheapest,

    /// <summary>Only the most expensive.</summary>
    ApplyToMostExpensive,

    /// <summary>All, counted from the most expensive.</summary>
    ApplyFromMostExpensive,
}

/// <summary>What is counted by skip and repeat.</summary>
public enum TargetKind
{
    /// <summary>Order lines.</summary>
    Item,

    /// <summary>Units within lines.</summary>
    Unit,
}

/// <summary>A product, SKU or collection.</summary>
/// <param name="Object">What it is.</param>
/// <param name="Id">Its id.</param>
public record ItemTarget(TargetObject Object, string Id)
{
    /// <summary>The merchant's id of it, for lines that name only that.</summary>
    public string? SourceId { get; init; }
}

/// <summary>One entry of <c>applicable_to.included</c>: what is discounted, and how much of it.</summary>
/// <param name="Object">What it is.</param>
/// <param name="Id">Its id.</param>
public sealed record IncludedTarget(TargetObject Object, string Id) : ItemTarget(Object, Id)
{
    /// <summary>Which matching resources.</summary>
    public TargetEffect Effect { get; init; } = TargetEffect.ApplyToEvery;

    /// <summary>What skip and repeat count.</summary>
    public TargetKind Target { get; init; } = TargetKind.Item;

    /// <summary>FIXED: the new unit price of this target; beats the discount's own.</summary>
    public long? Price { get; init; }

    /// <summary>FIXED: formula for the new unit price, in currency units; <see cref="Price"/> is its fallback.</summary>
    public Formula? PriceFormula { get; init; }

    /// <summary>Most units covered in one line.</summary>
    public long? QuantityLimit { get; init; }

    /// <summary>Most units covered in all lines of this target.</summary>
    public long? AggregatedQuantityLimit { get; init; }

    /// <summary>Most taken off one line.</summary>
    public long? AmountLimit { get; init; }

    /// <summary>Most taken off all lines of this target.</summary>
    public long? AggregatedAmountLimit { get; init; }

    /// <summary>Every how manieth resource is covered; 1 and null mean all.</summary>
    public int? Repeat { get; init; }

    /// <summary>How many resources are passed over first.</summary>
    public int? SkipInitially { get; init; }
}

/// <summary>What a validation rule lets a discount reach.</summary>
public sealed record ApplicableTo
{
    /// <summary>No restriction.</summary>
    public static readonly ApplicableTo Everything = new() { IncludedAll = true };

    /// <summary>What is included.</summary>
    public IReadOnlyList<IncludedTarget> Included { get; init; } = [];

    /// <summary>What is left out, even when included.</summary>
    public IReadOnlyList<ItemTarget> Excluded { get; init; } = [];

    /// <summary>Everything is included; <see cref="Included"/> then only adds limits to what it names.</summary>
    public bool IncludedAll { get; init; }

    /// <summary>True when it names products, included or excluded ones: the default effect of a discount is then APPLY_TO_ITEMS.</summary>
    public bool NamesProducts => Included.Count > 0 || Excluded.Count > 0;

    /// <summary>Everything several rules of one redeemable say, put together; null for no rules.</summary>
    public static ApplicableTo Union(IReadOnlyList<ApplicableTo> all) => all.Count switch
    {
        0 => Everything,
        1 => all[0],
        _ => new ApplicableTo
        {
            Included = [.. all.SelectMany(one => one.Included)],
            Excluded = [.. all.SelectMany(one => one.Excluded)],
            IncludedAll = all.All(one => one.IncludedAll || one.Included.Count == 0),
        },
    };
}
