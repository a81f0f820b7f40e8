using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Orders;

/// <summary>Works out what an order costs before any redeemable touches it.</summary>
public static class OrderPricing
{
    /// <summary>The order with its amounts and without new discounts; the reason instead when an amount is out of range.</summary>
    public static (CalculatedOrder? Order, Reason? Problem) Price(OrderSnapshot order)
    {
        var (state, problem) = Open(order);
        return (state?.Snapshot(wholeRequest: true), problem);
    }

    internal static (OrderState? State, Reason? Problem) Open(OrderSnapshot order)
    {
        var lines = new List<OrderLine>(order.Items.Count);
        long sum = 0;
        var anyAmount = false;
        for (var i = 0; i < order.Items.Count; i++)
        {
            var line = OpenLine(order.Items[i]);
            if (line is null || !Minor.TryAdd(sum, line.Amount, out sum))
                return (null, Reasons.InvalidAmount($".order.items[{i}].amount"));
            anyAmount |= line.HasAmount;
            lines.Add(line);
        }

        var amount = order.Amount ?? sum;
        if (amount is < 0 or > Minor.Max)
            return (null, Reasons.InvalidAmount(".order.amount"));
        return (new OrderState(order, lines, amount, order.Amount is not null || anyAmount), null);
    }

    // A unit price in the request is the most exact thing the caller says, then the line amount, then what the catalogue holds.
    private static OrderLine? OpenLine(OrderItem item)
    {
        var quantity = item.Quantity ?? 1;
        var price = item.Price ?? (item.Amount is null ? item.StoredPrice : null);
        long amount;
        if (price is { } unit)
        {
            if (!Minor.TryMultiply(unit, quantity, out amount))
                return null;
        }
        else
        {
            amount = item.Amount ?? 0;
            if (amount is < 0 or > Minor.Max || quantity < 0)
                return null;
            if (item.Amount is not null && quantity > 0 && amount % quantity == 0)
                price = amount / quantity;
        }

        // A line that was made smaller after its discount has no more of it than it is now.
        return new OrderLine(Math.Min(item.PriorDiscountAmount, amount), Math.Min(item.PriorDiscountQuantity, quantity), quantity, amount)
        {
            Source = item,
            Price = price,
            InitialQuantity = item.InitialQuantity ?? quantity,
            HasAmount = price is not null || item.Amount is not null,
            InitialAmount = item.InitialAmount ?? amount,
        };
    }
}
