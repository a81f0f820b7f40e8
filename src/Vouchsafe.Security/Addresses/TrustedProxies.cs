using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Vouchsafe.Security;

/// <summary>
/// The reverse proxies whose X-Forwarded-For is believed (<c>Network:TrustedProxies</c>): addresses and networks.
/// Nothing is trusted that is not listed, loopback included. Immutable.
/// </summary>
public sealed class TrustedProxies
{
    /// <summary>The shortest IPv4 prefix that may be trusted: 10.0.0.0/8 is the largest private network (RFC 1918).</summary>
    public const int ShortestV4Prefix = 8;

    /// <summary>The shortest IPv6 prefix that may be trusted; registries hand out /32 to a whole provider.</summary>
    public const int ShortestV6Prefix = 16;

    /// <summary>Trusts nobody: every client is its peer address.</summary>
    public static readonly TrustedProxies None = new([]);

    private readonly AddressRange[] _ranges;

    private TrustedProxies(AddressRange[] ranges) => _ranges = ranges;

    /// <summary>Whether no proxy is trusted.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>
    /// Reads a list. Entries may hold several items separated by commas or white space. Refused with an explanation: text
    /// that is no address or network, a network with host bits set, and one so wide that strangers would be believed.
    /// </summary>
    public static bool TryParse(IEnumerable<string?> entries, [NotNullWhen(true)] out TrustedProxies? proxies, out string error)
    {
        proxies = null;
        var ranges = new List<AddressRange>();
        foreach (var entry in entries.SelectMany(AddressList.Split))
        {
            if (!AddressRange.TryParse(entry, out var range, out error)) return false;
            if (range.PrefixLength < (range.Network.IsV4 ? ShortestV4Prefix : ShortestV6Prefix))
            {
                error = $"\"{entry}\" would believe what strangers claim about their own address, and with it every limit per address would be void. "
                    + $"List the proxies themselves, or networks no wider than /{ShortestV4Prefix} (IPv4) and /{ShortestV6Prefix} (IPv6).";
                return false;
            }
            ranges.Add(range);
        }
        error = "";
        proxies = new TrustedProxies([.. ranges]);
        return true;
    }

    /// <summary>Whether the address is a listed proxy.</summary>
    public bool Contains(IPAddress? address) => Contains(IpValue.Of(address));

    internal bool Contains(IpValue address)
    {
        foreach (var range in _ranges)
        {
            if (range.Contains(address)) return true;
        }
        return false;
    }
}

/// <summary>Splitting of settings that hold several addresses.</summary>
internal static class AddressList
{
    public static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
