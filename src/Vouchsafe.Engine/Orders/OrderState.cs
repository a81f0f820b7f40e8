using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Orders;

/// <summary>
/// The order while a stack is applied. Every change goes through a method that keeps the totals at zero or more; one step (one
/// redeemable) can be undone as a whole, which is how a rule that looks at the outcome takes its own discount back.
/// </summary>
internal sealed class OrderState
{
    private readonly OrderSnapshot _source;
    private readonly List<OrderLine> _lines;
    private readonly long _initialAmount;
    private readonly long _priorDiscount;
    private readonly long _priorItemsDiscount;
    private long _amount;
    private long _discount;
    private long _itemsDiscount;
    private long _stepDiscount;
    private long _stepItemsDiscount;
    private long _stepAmount;
    private int _stepLines;

    internal OrderState(OrderSnapshot source, List<OrderLine> lines, long amount, bool amountKnown)
    {
        _source = source;
        _lines = lines;
        _amount = amount;
        AmountKnown = amountKnown;
        _initialAmount = source.InitialAmount ?? amount;
        _itemsDiscount = _priorItemsDiscount = Math.Min(lines.Sum(line => line.Discount), amount);
        _discount = _priorDiscount = Math.Min(source.PriorDiscountAmount, amount - _itemsDiscount);
    }

    public OrderSnapshot Source => _source;
    public IReadOnlyList<OrderLine> Lines => _lines;

    /// <summary>False when neither an order amount nor any line amount is known.</summary>
    public bool AmountKnown { get; }
    public long Amount => _amount;
    public long InitialAmount => _initialAmount;

    /// <summary>What is left to pay.</summary>
    public long Due => _amount - _discount - _itemsDiscount;

    /// <summary>What was left to pay before the current step.</summary>
    public long DueBefore => Due - _stepAmount + StepTotal;

    /// <summary>The amount before the current step.</summary>
    public long AmountBefore => _amount - _stepAmount;

    /// <summary>How many lines there were before the current step.</summary>
    public int LinesBefore => _lines.Count - _stepLines;

    /// <summary>Discounts of the current step.</summary>
    public long StepTotal => _stepDiscount + _stepItemsDiscount;

    /// <summary>True when the current step took something off or gave units away, priced or not.</summary>
    public bool StepHadEffect => StepTotal > 0 || _lines.Exists(line => line.StepGaveUnits);

    /// <summary>Takes up to <paramref name="amount"/> off the order; never more than is due. Returns what was taken.</summary>
    public long DiscountOrder(long amount)
    {
        var taken = Math.Clamp(amount, 0, Due);
        _discount += taken;
        _stepDiscount += taken;
        return taken;
    }

    /// <summary>Takes up to <paramref name="amount"/> off a line; never more than is left of it or due in all.</summary>
    public long DiscountLine(OrderLine line, long amount)
    {
        var taken = Math.Clamp(amount, 0, Math.Min(line.Left, Due));
        line.TakeOff(taken);
        _itemsDiscount += taken;
        _stepItemsDiscount += taken;
        return taken;
    }

    /// <summary>Adds units to a line. False, and nothing changes, when an amount would pass the largest.</summary>
    public bool AddUnits(OrderLine line, long units)
    {
        if (!Minor.TryMultiply(line.Price ?? 0, units, out var amount)
            || !Minor.TryAdd(_amount, amount, out var total)
            || !Minor.TryAdd(line.Amount, amount, out _)
            || !Minor.TryAdd(line.Quantity, units, out _))
            return false;
        line.AddUnits(units, amount);
        _amount = total;
        _stepAmount += amount;
        return true;
    }

    public OrderLine AddLine(OrderItem source, long? price)
    {
        var line = new OrderLine(0, 0, 0, 0) { Source = source, Price = price, HasAmount = price is not null };
        _lines.Add(line);
        _stepLines++;
        return line;
    }

    public void BeginStep()
    {
        _stepDiscount = _stepItemsDiscount = _stepAmount = 0;
        _stepLines = 0;
        foreach (var line in _lines)
            line.BeginStep();
    }

    public void UndoStep()
    {
        _lines.RemoveRange(_lines.Count - _stepLines, _stepLines);
        foreach (var line in _lines)
            line.UndoStep();
        _discount -= _stepDiscount;
        _itemsDiscount -= _stepItemsDiscount;
        _amount -= _stepAmount;
        _stepDiscount = _stepItemsDiscount = _stepAmount = 0;
        _stepLines = 0;
    }

    /// <summary>The order now. <paramref name="wholeRequest"/>: applied amounts of all steps, otherwise of the last one.</summary>
    public CalculatedOrder Snapshot(bool wholeRequest)
    {
        var items = new CalculatedItem[_lines.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = _lines[i].Snapshot(wholeRequest);

        return new CalculatedOrder
        {
            Source = _source,
            InitialAmount = _initialAmount,
            Amount = _amount,
            DiscountAmount = _discount,
            ItemsDiscountAmount = _itemsDiscount,
            AppliedDiscountAmount = wholeRequest ? _discount - _priorDiscount : _stepDiscount,
            ItemsAppliedDiscountAmount = wholeRequest ? _itemsDiscount - _priorItemsDiscount : _stepItemsDiscount,
            Items = items,
        };
    }
}
