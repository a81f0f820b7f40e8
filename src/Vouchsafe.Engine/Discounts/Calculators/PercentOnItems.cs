using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// PERCENT, APPLY_TO_ITEMS: a share of the covered part of every line; the amount limit cuts each line. Bundles multiply the percentage
/// and the amount limits, never the units (<see cref="RedeemableApplication"/> covers no more of them).
/// </summary>
internal static class PercentOnItems
{
    public static void Apply(PercentOff discount, DiscountScope scope)
    {
        var budget = new ItemBudget(scope, discount.AggregatedAmountLimit);
        var limit = discount.AmountLimit is { } most ? scope.PerBundle(most) : Minor.Max;
        foreach (var line in scope.Coverage.Lines)
        {
            var percent = Math.Min(100, scope.Percent(discount.Formula, discount.Percent, line.Line).Percent * scope.Bundles);
            budget.TakeOff(line, Math.Min(Minor.PercentOf(line.Base(scope.FromInitialAmount), percent), limit));
        }
    }
}
