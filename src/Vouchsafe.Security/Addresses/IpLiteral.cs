namespace Vouchsafe.Security;

/// <summary>
/// Strict readers of address text. <c>IPAddress.TryParse</c> takes <c>016.1.1.1</c> as octal, <c>134744072</c> as
/// 8.8.8.8 and <c>0x7f.1</c> as loopback; whoever reads such forms differently from the proxy in front can be led astray.
/// </summary>
internal static class IpLiteral
{
    /// <summary>Four decimal numbers of 0 to 255 without leading zeros (RFC 3986, "IPv4address").</summary>
    public static bool TryParseV4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        var position = 0;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && (position >= text.Length || text[position++] != '.')) return false;
            var start = position;
            var value = 0u;
            while (position < text.Length && position - start < 3 && char.IsAsciiDigit(text[position]))
                value = value * 10 + (uint)(text[position++] - '0');
            var length = position - start;
            if (length == 0 || value > 255 || (length > 1 && text[start] == '0')) return false;
            address = (address << 8) | value;
        }
        return position == text.Length;
    }

    /// <summary>An IPv6 address in any form of RFC 4291, section 2.2, without brackets and without a scope.</summary>
    public static bool TryParseV6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = default;
        if (text.Length is < 2 or > 45) return false; // 45: eight groups with a dotted tail

        Span<ushort> groups = stackalloc ushort[8];
        var count = 0;
        var gap = -1;
        var position = 0;
        if (text[0] == ':')
        {
            if (text[1] != ':') return false;
            gap = 0;
            position = 2;
        }

        while (position < text.Length)
        {
            if (count == 8) return false;
            var rest = text[position..];
            var end = rest.IndexOf(':');
            if (end < 0 && rest.Contains('.')) return TryAppendV4(rest, groups, ref count) && TryAssemble(groups, count, gap, out address);

            var group = end < 0 ? rest : rest[..end];
            if (!TryParseGroup(group, out groups[count])) return false;
            count++;
            position += group.Length;
            if (end < 0) break;

            position++;
            if (position == text.Length) return false; // a single colon at the end
            if (text[position] != ':') continue;
            if (gap >= 0) return false;
            gap = count;
            position++;
        }
        return TryAssemble(groups, count, gap, out address);
    }

    private static bool TryAppendV4(ReadOnlySpan<char> text, Span<ushort> groups, ref int count)
    {
        if (count > 6 || !TryParseV4(text, out var v4)) return false;
        groups[count++] = (ushort)(v4 >> 16);
        groups[count++] = (ushort)v4;
        return true;
    }

    private static bool TryParseGroup(ReadOnlySpan<char> text, out ushort group)
    {
        group = 0;
        if (text.Length is 0 or > 4) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
            group = (ushort)((group << 4) | (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10));
        }
        return true;
    }

    private static bool TryAssemble(ReadOnlySpan<ushort> groups, int count, int gap, out UInt128 address)
    {
        address = default;
        if (gap < 0 ? count != 8 : count > 7) return false;
        var zeros = 8 - count;
        for (var i = 0; i < 8; i++)
        {
            var group = gap < 0 || i < gap ? groups[i] : i < gap + zeros ? (ushort)0 : groups[i - zeros];
            address = (address << 16) | group;
        }
        return true;
    }
}
