using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Rules;

/// <summary>One part of a bundle: so many units of a product, SKU or collection.</summary>
internal sealed record BundlePart(ItemTarget Target, long Quantity);

/// <summary>A bundle: all parts together; the order may hold it several times.</summary>
internal sealed record BundleRules(IReadOnlyList<BundlePart> Parts, int Limit)
{
    /// <summary>
    /// The bundles the order holds, at most the limit. Units that one part has taken are not there for the next, so that parts naming
    /// overlapping products never count a unit twice.
    /// </summary>
    public BundleCount Find(IReadOnlyList<OrderLine> lines)
    {
        var found = Take(lines, 1);
        while (found.Missing.Count == 0 && found.Quantity < Limit && Take(lines, found.Quantity + 1) is { Missing.Count: 0 } more)
            found = more;
        return found.Missing.Count == 0 ? found : found with { Quantity = 0 };
    }

    private BundleCount Take(IReadOnlyList<OrderLine> lines, int bundles)
    {
        var left = lines.Select(line => line.QuantityBefore).ToArray();
        var missing = new List<MissingUnits>();
        foreach (var part in Parts.OrderBy(part => Rank(part.Target)))
        {
            var wanted = part.Quantity * bundles;
            for (var i = 0; i < left.Length && wanted > 0; i++)
            {
                if (!TargetMatch.Matches(part.Target, lines[i].Source))
                    continue;
                var taken = Math.Min(wanted, left[i]);
                left[i] -= taken;
                wanted -= taken;
            }

            if (wanted > 0)
                missing.Add(new MissingUnits(part.Target, wanted));
        }

        return new BundleCount(bundles, Limit) { Identified = Taken(lines, left), Missing = missing };
    }

    // The wider a part is, the more lines it may turn to, so it takes last.
    private static int Rank(ItemTarget target) => target.Object switch
    {
        TargetObject.Sku => 0,
        TargetObject.Product => 1,
        TargetObject.ProductsCollection => 2,
    };

    private static List<BundledUnits> Taken(IReadOnlyList<OrderLine> lines, long[] left)
    {
        var units = new List<BundledUnits>();
        for (var i = 0; i < left.Length; i++)
            if (lines[i].QuantityBefore - left[i] is > 0 and var taken)
                units.Add(new BundledUnits(i, lines[i].Source.SkuId is null ? TargetObject.Product : TargetObject.Sku, RuleFacts.NameOf(lines[i]), taken));
        return units;
    }
}
