using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Money;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>What a calculator works with: the order in its current step, the lines it may touch, and how values are read.</summary>
/// <param name="Order">The running order.</param>
/// <param name="Coverage">Lines that item-level effects reach.</param>
/// <param name="FromInitialAmount">True when percentages and new prices are measured against the amounts before any discount.</param>
/// <param name="Inputs">What formulas read.</param>
/// <param name="Bundles">How many bundles the order holds: the multiplier of amounts, percentages and units; 1 without bundles.</param>
internal sealed record DiscountScope(OrderState Order, Coverage Coverage, bool FromInitialAmount, FormulaInputs Inputs, int Bundles)
{
    /// <summary>An amount in minor units, from the formula where it can be computed; never negative, never more than the largest amount.</summary>
    public (long Amount, bool Dynamic) Amount(Formula? formula, long fallback, OrderLine? line = null) =>
        formula?.Evaluate(Inputs with { Line = line }) is { } value
            ? (Math.Max(0, Minor.Round(value * 100)), true)
            : (fallback, false);

    /// <summary>A percentage, from the formula where it can be computed; 0 to 100, two decimals.</summary>
    public (decimal Percent, bool Dynamic) Percent(Formula? formula, decimal fallback, OrderLine? line = null) =>
        formula?.Evaluate(Inputs with { Line = line }) is { } value
            ? (Math.Clamp(Math.Round(value, 2, MidpointRounding.AwayFromZero), 0, 100), true)
            : (fallback, false);

    /// <summary>An amount for all bundles together.</summary>
    public long PerBundle(long amount) => (long)Math.Min((decimal)amount * Bundles, Minor.Max);
}
