using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Discounts.Calculators;

/// <summary>
/// The ceilings of an item-level discount, used up in the order of the covered lines: one for the whole discount and one a target.
/// </summary>
internal sealed class ItemBudget(DiscountScope scope, long? aggregatedLimit)
{
    private readonly Dictionary<IncludedTarget, long> _spent = new(ReferenceEqualityComparer.Instance);
    private long _left = aggregatedLimit is { } limit ? scope.PerBundle(limit) : Money.Minor.Max;

    /// <summary>Takes an amount off a line, as far as every ceiling allows. Returns what was taken.</summary>
    public long TakeOff(CoveredLine covered, long amount)
    {
        var allowed = Math.Min(amount, _left);
        if (covered.Target is { } target)
        {
            allowed = Math.Min(allowed, Ceiling(target.AmountLimit));
            allowed = Math.Min(allowed, Ceiling(target.AggregatedAmountLimit) - _spent.GetValueOrDefault(target));
        }

        var taken = scope.Order.DiscountLine(covered.Line, allowed);
        _left -= taken;
        if (covered.Target is { } counted)
            _spent[counted] = _spent.GetValueOrDefault(counted) + taken;
        return taken;
    }

    private long Ceiling(long? limit) => limit is { } most ? scope.PerBundle(most) : Money.Minor.Max;
}
