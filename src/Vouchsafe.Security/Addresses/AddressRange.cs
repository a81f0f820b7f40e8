using System.Globalization;

namespace Vouchsafe.Security;

/// <summary>A network in CIDR form, or one address.</summary>
internal readonly record struct AddressRange(IpValue Network, int PrefixLength)
{
    private int Width => Network.IsV4 ? 32 : 128;

    public bool IsSingle => PrefixLength == Width;

    /// <summary>The last address of the network.</summary>
    public IpValue Last => PrefixLength == 0 && !Network.IsV4
        ? new IpValue(UInt128.MaxValue, isV4: false)
        : new IpValue(Network.Bits | ((UInt128.One << (Width - PrefixLength)) - 1), Network.IsV4);

    public bool Contains(IpValue address) =>
        address.IsV4 == Network.IsV4 && (address.Bits ^ Network.Bits) >> (Width - PrefixLength) == UInt128.Zero
        || PrefixLength == 0 && address.IsV4 == Network.IsV4; // a shift by the full width is a shift by nothing

    /// <summary>Strict: no host bits, no leading zeros, no scope, no port.</summary>
    public static bool TryParse(string text, out AddressRange range, out string hint)
    {
        range = default;
        hint = $"\"{text}\" is neither an address nor a network. Write \"203.0.113.7\", \"203.0.113.0/24\" or \"2001:db8::/32\".";
        var slash = text.IndexOf('/');
        var addressText = slash < 0 ? text : text[..slash];
        if (addressText.Contains('%') || !IpValue.TryParse(addressText, out var address)) return false;

        var mapped = address.IsV4 && addressText.Contains(':');
        var width = address.IsV4 ? 32 : 128;
        var length = width;
        if (slash >= 0)
        {
            var digits = text.AsSpan(slash + 1);
            if (digits.Length is 0 or > 3 || digits.ContainsAnyExcept(CharSets.Digits) || (digits.Length > 1 && digits[0] == '0')) return false;
            length = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) - (mapped ? 96 : 0);
            if (length < 0 || length > width) return false;
        }

        var hostBits = width - length;
        var network = hostBits == 128 ? UInt128.Zero : address.Bits >> hostBits << hostBits;
        if (network != address.Bits)
        {
            hint = $"\"{text}\" has bits set beyond its prefix. Write \"{new AddressRange(new IpValue(network, address.IsV4), length)}\" for the "
                + $"network, or \"{address}\" for the one address.";
            return false;
        }
        range = new AddressRange(address, length);
        hint = "";
        return true;
    }

    /// <summary>The range as addresses without NAT64 see it: a network inside 64:ff9b::/96 is the IPv4 network it embeds.</summary>
    public AddressRange WithoutNat64() =>
        Network.IsNat64 && PrefixLength >= 96 ? new AddressRange(Network.WithoutNat64(), PrefixLength - 96) : this;

    public override string ToString() => IsSingle ? Network.ToString() : $"{Network}/{PrefixLength}";
}
