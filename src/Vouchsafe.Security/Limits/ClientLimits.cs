namespace Vouchsafe.Security;

/// <summary>The size of a per-address limit.</summary>
/// <param name="Requests">The most requests in any window for one client (an IPv4 address or an IPv6 /64); 1 to 10,000.</param>
/// <param name="WindowMilliseconds">The length of the window; 1 ms to 7 days.</param>
public sealed record ClientLimits(int Requests, long WindowMilliseconds)
{
    /// <summary>5 requests per 5 seconds, Voucherify's figure for its public channel.</summary>
    public static readonly ClientLimits Default = new(5, 5_000);

    /// <summary>How many times <see cref="Requests"/> a /56 of IPv6 may use; 4, since providers hand a /56 to one household.</summary>
    public int FactorAt56 { get; init; } = 4;

    /// <summary>How many times <see cref="Requests"/> a /48 of IPv6 may use; 16, since providers hand a /48 to one business.</summary>
    public int FactorAt48 { get; init; } = 16;

    /// <summary>
    /// The most clients (IPv4 addresses and IPv6 /48 networks) remembered at once; about 64 bytes each. When all are in use
    /// and none has expired, a client that is not among them is refused until one expires, which takes at most a window.
    /// </summary>
    public int MaxClients { get; init; } = 1_100_000;

    /// <summary>The most acceptances remembered beyond the first five of each client; 6 bytes each. Beyond it a client waits.</summary>
    public int MaxExtraAcceptances { get; init; } = 1_500_000;

    internal int CapAt56 => checked(Requests * FactorAt56);

    internal int CapAt48 => checked(Requests * FactorAt48);

    internal ClientLimits Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Requests, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Requests, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowMilliseconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WindowMilliseconds, 7 * 86_400_000L);
        ArgumentOutOfRangeException.ThrowIfLessThan(FactorAt56, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FactorAt48, FactorAt56);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FactorAt48, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxClients, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxExtraAcceptances, 0);
        return this;
    }
}
