using System.Net;

namespace Vouchsafe.Security.Tests.Addresses;

public class ClientAddressTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("198.51.100.9");
    private static readonly IPAddress Proxy = IPAddress.Parse("10.0.0.1");
    private static readonly TrustedProxies Trusted = Parse("10.0.0.0/8", "2001:db8:aa::/48");

    private static TrustedProxies Parse(params string[] entries)
    {
        Assert.True(TrustedProxies.TryParse(entries, out var proxies, out var error), error);
        return proxies;
    }

    private static AddressKey Key(IPAddress? peer, params string?[] lines) => AddressKey.Of(ClientAddress.Resolve(peer, lines.AsSpan(), Trusted));

    private static AddressKey Key(string address) => AddressKey.Of(IpValue.Of(IPAddress.Parse(address)));

    [Fact]
    public void Resolve_AnUntrustedPeerThatRotatesItsHeader_StaysOneClient()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => Key(Stranger, $"203.0.{i / 256}.{i % 256}")).Distinct();

        Assert.Equal([Key("198.51.100.9")], keys);
    }

    [Fact]
    public void Resolve_AnUntrustedPeerThatNamesAVictim_LeavesTheVictimAlone()
    {
        Assert.NotEqual(Key("203.0.113.5"), Key(Stranger, "203.0.113.5"));
    }

    [Theory]
    [InlineData("203.0.113.66, 203.0.113.5", "203.0.113.5")]
    [InlineData("203.0.113.66,203.0.113.5,10.2.3.4", "203.0.113.5")]
    [InlineData("203.0.113.66, 203.0.113.5 ,\t10.2.3.4, 10.9.9.9", "203.0.113.5")]
    [InlineData("203.0.113.66, 2001:db8::5, 2001:db8:aa::1", "2001:db8::5")]
    [InlineData("203.0.113.5", "203.0.113.5")]
    public void Resolve_BehindATrustedProxy_TakesTheRightmostStranger(string header, string expected)
    {
        Assert.Equal(Key(expected), Key(Proxy, header));
    }

    [Fact]
    public void Resolve_SeveralLines_AreOneList()
    {
        Assert.Equal(Key("203.0.113.5"), Key(Proxy, "203.0.113.66", "203.0.113.5"));
        Assert.Equal(Key("203.0.113.5"), Key(Proxy, "203.0.113.66, 203.0.113.5", "10.2.3.4"));
        Assert.Equal(Key("203.0.113.5"), Key(Proxy, "garbage", "203.0.113.5, 10.0.0.2"));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("016.1.1.1")]
    [InlineData("134744072")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1.2.3.4:")]
    [InlineData("1.2.3.4:99999")]
    [InlineData("1.2.3.4:8o")]
    [InlineData("[1.2.3.4]")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("::1]")]
    [InlineData("\"1.2.3.4\"")]
    [InlineData("for=1.2.3.4")]
    public void Resolve_OnARightmostEntryThatCannotBeRead_TakesThePeerAndNeverLooksLeft(string entry)
    {
        Assert.Equal(Key("10.0.0.1"), Key(Proxy, $"203.0.113.5, {entry}"));
        Assert.Equal(Key("10.0.0.1"), Key(Proxy, "203.0.113.5", entry));
        Assert.Equal(Key("10.0.0.1"), Key(Proxy, $"203.0.113.5, {entry}, 10.0.0.2"));
    }

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4:5678")]
    [InlineData("1.2.3.4:5679")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("::ffff:102:304")]
    [InlineData("[::ffff:102:304]:80")]
    [InlineData("64:ff9b::102:304")]
    [InlineData("64:ff9b::1.2.3.4")]
    public void Resolve_AllSpellingsOfOneAddress_AreOneClient(string entry)
    {
        Assert.Equal(Key("1.2.3.4"), Key(Proxy, entry));
        if (IPAddress.TryParse(entry, out var peer)) Assert.Equal(Key("1.2.3.4"), Key(peer));
    }

    [Fact]
    public void Resolve_OnNat64_IsTheEmbeddedIPv4()
    {
        Assert.Equal("8.8.8.8", ClientAddress.Resolve(IPAddress.Parse("64:ff9b::808:808"), [], TrustedProxies.None).ToString());
    }

    [Fact]
    public void Resolve_OnNat64OfATrustedProxy_BelievesNothing()
    {
        Assert.Equal(Key("10.0.0.1"), Key(IPAddress.Parse("64:ff9b::a00:1"), "203.0.113.5"));
    }

    [Fact]
    public void Resolve_OnAMappedPeer_IsTheTrustedIPv4()
    {
        Assert.Equal(Key("203.0.113.5"), Key(IPAddress.Parse("::ffff:10.0.0.1"), "203.0.113.5"));
    }

    [Theory]
    [InlineData("fe80::1%1", "fe80::1")]
    [InlineData("[fe80::1%eth0]:443", "fe80::1")]
    [InlineData("[::1]:80", "::1")]
    public void Resolve_StripsScopesAndPorts(string entry, string expected)
    {
        Assert.Equal(expected, ClientAddress.Resolve(Proxy, [entry], Trusted).ToString());
        Assert.Equal("fe80::1", ClientAddress.Resolve(IPAddress.Parse("fe80::1%1"), [], Trusted).ToString());
    }

    [Fact]
    public void Resolve_WhenEveryHopIsTrusted_TakesTheFurthest()
    {
        Assert.Equal(Key("10.9.9.9"), Key(Proxy, "10.9.9.9, 10.0.0.2"));
    }

    [Fact]
    public void Resolve_LoopbackIsNotTrustedUnlessListed()
    {
        Assert.Equal(Key("127.0.0.1"), Key(IPAddress.Loopback, "203.0.113.5"));
        Assert.Equal("203.0.113.5", ClientAddress.Resolve(IPAddress.Loopback, ["203.0.113.5"], Parse("127.0.0.1")).ToString());
    }

    [Fact]
    public void Resolve_OnAUnixSocket_IsTheUnspecifiedAddress()
    {
        Assert.Equal("::", ClientAddress.Resolve(null, ["203.0.113.5"], Trusted).ToString());
        Assert.Equal("203.0.113.5", ClientAddress.Resolve(null, ["203.0.113.5"], Parse("::")).ToString());
    }

    [Fact]
    public void Resolve_AListAndASpan_Agree()
    {
        List<string?> lines = ["203.0.113.66, 203.0.113.5", null, "10.0.0.2"];
        Assert.Equal(
            ClientAddress.Resolve(Proxy, lines.ToArray().AsSpan(), Trusted),
            ClientAddress.Resolve(Proxy, lines, Trusted));
    }

    [Fact]
    public void Resolve_AllocatesNothing()
    {
        string?[] lines = ["203.0.113.66, [2001:db8::5]:443", "10.0.0.2:80"];
        ClientAddress.Resolve(Proxy, lines.AsSpan(), Trusted);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) AddressKey.Of(ClientAddress.Resolve(Proxy, lines.AsSpan(), Trusted));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
