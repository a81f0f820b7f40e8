using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>PERCENT, APPLY_TO_ORDER: a share of what is due (or of the initial amount), cut at the amount limit.</summary>
internal static class PercentOnOrder
{
    public static void Apply(PercentOff discount, DiscountScope scope)
    {
        var whole = scope.FromInitialAmount ? scope.Order.InitialAmount : scope.Order.Due;
        var share = Minor.PercentOf(whole, Math.Min(100, discount.Percent * scope.Bundles));
        scope.Order.DiscountOrder(Math.Min(share, discount.AmountLimit is { } limit ? scope.PerBundle(limit) : Minor.Max));
    }
}
