using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// AMOUNT, APPLY_TO_ITEMS_BY_QUANTITY: the amount for every covered unit, at most what those units cost. Bundles raise the number of
/// units where a unit limit is set, not the amount a unit gets.
/// </summary>
internal static class AmountOnUnits
{
    public static void Apply(AmountOff discount, DiscountScope scope)
    {
        var budget = new ItemBudget(scope, discount.AggregatedAmountLimit);
        foreach (var line in scope.Coverage.Lines)
        {
            var unit = scope.Amount(discount.Formula, discount.Amount, line.Line).Amount;
            var all = Minor.TryMultiply(PerUnit(unit, line.Target?.QuantityLimit ?? line.Target?.AggregatedQuantityLimit, scope), line.Units, out var product)
                ? product
                : Minor.Max;
            budget.TakeOff(line, Math.Min(all, line.Base(fromInitial: false)));
        }
    }

    // With a unit limit the bundles have already multiplied the units; without one they multiply the amount.
    private static long PerUnit(long unit, long? unitLimit, DiscountScope scope) => unitLimit is null ? scope.PerBundle(unit) : unit;
}
