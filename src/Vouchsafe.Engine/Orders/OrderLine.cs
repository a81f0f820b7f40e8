namespace Vouchsafe.Engine.Orders;

/// <summary>A line while redeemables are applied to it. The step fields can be undone until the next step begins.</summary>
internal sealed class OrderLine
{
    public required OrderItem Source { get; init; }
    public long? Price { get; init; }
    public long Quantity { get; set; }
    public long InitialQuantity { get; init; }
    public bool HasAmount { get; init; }
    public long Amount { get; set; }
    public long InitialAmount { get; init; }
    public long Discount { get; private set; }
    public long DiscountQuantity { get; private set; }

    private readonly long _priorDiscount;
    private readonly long _priorDiscountQuantity;
    private readonly long _openingQuantity;
    private readonly long _openingAmount;
    private long _stepDiscount;
    private long _stepDiscountQuantity;
    private long _stepQuantity;
    private long _stepAmount;

    public OrderLine(long priorDiscount, long priorDiscountQuantity, long openingQuantity, long openingAmount)
    {
        Discount = _priorDiscount = priorDiscount;
        DiscountQuantity = _priorDiscountQuantity = priorDiscountQuantity;
        Quantity = _openingQuantity = openingQuantity;
        Amount = _openingAmount = openingAmount;
    }

    /// <summary>What item-level discounts may still take.</summary>
    public long Left => Amount - Discount;

    /// <summary>True when an earlier redeemable of this request took something off the line.</summary>
    public bool TouchedBefore => Discount - _stepDiscount > _priorDiscount;

    /// <summary>Units before the current step.</summary>
    public long QuantityBefore => Quantity - _stepQuantity;

    /// <summary>Amount before the current step.</summary>
    public long AmountBefore => Amount - _stepAmount;

    /// <summary>Amount less discounts, before the current step.</summary>
    public long LeftBefore => AmountBefore - (Discount - _stepDiscount);

    /// <summary>True when the current step made units of the line free, added ones or those in the cart.</summary>
    public bool StepGaveUnits => _stepDiscountQuantity > 0;

    public void TakeOff(long amount)
    {
        Discount += amount;
        _stepDiscount += amount;
    }

    public void MarkFree(long units)
    {
        DiscountQuantity += units;
        _stepDiscountQuantity += units;
    }

    public void AddUnits(long units, long amount)
    {
        Quantity += units;
        Amount += amount;
        _stepQuantity += units;
        _stepAmount += amount;
    }

    public void BeginStep() => _stepDiscount = _stepDiscountQuantity = _stepQuantity = _stepAmount = 0;

    public void UndoStep()
    {
        Discount -= _stepDiscount;
        DiscountQuantity -= _stepDiscountQuantity;
        Quantity -= _stepQuantity;
        Amount -= _stepAmount;
        BeginStep();
    }

    public CalculatedItem Snapshot(bool wholeRequest) => new()
    {
        Source = Source,
        Price = Price,
        Quantity = Quantity,
        InitialQuantity = InitialQuantity,
        Amount = HasAmount ? Amount : null,
        InitialAmount = HasAmount ? InitialAmount : null,
        DiscountAmount = Discount,
        DiscountQuantity = DiscountQuantity,
        AppliedDiscountAmount = wholeRequest ? Discount - _priorDiscount : _stepDiscount,
        AppliedDiscountQuantity = wholeRequest ? DiscountQuantity - _priorDiscountQuantity : _stepDiscountQuantity,
        AppliedQuantity = wholeRequest ? Quantity - _openingQuantity : _stepQuantity,
        AppliedQuantityAmount = wholeRequest ? Amount - _openingAmount : _stepAmount,
    };
}
