using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Products;

/// <summary>
/// Works out which lines and units a discount reaches: excluded beats included, an earlier target claims a line before a later one,
/// then come order of counting, skip and repeat, and the unit limits (multiplied by the number of bundles).
/// </summary>
internal static class CoverageResolver
{
    public static Coverage Resolve(OrderState order, ApplicableTo applicable, int bundles, Func<OrderLine, bool> open)
    {
        var free = new List<(OrderLine Line, int Index)>(order.Lines.Count);
        for (var i = 0; i < order.Lines.Count; i++)
        {
            var line = order.Lines[i];
            if (open(line) && !applicable.Excluded.Any(target => TargetMatch.Matches(target, line.Source)))
                free.Add((line, i));
        }

        var covered = new List<CoveredLine>();
        foreach (var target in applicable.Included)
        {
            var matching = free.Where(entry => TargetMatch.Matches(target, entry.Line.Source)).ToList();
            free.RemoveAll(matching.Contains);
            covered.AddRange(Pick(matching, target, bundles));
        }

        if (applicable.IncludedAll || applicable.Included.Count == 0)
            covered.AddRange(free.Select(entry => new CoveredLine(entry.Line, entry.Index, null, entry.Line.Quantity, UnitPattern.All)));
        return new Coverage(covered);
    }

    private static List<CoveredLine> Pick(List<(OrderLine Line, int Index)> matching, IncludedTarget target, int bundles)
    {
        var counted = Count(matching, target).ToList();
        var onlyFirst = target.Effect is TargetEffect.ApplyToCheapest or TargetEffect.ApplyToMostExpensive;
        var skip = target.SkipInitially ?? 0;
        var step = Math.Max(1, target.Repeat ?? 1);
        return target.Target == TargetKind.Unit
            ? Limit(Units(counted, skip, step, onlyFirst), target, bundles)
            : Limit(Items(counted, skip, step, onlyFirst), target, bundles);
    }

    private static IEnumerable<(OrderLine Line, int Index)> Count(List<(OrderLine Line, int Index)> matching, IncludedTarget target) =>
        target.Effect switch
        {
            TargetEffect.ApplyToEvery => matching,
            TargetEffect.ApplyToCheapest or TargetEffect.ApplyFromCheapest => matching.OrderBy(entry => UnitPrice(entry.Line)),
            TargetEffect.ApplyToMostExpensive or TargetEffect.ApplyFromMostExpensive => matching.OrderByDescending(entry => UnitPrice(entry.Line)),
        };

    private static decimal UnitPrice(OrderLine line) =>
        line.Price ?? (line.Quantity == 0 ? 0 : (decimal)line.Amount / line.Quantity);

    private static IEnumerable<CoveredLine> Items(List<(OrderLine Line, int Index)> counted, int skip, int step, bool onlyFirst)
    {
        for (var i = skip; i < counted.Count; i += step)
        {
            yield return new CoveredLine(counted[i].Line, counted[i].Index, null, counted[i].Line.Quantity, UnitPattern.All);
            if (onlyFirst)
                yield break;
        }
    }

    // Units are counted through all lines; each line takes those whose place falls on skip + n * step.
    private static IEnumerable<CoveredLine> Units(List<(OrderLine Line, int Index)> counted, long skip, long step, bool onlyFirst)
    {
        var place = 0L;
        foreach (var (line, index) in counted)
        {
            var first = place <= skip ? skip - place : (step - ((place - skip) % step)) % step;
            var units = first < line.Quantity ? ((line.Quantity - 1 - first) / step) + 1 : 0;
            place += line.Quantity;
            if (units > 0)
                yield return new CoveredLine(line, index, null, onlyFirst ? 1 : units, new UnitPattern(first + 1, step));
            if (units > 0 && onlyFirst)
                yield break;
        }
    }

    private static List<CoveredLine> Limit(IEnumerable<CoveredLine> picked, IncludedTarget target, int bundles)
    {
        var left = Times(target.AggregatedQuantityLimit, bundles) ?? long.MaxValue;
        var lines = new List<CoveredLine>();
        foreach (var line in picked)
        {
            var units = Math.Min(Math.Min(line.Units, Times(target.QuantityLimit, bundles) ?? long.MaxValue), left);
            left -= units;
            if (units > 0)
                lines.Add(line with { Target = target, Units = units });
        }

        return lines;
    }

    private static long? Times(long? limit, int bundles) => limit is { } most ? (long)Math.Min((decimal)most * bundles, Money.Minor.Max) : null;
}
