using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Discounts;

/// <summary>What a voucher or promotion tier takes off. A closed set: only the records in this file derive from it.</summary>
public abstract record Discount
{
    private protected Discount()
    {
    }

    /// <summary>
    /// How it reaches the order; null means the default: to items when a validation rule includes or excludes products, otherwise to the order.
    /// In an evaluation's result it is always resolved.
    /// </summary>
    public DiscountEffect? Effect { get; init; }

    /// <summary>True in a result when a formula gave the value.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Gives the value in currency units (percent for percentages, units for free units); the static value is its fallback.</summary>
    public Formula? Formula { get; init; }
}

/// <summary>A fixed amount off.</summary>
/// <param name="Amount">Minor units, more than 0.</param>
public sealed record AmountOff(long Amount) : Discount
{
    /// <summary>Most that item-level effects may take in one order; null means no ceiling.</summary>
    public long? AggregatedAmountLimit { get; init; }
}

/// <summary>A share off.</summary>
/// <param name="Percent">More than 0, at most 100; up to two decimals.</param>
public sealed record PercentOff(decimal Percent) : Discount
{
    /// <summary>Most it may take: per line for item-level effects, per order otherwise.</summary>
    public long? AmountLimit { get; init; }

    /// <summary>Most that item-level effects may take in one order.</summary>
    public long? AggregatedAmountLimit { get; init; }
}

/// <summary>A new price: of the order's total, or of each applicable unit. It only ever lowers.</summary>
/// <param name="Amount">Minor units, 0 or more.</param>
public sealed record FixedAmount(long Amount) : Discount;

/// <summary>Free units of one or several kinds.</summary>
/// <param name="Units">The kinds, at least one. One kind: the discount's effect is that kind's; several: ADD_MANY_ITEMS.</param>
public sealed record UnitOff(IReadOnlyList<FreeUnits> Units) : Discount
{
    /// <inheritdoc/>
    public bool Equals(UnitOff? other) => other is not null && Effect == other.Effect && IsDynamic == other.IsDynamic && Units.SequenceEqual(other.Units);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Effect, IsDynamic, Units.Count);
}

/// <summary>Free units of one kind.</summary>
/// <param name="Count">How many units, 0 or more.</param>
/// <param name="UnitType">Id of the product or SKU given for free.</param>
/// <param name="Effect"><see cref="DiscountEffect.AddMissingItems"/> or <see cref="DiscountEffect.AddNewItems"/>.</param>
public sealed record FreeUnits(long Count, string UnitType, DiscountEffect Effect)
{
    /// <summary>Gives the number of units; <see cref="Count"/> is its fallback. Fractions are cut off.</summary>
    public Formula? Formula { get; init; }

    /// <summary>True in a result when the formula gave the number.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>
    /// The line that is added when the cart holds none: ids, stored price, product and SKU objects of the unit type, as the caller found
    /// them. Null leaves an added line with the unit type as product id and without a price.
    /// </summary>
    public OrderItem? Item { get; init; }
}
