namespace Vouchsafe.Engine.Orders;

/// <summary>
/// An order with every calculated amount of the wire. <c>*Discount*</c> amounts are running sums over everything applied so far,
/// <c>Applied*</c> amounts are the share of one redeemable (in its own result) or of the whole request (in the final order).
/// All amounts are minor units, never negative.
/// </summary>
public sealed record CalculatedOrder
{
    /// <summary>The order that was asked about.</summary>
    public required OrderSnapshot Source { get; init; }

    /// <summary>The amount at the start of the request, before free units.</summary>
    public required long InitialAmount { get; init; }

    /// <summary>The amount with the free units that were added.</summary>
    public required long Amount { get; init; }

    /// <summary>Order-level discounts so far.</summary>
    public required long DiscountAmount { get; init; }

    /// <summary>Item-level discounts so far.</summary>
    public required long ItemsDiscountAmount { get; init; }

    /// <summary>Order-level discount of this step.</summary>
    public required long AppliedDiscountAmount { get; init; }

    /// <summary>Item-level discounts of this step.</summary>
    public required long ItemsAppliedDiscountAmount { get; init; }

    /// <summary>All discounts so far; never more than <see cref="Amount"/>.</summary>
    public long TotalDiscountAmount => DiscountAmount + ItemsDiscountAmount;

    /// <summary>All discounts of this step.</summary>
    public long TotalAppliedDiscountAmount => AppliedDiscountAmount + ItemsAppliedDiscountAmount;

    /// <summary>What is left to pay; never below zero.</summary>
    public long TotalAmount => Amount - TotalDiscountAmount;

    /// <summary>True when free units changed the amount (the wire then shows the initial amount).</summary>
    public bool AmountChanged => Amount != InitialAmount;

    /// <summary>The lines, added free lines last.</summary>
    public required IReadOnlyList<CalculatedItem> Items { get; init; }
}

/// <summary>One line with its calculated amounts.</summary>
public sealed record CalculatedItem
{
    /// <summary>The line that was asked about, or the line a free unit made.</summary>
    public required OrderItem Source { get; init; }

    /// <summary>Unit price; null when neither the request nor the store knows one.</summary>
    public required long? Price { get; init; }

    /// <summary>Units, free ones included.</summary>
    public required long Quantity { get; init; }

    /// <summary>Units before free ones were added; 0 for an added line.</summary>
    public required long InitialQuantity { get; init; }

    /// <summary>Line amount, free units included; null when no price is known.</summary>
    public required long? Amount { get; init; }

    /// <summary>Line amount before free units were added.</summary>
    public required long? InitialAmount { get; init; }

    /// <summary>Discounts of this line so far; never more than the amount.</summary>
    public required long DiscountAmount { get; init; }

    /// <summary>Discount of this line in this step.</summary>
    public required long AppliedDiscountAmount { get; init; }

    /// <summary>Free units so far.</summary>
    public required long DiscountQuantity { get; init; }

    /// <summary>Free units of this step.</summary>
    public required long AppliedDiscountQuantity { get; init; }

    /// <summary>Units this step added.</summary>
    public required long AppliedQuantity { get; init; }

    /// <summary>Amount of the units this step added.</summary>
    public required long AppliedQuantityAmount { get; init; }

    /// <summary>What is left of the line after item-level discounts; null when no price is known.</summary>
    public long? SubtotalAmount => Amount - DiscountAmount;

    /// <summary>True when free units belong to this line (the wire then shows the quantities).</summary>
    public bool HasFreeUnits => DiscountQuantity > 0 || Quantity != InitialQuantity;
}
