using System.Net;

namespace Vouchsafe.Security.Tests.Addresses;

public class AddressKeyTests
{
    private static AddressKey Key(string address) => AddressKey.Of(IpValue.Of(IPAddress.Parse(address)));

    [Fact]
    public void Of_TwoAddressesOfOne64_AreOneClient()
    {
        Assert.Equal(Key("2001:db8:1:2::1"), Key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        Assert.NotEqual(Key("2001:db8:1:2::1"), Key("2001:db8:1:3::1"));
        Assert.NotEqual(Key("1.2.3.4"), Key("1.2.3.5"));
    }

    [Fact]
    public void Prefixes_GrowWider()
    {
        Assert.Equal("2001:db8:1:234::/64", Key("2001:db8:1:234::5").ToString());
        Assert.Equal("2001:db8:1:200::/56", Key("2001:db8:1:234::5").Prefix56.ToString());
        Assert.Equal("2001:db8:1::/48", Key("2001:db8:1:234::5").Prefix48.ToString());
        Assert.Equal(Key("1.2.3.4"), Key("1.2.3.4").Prefix48);
    }

    [Fact]
    public void Of_NoIPv6Network_IsEverTheSameKeyAsAnIPv4Address()
    {
        Assert.Equal("1.2.3.4", Key("1.2.3.4").ToString());
        Assert.NotEqual(Key("0.0.0.0"), Key("::"));
        Assert.NotEqual(Key("0.0.0.64"), Key("::"));
        Assert.NotEqual(Key("1.2.3.4"), Key("0:0:102:304::"));
        Assert.NotEqual(Key("2001:db8::"), Key("2001:db8::").Prefix56);
    }
}
