namespace Vouchsafe.Security;

/// <summary>
/// What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, since a single household owns all
/// 2^64 addresses of its network. IPv4-mapped and NAT64 addresses count as the IPv4 address they carry.
/// </summary>
/// <param name="Network">The upper 64 bits of an IPv6 network; 0 for IPv4.</param>
/// <param name="Tail">For IPv4 the address plus 2^32; for IPv6 the prefix length.</param>
public readonly record struct AddressKey(ulong Network, ulong Tail)
{
    private const ulong V4Mark = 1UL << 32;

    /// <summary>Whether the key is an IPv4 address.</summary>
    public bool IsV4 => Tail >= V4Mark;

    /// <summary>The bits that count: 32 for IPv4, 64, 56 or 48 for IPv6.</summary>
    public int PrefixLength => IsV4 ? 32 : (int)Tail;

    /// <summary>The /56 network around an IPv6 key; an IPv4 key as it is.</summary>
    public AddressKey Prefix56 => IsV4 ? this : new AddressKey(Network & 0xffff_ffff_ffff_ff00, 56);

    /// <summary>The /48 network around an IPv6 key; an IPv4 key as it is.</summary>
    public AddressKey Prefix48 => IsV4 ? this : new AddressKey(Network & 0xffff_ffff_ffff_0000, 48);

    /// <summary>The key of an address.</summary>
    public static AddressKey Of(IpValue address)
    {
        var plain = address.WithoutNat64();
        return plain.IsV4
            ? new AddressKey(0, V4Mark | (uint)plain.Bits)
            : new AddressKey((ulong)(plain.Bits >> 64), 64);
    }

    /// <summary><c>1.2.3.4</c> or <c>2001:db8::/64</c>; distinct keys have distinct texts.</summary>
    public override string ToString() => IsV4
        ? new IpValue((uint)Tail, isV4: true).ToString()
        : $"{new IpValue(new UInt128(Network, 0), isV4: false)}/{Tail}";
}
