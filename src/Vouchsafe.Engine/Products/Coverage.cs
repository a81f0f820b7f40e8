using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Products;

/// <summary>One line a discount reaches, with as many of its units as it reaches.</summary>
internal sealed record CoveredLine(OrderLine Line, int Index, IncludedTarget? Target, long Units, UnitPattern Pattern)
{
    /// <summary>
    /// The part of the line that is covered, from its amount left (or its amount before discounts). A part of a line that earlier
    /// discounts touched is the same share of what is left, rounded half away from zero.
    /// </summary>
    public long Base(bool fromInitial)
    {
        var whole = fromInitial ? Line.Amount : Line.Left;
        return Units == Line.Quantity || Line.Quantity == 0 ? whole : Money.Minor.Round((decimal)whole * Units / Line.Quantity);
    }

    /// <summary>Numbers of the covered units, counted from 1.</summary>
    public IEnumerable<long> UnitNumbers() => Pattern.Take(Units);
}

/// <summary>Which units of a line are counted: the first one, then every <paramref name="Step"/>th.</summary>
internal readonly record struct UnitPattern(long First, long Step)
{
    public static readonly UnitPattern All = new(1, 1);

    public IEnumerable<long> Take(long count)
    {
        for (var i = 0L; i < count; i++)
            yield return First + (i * Step);
    }
}

/// <summary>The lines a discount reaches, in the order in which its limits are used up.</summary>
internal sealed record Coverage(IReadOnlyList<CoveredLine> Lines)
{
    public static readonly Coverage None = new([]);
}
