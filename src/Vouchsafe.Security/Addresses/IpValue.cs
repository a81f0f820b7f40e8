using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Vouchsafe.Security;

/// <summary>
/// An IP address as a plain value of 16 bytes, without a scope. An IPv4-mapped IPv6 address (<c>::ffff:1.2.3.4</c>) is always the IPv4 address it
/// carries. The default value is <c>::</c>, which also stands for a peer without an address (a Unix socket).
/// </summary>
public readonly struct IpValue : IEquatable<IpValue>
{
    private static readonly UInt128 MappedPrefix = new(0, 0xffff_0000_0000);       // ::ffff:0:0/96, RFC 4291, section 2.5.5.2
    private static readonly UInt128 Nat64Prefix = new(0x0064_ff9b_0000_0000, 0);   // 64:ff9b::/96, RFC 6052, section 2.1

    internal IpValue(UInt128 bits, bool isV4)
    {
        Bits = bits;
        IsV4 = isV4;
        if (!isV4 && bits >> 32 == MappedPrefix >> 32) (Bits, IsV4) = ((uint)bits, true);
    }

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsV4 { get; }

    internal UInt128 Bits { get; }

    /// <summary>Whether this is this machine itself: 127.0.0.0/8 or <c>::1</c>.</summary>
    public bool IsLoopback => IsV4 ? (uint)Bits >> 24 == 127 : Bits == UInt128.One;

    internal bool IsNat64 => !IsV4 && Bits >> 32 == Nat64Prefix >> 32;

    /// <summary>The value of an address; <c>::</c> for <c>null</c>. Scope ids are dropped. Allocates nothing.</summary>
    public static IpValue Of(IPAddress? address)
    {
        if (address is null) return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new IpValue(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), isV4: true)
            : new IpValue(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes), isV4: false);
    }

    /// <summary>
    /// Reads an address strictly: IPv4 in four decimal numbers without leading zeros, IPv6 without brackets. A scope
    /// (<c>%1</c>, <c>%eth0</c>) is dropped.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpValue value)
    {
        value = default;
        if (IpLiteral.TryParseV4(text, out var v4))
        {
            value = new IpValue(v4, isV4: true);
            return true;
        }
        var percent = text.IndexOf('%');
        if (percent >= 0)
        {
            var scope = text[(percent + 1)..];
            if (scope.IsEmpty || scope.ContainsAnyExcept(CharSets.ScopeId)) return false;
            text = text[..percent];
        }
        if (!IpLiteral.TryParseV6(text, out var v6)) return false;
        value = new IpValue(v6, isV4: false);
        return true;
    }

    /// <summary>The IPv4 address that <c>64:ff9b::/96</c> embeds (RFC 6052); every other address as it is.</summary>
    public IpValue WithoutNat64() => IsNat64 ? new IpValue((uint)Bits, isV4: true) : this;

    /// <summary>The address as the runtime's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsV4 ? bytes[12..] : bytes);
    }

    /// <inheritdoc/>
    public bool Equals(IpValue other) => IsV4 == other.IsV4 && Bits == other.Bits;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IpValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Bits, IsV4);

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(IpValue left, IpValue right) => left.Equals(right);

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(IpValue left, IpValue right) => !left.Equals(right);

    /// <summary>The usual text form.</summary>
    public override string ToString() => ToIPAddress().ToString();
}
