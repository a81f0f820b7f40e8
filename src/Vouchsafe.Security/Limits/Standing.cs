namespace Vouchsafe.Security;

/// <summary>
/// How much a client and the networks around it have used up in the current window: for the /64, the /56 and the /48 the
/// number of acceptances and the oldest one. An IPv4 client is the same on all three.
/// </summary>
internal struct Standing
{
    private int _count64;
    private int _count56;
    private int _count48;
    private uint _oldest64;
    private uint _oldest56;
    private uint _oldest48;

    /// <summary>Counts the live acceptances of a /48 as one of its /64 networks sees them.</summary>
    public static Standing Of(ReadOnlySpan<uint> times, ReadOnlySpan<ushort> subnets, ushort subnet)
    {
        var standing = default(Standing);
        if (times.IsEmpty) return standing;

        standing._count48 = times.Length;
        standing._oldest48 = times[0];
        standing._count64 = subnets.Count(subnet);
        if (standing._count64 > 0) standing._oldest64 = times[subnets.IndexOf(subnet)];
        for (var i = subnets.Length - 1; i >= 0; i--)
        {
            if ((subnets[i] ^ subnet) >> 8 != 0) continue;
            standing._count56++;
            standing._oldest56 = times[i];
        }
        return standing;
    }

    public void Add(uint now)
    {
        if (_count64++ == 0) _oldest64 = now;
        if (_count56++ == 0) _oldest56 = now;
        if (_count48++ == 0) _oldest48 = now;
    }

    /// <summary>The room on the tightest level, and how long until that level has more.</summary>
    public readonly (int Room, long GrowsAfterMilliseconds) Tightest(ClientLimits limits, bool isV4, uint now)
    {
        var room64 = limits.Requests - _count64;
        var grows64 = GrowsAfter(_count64, _oldest64, limits.WindowMilliseconds, now);
        if (isV4) return (room64, grows64);

        var room56 = limits.CapAt56 - _count56;
        var room48 = limits.CapAt48 - _count48;
        var room = Math.Min(room64, Math.Min(room56, room48));
        if (room64 == room && _count64 == 0) return (room, 0); // a whole limit is left, and more there never is

        // Of several equally tight levels the slowest one decides when there is more room for the client.
        var grows = room64 == room ? grows64 : 0;
        if (room56 == room) grows = Math.Max(grows, GrowsAfter(_count56, _oldest56, limits.WindowMilliseconds, now));
        if (room48 == room) grows = Math.Max(grows, GrowsAfter(_count48, _oldest48, limits.WindowMilliseconds, now));
        return (room, grows);
    }

    private static long GrowsAfter(int count, uint oldest, long windowMilliseconds, uint now) =>
        count == 0 ? 0 : oldest + windowMilliseconds - now;
}
