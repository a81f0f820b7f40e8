namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>The table from discount type and effect to calculator.</summary>
internal static class DiscountCalculator
{
    /// <summary>Applies a discount to the current step and returns it as it was applied: effect and values resolved.</summary>
    public static Discount Apply(Discount discount, DiscountScope scope) => discount switch
    {
        AmountOff amount => Apply(amount, scope),
        PercentOff percent => Apply(percent, scope),
        FixedAmount price => Apply(price, scope),
        UnitOff units => FreeItems.Apply(units, scope),
        _ => throw new InvalidOperationException($"No calculator for {discount.GetType().Name}."),
    };

    private static AmountOff Apply(AmountOff discount, DiscountScope scope)
    {
        var (value, dynamic) = scope.Amount(discount.Formula, discount.Amount, FirstLine(scope));
        var resolved = discount with { Amount = value, IsDynamic = dynamic };
        switch (discount.Effect)
        {
            case DiscountEffect.ApplyToItems:
                AmountOnItems.Apply(discount, scope);
                break;
            case DiscountEffect.ApplyToItemsByQuantity:
                AmountOnUnits.Apply(discount, scope);
                break;
            case DiscountEffect.ApplyToItemsProportionally:
                AmountSplit.ByAmount(resolved, scope);
                break;
            case DiscountEffect.ApplyToItemsProportionallyByQuantity:
                AmountSplit.ByQuantity(resolved, scope);
                break;
            default:
                AmountOnOrder.Apply(resolved, scope);
                break;
        }

        return resolved;
    }

    private static PercentOff Apply(PercentOff discount, DiscountScope scope)
    {
        var (value, dynamic) = scope.Percent(discount.Formula, discount.Percent, FirstLine(scope));
        var resolved = discount with { Percent = value, IsDynamic = dynamic };
        if (discount.Effect == DiscountEffect.ApplyToItems)
            PercentOnItems.Apply(discount, scope);
        else
            PercentOnOrder.Apply(resolved, scope);
        return resolved;
    }

    private static FixedAmount Apply(FixedAmount discount, DiscountScope scope)
    {
        var (value, dynamic) = scope.Amount(discount.Formula, discount.Amount, FirstLine(scope));
        var resolved = discount with { Amount = value, IsDynamic = dynamic };
        if (discount.Effect != DiscountEffect.ApplyToItems)
        {
            FixedOnOrder.Apply(resolved, scope);
            return resolved;
        }

        FixedOnItems.Apply(discount, scope);
        return resolved with { IsDynamic = dynamic || scope.Coverage.Lines.Any(line => line.Target?.PriceFormula is not null) };
    }

    // A formula of item operands has one value a line; the result shows that of the first covered one.
    private static Orders.OrderLine? FirstLine(DiscountScope scope) => scope.Coverage.Lines.FirstOrDefault()?.Line;
}
