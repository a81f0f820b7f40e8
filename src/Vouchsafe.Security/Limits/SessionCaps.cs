namespace Vouchsafe.Security;

/// <summary>
/// How much the public channel may lock, and for how long: a lock takes a limited code away from everybody else without redeeming it.
/// </summary>
/// <param name="Seconds">The longest that a session lasts, however often it is renewed; 1 to 604,800.</param>
/// <param name="PerAddress">The most locks of one client at once; 1 to 10,000.</param>
/// <param name="PerCustomer">The most locks of one customer at once; 1 to 10,000.</param>
/// <param name="PercentOfCode">The share of a limited code's uses that pages may hold together; 0 to 100, and one use at least.</param>
/// <param name="PerCodeAndDay">The most new locks of one client on one code in a day; 1 to 10,000.</param>
public sealed record SessionCaps(int Seconds, int PerAddress, int PerCustomer, int PercentOfCode, int PerCodeAndDay)
{
    /// <summary>15 minutes, 20 locks an address, 10 a customer, half of a code, 12 new ones a day.</summary>
    public static readonly SessionCaps Default = new(900, 20, 10, 50, 12);

    /// <summary>How long a session may last from now on: the whole time for a new one, what is left of it for one that is renewed.</summary>
    /// <param name="firstMade">When the session that is renewed was first made; null: it is new.</param>
    /// <param name="now">The instant.</param>
    public TimeSpan Longest(DateTimeOffset? firstMade, DateTimeOffset now)
    {
        var whole = TimeSpan.FromSeconds(Seconds);
        if (firstMade is not { } first) return whole;
        var left = first + whole - now;
        return left < whole ? left : whole;
    }

    /// <summary>The most uses of a code that pages may hold together.</summary>
    /// <param name="quantity">How often the code may be redeemed.</param>
    public long ShareOf(long quantity) => Math.Max(1, (long)((Int128)quantity * PercentOfCode / 100));
}
