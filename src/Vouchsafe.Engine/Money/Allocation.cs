namespace Vouchsafe.Engine.Money;

/// <summary>Splits an amount over weights so that the parts always add up to the whole.</summary>
public static class Allocation
{
    /// <summary>
    /// Largest remainder: every part first gets its share rounded down, the units left over go one each to the parts with the
    /// largest remainders, the earlier part first on a tie. With all weights zero everything stays unallocated (all parts zero).
    /// </summary>
    /// <param name="amount">The whole, 0 or more.</param>
    /// <param name="weights">One weight a part, each 0 or more.</param>
    /// <returns>One part a weight; they sum to <paramref name="amount"/> unless all weights are zero.</returns>
    public static long[] Split(long amount, ReadOnlySpan<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var parts = new long[weights.Length];
        Int128 total = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
            total += weight;
        }

        if (total == 0 || amount == 0)
            return parts;

        var remainders = new Int128[weights.Length];
        var left = amount;
        for (var i = 0; i < weights.Length; i++)
        {
            var (quotient, remainder) = Int128.DivRem((Int128)amount * weights[i], total);
            parts[i] = (long)quotient;
            remainders[i] = remainder;
            left -= parts[i];
        }

        HandOut(left, remainders, parts);
        return parts;
    }

    /// <summary>
    /// Splits like <see cref="Split"/>, but no part passes its cap; what a capped part cannot take is split again over the others.
    /// The parts sum to the amount, or to the sum of the caps of parts with weight when that is less.
    /// </summary>
    public static long[] SplitCapped(long amount, ReadOnlySpan<long> weights, ReadOnlySpan<long> caps)
    {
        var taken = new long[weights.Length];
        var open = weights.ToArray();
        var left = amount;
        while (left > 0)
        {
            for (var i = 0; i < open.Length; i++)
                if (taken[i] >= caps[i])
                    open[i] = 0;
            var round = Split(left, open);
            var progress = 0L;
            for (var i = 0; i < round.Length; i++)
            {
                var step = Math.Min(round[i], caps[i] - taken[i]);
                taken[i] += step;
                progress += step;
            }

            if (progress == 0)
                break;
            left -= progress;
        }

        return taken;
    }

    private static void HandOut(long left, Int128[] remainders, long[] parts)
    {
        // At most one unit a part is left over, so repeated selection is bounded by the number of parts.
        for (; left > 0; left--)
        {
            var best = 0;
            for (var i = 1; i < remainders.Length; i++)
                if (remainders[i] > remainders[best])
                    best = i;
            parts[best]++;
            remainders[best] = -1;
        }
    }
}
