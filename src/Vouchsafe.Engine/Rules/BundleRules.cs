using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Rules;

/// <summary>One part of a bundle: so many units of a product, SKU or collection.</summary>
internal sealed record BundlePart(ItemTarget Target, long Quantity);

/// <summary>A bundle: all parts together; the order may hold it several times.</summary>
internal sealed record BundleRules(IReadOnlyList<BundlePart> Parts, int Limit)
{
    /// <summary>
    /// How many bundles the order holds, at most the limit. Units that one part has taken are not there for the next, so that parts
    /// naming overlapping products never count a unit twice.
    /// </summary>
    public int Count(IReadOnlyList<OrderLine> lines)
    {
        var count = 0;
        while (count < Limit && Holds(lines, count + 1))
            count++;
        return count;
    }

    private bool Holds(IReadOnlyList<OrderLine> lines, int bundles)
    {
        var left = lines.Select(line => line.QuantityBefore).ToArray();
        // Single products before collections: a collection has more lines to turn to.
        foreach (var part in Parts.OrderBy(part => part.Target.Object == TargetObject.ProductsCollection))
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
                return false;
        }

        return true;
    }
}
