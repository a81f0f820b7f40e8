using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>FIXED, APPLY_TO_ITEMS: a new unit price for every covered unit, the target's own before the discount's; it only ever lowers.</summary>
internal static class FixedOnItems
{
    public static void Apply(FixedAmount discount, DiscountScope scope)
    {
        var budget = new ItemBudget(scope, null);
        foreach (var line in scope.Coverage.Lines)
        {
            var own = scope.Amount(discount.Formula, discount.Amount, line.Line).Amount;
            var price = line.Target is { } target && (target.Price is not null || target.PriceFormula is not null)
                ? scope.Amount(target.PriceFormula, target.Price ?? own, line.Line).Amount
                : own;
            if (Minor.TryMultiply(price, line.Units, out var newAmount))
                budget.TakeOff(line, Math.Max(0, line.Base(scope.FromInitialAmount) - newAmount));
        }
    }
}
