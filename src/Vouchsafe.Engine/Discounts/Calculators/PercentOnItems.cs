using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// PERCENT, APPLY_TO_ITEMS: a share of the covered part of every line; the amount limit cuts each line. Bundles multiply the percentage,
/// or the number of units where a unit limit is set.
/// </summary>
internal static class PercentOnItems
{
    public static void Apply(PercentOff discount, DiscountScope scope)
    {
        var budget = new ItemBudget(scope, discount.AggregatedAmountLimit);
        var limit = discount.AmountLimit is { } most ? scope.PerBundle(most) : Minor.Max;
        foreach (var line in scope.Coverage.Lines)
        {
            var times = line.Target?.QuantityLimit is null && line.Target?.AggregatedQuantityLimit is null ? scope.Bundles : 1;
            var percent = Math.Min(100, scope.Percent(discount.Formula, discount.Percent, line.Line).Percent * times);
            budget.TakeOff(line, Math.Min(Minor.PercentOf(line.Base(scope.FromInitialAmount), percent), limit));
        }
    }
}
