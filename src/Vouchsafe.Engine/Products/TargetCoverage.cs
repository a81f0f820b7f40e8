using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Products;

/// <summary>Units of one line that a discount reached.</summary>
/// <param name="Index">The line's number, from 0.</param>
/// <param name="Units">The units' numbers, from 1; empty when too many units make up the order.</param>
/// <param name="UnitsLimitExceeded">True when the order holds more than <see cref="TargetCoverage.MostUnitsListed"/> units, so that none is listed.</param>
public sealed record CoveredUnits(int Index, IReadOnlyList<long> Units, bool UnitsLimitExceeded);

/// <summary>One entry of a result's <c>applicable_to</c> or <c>inapplicable_to</c>.</summary>
/// <param name="Target">The target of the rule; an <see cref="IncludedTarget"/> for applicable ones.</param>
/// <param name="LineIndices">The lines it covers, from 0, in the order of application.</param>
/// <param name="Units">Their units; empty for excluded targets.</param>
public sealed record TargetCoverage(ItemTarget Target, IReadOnlyList<int> LineIndices, IReadOnlyList<CoveredUnits> Units)
{
    /// <summary>Orders with more units than this get no list of units (the API's own limit).</summary>
    public const int MostUnitsListed = 1000;

    internal static IReadOnlyList<TargetCoverage> Of(ApplicableTo applicable, Coverage coverage, OrderState order)
    {
        var listed = order.Lines.Sum(line => (decimal)line.Quantity) <= MostUnitsListed;
        return [.. applicable.Included.Select(target =>
        {
            var lines = coverage.Lines.Where(line => ReferenceEquals(line.Target, target)).ToList();
            return new TargetCoverage(target, [.. lines.Select(line => line.Index)],
                [.. lines.Select(line => new CoveredUnits(line.Index, listed ? [.. line.UnitNumbers()] : [], !listed))]);
        })];
    }

    internal static IReadOnlyList<TargetCoverage> Excluded(ApplicableTo applicable, OrderState? order) =>
        [.. applicable.Excluded.Select(target => new TargetCoverage(target,
            [.. order?.Lines.Select((line, index) => (line, index))
                .Where(pair => TargetMatch.Matches(target, pair.line.Source)).Select(pair => pair.index) ?? []], []))];
}
