namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>AMOUNT, APPLY_TO_ITEMS: the amount once for every covered line, at most what is left of that line.</summary>
internal static class AmountOnItems
{
    public static void Apply(AmountOff discount, DiscountScope scope)
    {
        var budget = new ItemBudget(scope, discount.AggregatedAmountLimit);
        foreach (var line in scope.Coverage.Lines)
            budget.TakeOff(line, scope.PerBundle(scope.Amount(discount.Formula, discount.Amount, line.Line).Amount));
    }
}
