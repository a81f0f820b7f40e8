using System.Text;

namespace Vouchsafe.Security;

/// <summary>What kind of host an <see cref="Origin"/> names.</summary>
internal enum HostKind
{
    Name,
    IPv4,
    IPv6,
}

/// <summary>
/// A serialised origin as the Fetch standard writes it (<c>scheme "://" host [ ":" port ]</c>), or a bare host, which
/// Voucherify's documentation shows in its curl examples.
/// </summary>
/// <remarks>
/// The parser works on the characters as they came and knows nothing of URLs: <c>System.Uri</c> drops user names, maps
/// look-alike dots and reads hexadecimal addresses, and each of these lets a foreign site pass for a listed one.
/// Scheme and host are compared without regard to ASCII case. A trailing dot, an empty label, a leading zero in the port
/// and anything after the port make the value no origin.
/// </remarks>
internal readonly ref struct Origin
{
    private const int MaxHostLength = 253; // RFC 1035, section 2.3.4, in text form

    private Origin(ReadOnlySpan<char> scheme, ReadOnlySpan<char> host, HostKind kind, UInt128 address, int port)
    {
        Scheme = scheme;
        Host = host;
        Kind = kind;
        Address = address;
        Port = port;
    }

    /// <summary>The scheme as it was written; empty for a bare host.</summary>
    public ReadOnlySpan<char> Scheme { get; }

    /// <summary>The host as it was written; an IPv6 address without its brackets.</summary>
    public ReadOnlySpan<char> Host { get; }

    public HostKind Kind { get; }

    /// <summary>The address of an IP host, so that two spellings of one IPv6 address are equal.</summary>
    public UInt128 Address { get; }

    /// <summary>The effective port: as written, or the scheme's default; 0 when neither is known.</summary>
    public int Port { get; }

    public bool IsBareHost => Scheme.IsEmpty;

    /// <summary>Whether host entries, which ignore scheme and port, apply: http, https or a bare host.</summary>
    public bool IsWeb => IsBareHost || Ascii.EqualsIgnoreCase(Scheme, "https") || Ascii.EqualsIgnoreCase(Scheme, "http");

    public static bool TryParse(ReadOnlySpan<char> text, out Origin origin)
    {
        origin = default;
        var scheme = ReadOnlySpan<char>.Empty;
        var authority = text;
        var separator = text.IndexOf("://");
        if (separator >= 0)
        {
            scheme = text[..separator];
            authority = text[(separator + 3)..];
            if (!IsScheme(scheme)) return false;
        }

        if (!TrySplitPort(authority, out var host, out var port)) return false;
        if (port != 0 && scheme.IsEmpty) return false; // "localhost:3000" is neither an origin nor a host
        if (!TryClassify(ref host, out var kind, out var address)) return false;

        origin = new Origin(scheme, host, kind, address, port != 0 ? port : DefaultPort(scheme));
        return true;
    }

    /// <summary>80 for http, 443 for https, 0 for every other scheme.</summary>
    public static int DefaultPort(ReadOnlySpan<char> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "https") ? 443 : Ascii.EqualsIgnoreCase(scheme, "http") ? 80 : 0;

    private static bool IsScheme(ReadOnlySpan<char> scheme) =>
        !scheme.IsEmpty && char.IsAsciiLetter(scheme[0]) && !scheme.ContainsAnyExcept(CharSets.Scheme);

    private static bool TrySplitPort(ReadOnlySpan<char> authority, out ReadOnlySpan<char> host, out int port)
    {
        host = authority;
        port = 0;
        var afterBrackets = authority.LastIndexOf(']') + 1;
        var colon = authority[afterBrackets..].IndexOf(':');
        if (colon < 0) return true;

        host = authority[..(afterBrackets + colon)];
        var digits = authority[(afterBrackets + colon + 1)..];
        if (digits.Length is 0 or > 5 || digits[0] == '0') return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            port = port * 10 + (digit - '0');
        }
        return port <= ushort.MaxValue;
    }

    private static bool TryClassify(ref ReadOnlySpan<char> host, out HostKind kind, out UInt128 address)
    {
        kind = HostKind.Name;
        address = default;
        if (host.Length is 0 or > MaxHostLength) return false;

        if (host[0] == '[')
        {
            if (host[^1] != ']') return false;
            host = host[1..^1];
            kind = HostKind.IPv6;
            return IpLiteral.TryParseV6(host, out address);
        }

        if (!HostName.IsValid(host)) return false;
        // The URL standard takes a host whose last label starts as a number for an IPv4 address; only the plain form counts.
        if (!HostName.EndsInNumber(host)) return true;
        kind = HostKind.IPv4;
        var isAddress = IpLiteral.TryParseV4(host, out var v4);
        address = v4;
        return isAddress;
    }
}
