using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// UNIT: free units. ADD_NEW_ITEMS adds all of them; ADD_MISSING_ITEMS counts the units the cart holds that are not free yet, adds the
/// missing ones and makes both free. Units join a line of the same product, or form a new line.
/// </summary>
internal static class FreeItems
{
    public static UnitOff Apply(UnitOff discount, DiscountScope scope)
    {
        var given = discount.Units.Select(units => Resolve(units, scope)).ToArray();
        foreach (var units in given)
            Give(units, scope);
        return discount with { Units = given, IsDynamic = given.Any(units => units.IsDynamic) };
    }

    private static FreeUnits Resolve(FreeUnits units, DiscountScope scope)
    {
        var dynamic = units.Formula?.Evaluate(scope.Inputs);
        var count = dynamic is { } value ? (long)Math.Max(0, Math.Floor(value)) : units.Count;
        return units with { Count = scope.PerBundle(count), IsDynamic = dynamic is not null };
    }

    private static void Give(FreeUnits units, DiscountScope scope)
    {
        var order = scope.Order;
        var lines = order.Lines.Where(line => IsOf(units, line.Source)).ToList();
        var held = units.Effect == DiscountEffect.AddMissingItems ? lines.Sum(line => line.Quantity - line.DiscountQuantity) : 0;
        var added = Math.Max(0, units.Count - held);
        var fromCart = units.Count - added;
        if (added > 0)
        {
            var home = lines.FirstOrDefault() ?? order.AddLine(NewItem(units), units.Item?.Price ?? units.Item?.StoredPrice);
            if (order.AddUnits(home, added))
                MakeFree(order, home, added);
        }

        foreach (var line in lines)
        {
            var take = Math.Min(fromCart, line.Quantity - line.DiscountQuantity);
            MakeFree(order, line, take);
            fromCart -= take;
        }
    }

    private static void MakeFree(OrderState order, OrderLine line, long units)
    {
        if (units <= 0)
            return;
        line.MarkFree(units);
        order.DiscountLine(line, Money.Minor.TryMultiply(line.Price ?? 0, units, out var amount) ? amount : line.Left);
    }

    private static bool IsOf(FreeUnits units, OrderItem item)
    {
        var isSku = units.Item?.SkuId is not null || units.UnitType.StartsWith("sku_", StringComparison.Ordinal);
        return TargetMatch.Matches(
            new ItemTarget(isSku ? TargetObject.Sku : TargetObject.Product, units.UnitType) { SourceId = units.Item?.SourceId }, item);
    }

    private static OrderItem NewItem(FreeUnits units) => units.Item ?? new OrderItem { ProductId = units.UnitType };
}
