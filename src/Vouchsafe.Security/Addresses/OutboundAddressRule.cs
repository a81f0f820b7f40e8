using System.Net;

namespace Vouchsafe.Security;

/// <summary>
/// Which addresses the server may call on behalf of a project (webhooks, imports by URL). Refused is everything that is
/// not on the public internet, so that a project cannot reach the machines around the server through it.
/// </summary>
/// <remarks>
/// Check every address that a name resolves to and connect to the checked address, not to the name: it may resolve
/// differently a moment later. Sources: the IANA special-purpose address registries (RFC 6890 and its updates).
/// Cloud metadata services (169.254.169.254, fd00:ec2::254) lie in the link-local and unique local networks; Azure's
/// 168.63.129.16 and Alibaba's 100.100.100.200 are named or lie in the shared network.
/// </remarks>
public static class OutboundAddressRule
{
    private static readonly AddressRange[] Refused = ParseAll(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly AddressRange GlobalV6 = ParseAll("2000::/3")[0];
    private static readonly AddressRange[] RefusedV6 = ParseAll("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20");
    private static readonly AddressRange SixToFour = ParseAll("2002::/16")[0];

    /// <summary>
    /// Whether a call may go to this address. IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged as IPv4; of IPv6 only global
    /// unicast (2000::/3) may be called.
    /// </summary>
    public static bool Allows(IPAddress address) => Allows(IpValue.Of(address));

    internal static bool Allows(IpValue address)
    {
        var plain = address.WithoutNat64();
        if (plain.IsV4) return !Any(Refused, plain);
        if (SixToFour.Contains(plain)) return !Any(Refused, new IpValue((uint)(plain.Bits >> 80), isV4: true));
        return GlobalV6.Contains(plain) && !Any(RefusedV6, plain);
    }

    private static bool Any(AddressRange[] ranges, IpValue address)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(address)) return true;
        }
        return false;
    }

    private static AddressRange[] ParseAll(params string[] texts) =>
        Array.ConvertAll(texts, text => AddressRange.TryParse(text, out var range, out var hint) ? range : throw new FormatException(hint));
}
