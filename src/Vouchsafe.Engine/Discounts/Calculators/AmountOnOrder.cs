namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>AMOUNT, APPLY_TO_ORDER: the amount, or what is due when that is less.</summary>
internal static class AmountOnOrder
{
    public static void Apply(AmountOff discount, DiscountScope scope) =>
        scope.Order.DiscountOrder(Math.Min(scope.PerBundle(discount.Amount), discount.AggregatedAmountLimit ?? Money.Minor.Max));
}
