using System.Numerics;

namespace Vouchsafe.Api.Records;

/// <summary>A counter whose cells lie apart, so that cores do not wait for each other's cache lines; made when first used.</summary>
internal sealed class CallCount
{
    private const int LongsApart = 16; // two cache lines

    private static readonly int Cells = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount, 1, 8));

    private long[]? _cells;

    internal void Add()
    {
        var cells = _cells ?? Make();
        Interlocked.Increment(ref cells[(Environment.CurrentManagedThreadId & (Cells - 1)) * LongsApart]);
    }

    /// <summary>Takes the count and begins anew.</summary>
    internal long Drain()
    {
        if (Volatile.Read(ref _cells) is not { } cells) return 0;
        var total = 0L;
        for (var i = 0; i < Cells; i++) total += Interlocked.Exchange(ref cells[i * LongsApart], 0);
        return total;
    }

    private long[] Make()
    {
        var made = new long[Cells * LongsApart];
        return Interlocked.CompareExchange(ref _cells, made, null) ?? made;
    }
}
