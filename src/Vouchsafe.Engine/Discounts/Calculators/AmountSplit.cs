using Vouchsafe.Engine.Money;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// AMOUNT, APPLY_TO_ITEMS_PROPORTIONALLY and ..._BY_QUANTITY: one amount split over the covered lines by their amounts or units. The
/// parts sum to the amount as far as the lines can take it.
/// </summary>
internal static class AmountSplit
{
    public static void ByAmount(AmountOff discount, DiscountScope scope) =>
        Apply(discount, scope, line => line.Base(scope.FromInitialAmount));

    public static void ByQuantity(AmountOff discount, DiscountScope scope) => Apply(discount, scope, line => line.Units);

    private static void Apply(AmountOff discount, DiscountScope scope, Func<CoveredLine, long> weight)
    {
        var lines = scope.Coverage.Lines;
        var whole = Math.Min(scope.PerBundle(discount.Amount), discount.AggregatedAmountLimit ?? Minor.Max);
        var parts = Allocation.SplitCapped(
            Math.Min(whole, scope.Order.Due),
            lines.Select(weight).ToArray(),
            lines.Select(line => line.Base(fromInitial: false)).ToArray());
        var budget = new ItemBudget(scope, null);
        for (var i = 0; i < parts.Length; i++)
            budget.TakeOff(lines[i], parts[i]);
    }
}
