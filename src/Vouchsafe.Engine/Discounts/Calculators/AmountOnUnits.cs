using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// AMOUNT, APPLY_TO_ITEMS_BY_QUANTITY: the amount for every covered unit, at most what those units cost. Bundles multiply the unit
/// limits, never what a unit gets.
/// </summary>
internal static class AmountOnUnits
{
    public static void Apply(AmountOff discount, DiscountScope scope)
    {
        var budget = new ItemBudget(scope, discount.AggregatedAmountLimit);
        foreach (var line in scope.Coverage.Lines)
        {
            var unit = scope.Amount(discount.Formula, discount.Amount, line.Line).Amount;
            var all = Minor.TryMultiply(unit, line.Units, out var product) ? product : Minor.Max;
            budget.TakeOff(line, Math.Min(all, line.Base(fromInitial: false)));
        }
    }
}
