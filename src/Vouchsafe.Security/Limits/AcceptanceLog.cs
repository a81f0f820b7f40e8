namespace Vouchsafe.Security;

/// <summary>
/// The acceptances of one client that has more than five: times and subnets, oldest first, in one contiguous run so that
/// they can be scanned quickly. Not safe for several threads; its shard locks.
/// </summary>
internal sealed class AcceptanceLog(int capacity)
{
    private uint[] _times = new uint[capacity];
    private ushort[] _subnets = new ushort[capacity];
    private int _head;

    public int Count { get; private set; }

    public int Capacity => _times.Length;

    public Span<uint> Times => _times.AsSpan(_head, Count);

    public ReadOnlySpan<ushort> Subnets => _subnets.AsSpan(_head, Count);

    /// <summary>Whether an append would move the run so often that larger arrays are cheaper.</summary>
    public bool IsCrowded => _head + Count == Capacity && Count > Capacity - Math.Max(1, Capacity / 4);

    /// <summary>Appends; there must be room (<see cref="Count"/> below <see cref="Capacity"/>).</summary>
    public void Append(uint time, ushort subnet)
    {
        if (_head + Count == Capacity) MoveTo(_times, _subnets);
        _times[_head + Count] = time;
        _subnets[_head + Count] = subnet;
        Count++;
    }

    public void RemoveOldest(int count)
    {
        _head += count;
        Count -= count;
    }

    public void Resize(int capacity) => MoveTo(new uint[capacity], new ushort[capacity]);

    private void MoveTo(uint[] times, ushort[] subnets)
    {
        Times.CopyTo(times);
        Subnets.CopyTo(subnets);
        (_times, _subnets, _head) = (times, subnets, 0);
    }
}
