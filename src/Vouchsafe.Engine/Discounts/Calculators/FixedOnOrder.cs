namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// FIXED, APPLY_TO_ORDER: what is due above the new price; nothing when the order is cheaper already. Bundles do not multiply a price.
/// </summary>
internal static class FixedOnOrder
{
    public static void Apply(FixedAmount discount, DiscountScope scope) =>
        scope.Order.DiscountOrder((scope.FromInitialAmount ? scope.Order.InitialAmount : scope.Order.Due) - discount.Amount);
}
