using System.Numerics;
using System.Runtime.InteropServices;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Counts without a lock and says which of the counted ones are worth a look: the first ones each, then every second, every
/// fourth, ... so that a flood of n costs memory in the order of log n. Each one that is looked at stands for as many as
/// its weight says, and the weights add up to the count.
/// </summary>
internal sealed class SampledTally
{
    /// <summary>So many in a row are looked at one by one; after each doubling of the count, half as many of them.</summary>
    private const int OneByOneBits = 6;

    private readonly Cell[] _cells = new Cell[CellCount];

    // One cell a core and no more than that helps; a power of two, so that a mask finds it.
    private static readonly int CellCount = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount, 1, 16));

    /// <summary>Counts one. The answer is its weight if it is to be looked at, else 0.</summary>
    internal int Add() => WeightOf(Interlocked.Increment(ref _cells[Environment.CurrentManagedThreadId & (CellCount - 1)].Count));

    /// <summary>Takes the count and begins anew.</summary>
    internal long Drain()
    {
        var total = 0L;
        for (var i = 0; i < _cells.Length; i++) total += Interlocked.Exchange(ref _cells[i].Count, 0);
        return total;
    }

    /// <summary>The weight of the nth.</summary>
    internal static int WeightOf(long n)
    {
        var shift = Math.Clamp(BitOperations.Log2((ulong)n) - OneByOneBits + 1, 0, 30);
        var step = (1 << shift) - 1;
        return (n & step) == step ? step + 1 : 0;
    }

    // Two cache lines each: neighbours are fetched together.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Cell
    {
        internal long Count;
    }
}
