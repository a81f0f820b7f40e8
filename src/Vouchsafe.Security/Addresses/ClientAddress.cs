using System.Net;

namespace Vouchsafe.Security;

/// <summary>
/// Finds the address that a request is counted on: the peer, or, behind trusted proxies, the rightmost address in
/// X-Forwarded-For that is not itself a trusted proxy.
/// </summary>
/// <remarks>
/// Each proxy appends the address it saw, so only the entries right of the first stranger were written by somebody we
/// believe. An entry that cannot be read makes the peer answer for the request: looking further left would let a client
/// choose its own address. No other header is looked at.
/// </remarks>
public static class ClientAddress
{
    /// <summary>Resolves the client's address. Allocates nothing.</summary>
    /// <param name="peer">The other end of the connection; <c>null</c> for a Unix socket, which counts as <c>::</c>.</param>
    /// <param name="forwardedFor">The X-Forwarded-For lines in the order received, each with any number of entries.</param>
    /// <param name="trusted">The proxies that are believed.</param>
    /// <returns>The address, with IPv4-mapped and NAT64 forms turned into IPv4 and without a scope.</returns>
    public static IpValue Resolve(IPAddress? peer, ReadOnlySpan<string?> forwardedFor, TrustedProxies trusted)
    {
        var walk = new Walk(IpValue.Of(peer), trusted);
        for (var i = forwardedFor.Length - 1; i >= 0 && !walk.Done; i--) walk.Line(forwardedFor[i]);
        return walk.Result;
    }

    /// <summary>The same for a list such as <c>StringValues</c>, without boxing it.</summary>
    public static IpValue Resolve<TList>(IPAddress? peer, TList forwardedFor, TrustedProxies trusted)
        where TList : IReadOnlyList<string?>
    {
        var walk = new Walk(IpValue.Of(peer), trusted);
        for (var i = forwardedFor.Count - 1; i >= 0 && !walk.Done; i--) walk.Line(forwardedFor[i]);
        return walk.Result;
    }

    /// <summary>An entry as proxies write it: an address with or without a port, IPv6 in brackets when it has one.</summary>
    internal static bool TryParseEntry(ReadOnlySpan<char> entry, out IpValue address)
    {
        address = default;
        if (entry.IsEmpty) return false;
        if (entry[0] == '[')
        {
            var close = entry.IndexOf(']');
            if (close < 0 || !IsPortOrNothing(entry[(close + 1)..])) return false;
            var inner = entry[1..close];
            return inner.Contains(':') && IpValue.TryParse(inner, out address);
        }
        var colon = entry.IndexOf(':');
        var hasV4Port = colon >= 0 && colon == entry.LastIndexOf(':');
        if (!hasV4Port) return IpValue.TryParse(entry, out address);
        return IsPortOrNothing(entry[colon..]) && IpValue.TryParse(entry[..colon], out address);
    }

    private static bool IsPortOrNothing(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        return text[0] == ':' && text.Length is > 1 and <= 6 && !text[1..].ContainsAnyExcept(CharSets.Digits) && int.Parse(text[1..]) <= ushort.MaxValue;
    }

    private ref struct Walk
    {
        private readonly IpValue _peer;
        private readonly TrustedProxies _trusted;
        private IpValue _nearest;

        public Walk(IpValue peer, TrustedProxies trusted)
        {
            _peer = _nearest = peer;
            _trusted = trusted;
            Done = trusted.IsEmpty || !trusted.Contains(peer);
        }

        public bool Done { get; private set; }

        public readonly IpValue Result => _nearest.WithoutNat64();

        public void Line(ReadOnlySpan<char> line)
        {
            while (!Done)
            {
                var comma = line.LastIndexOf(',');
                Entry(line[(comma + 1)..].Trim(" \t"));
                if (comma < 0) return;
                line = line[..comma];
            }
        }

        private void Entry(ReadOnlySpan<char> entry)
        {
            if (TryParseEntry(entry, out var address))
            {
                _nearest = address;
                // Compared as it came: an address reached through NAT64 is nobody's listed proxy.
                Done = !_trusted.Contains(address);
                return;
            }
            _nearest = _peer;
            Done = true;
        }
    }
}
