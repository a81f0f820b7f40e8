using System.Net;

namespace Vouchsafe.Security.Tests.Addresses;

public class TrustedProxiesTests
{
    [Theory]
    [InlineData("0.0.0.0/0", "believe what strangers claim")]
    [InlineData("::/0", "believe what strangers claim")]
    [InlineData("0.0.0.0/1", "believe what strangers claim")]
    [InlineData("128.0.0.0/7", "believe what strangers claim")]
    [InlineData("2000::/3", "believe what strangers claim")]
    [InlineData("fc00::/7", "believe what strangers claim")]
    [InlineData("::ffff:0.0.0.0/96", "believe what strangers claim")]
    [InlineData("10.0.0.1/8", "\"10.0.0.0/8\"")]
    [InlineData("2001:db8::1/32", "\"2001:db8::/32\"")]
    [InlineData("10.0.0.0/33", "neither an address nor a network")]
    [InlineData("10.0.0.0/08", "neither an address nor a network")]
    [InlineData("10.0.0.0/", "neither an address nor a network")]
    [InlineData("10.0.0.0/-1", "neither an address nor a network")]
    [InlineData("10.0.0.0/8/8", "neither an address nor a network")]
    [InlineData("10.0.0", "neither an address nor a network")]
    [InlineData("proxy.local", "neither an address nor a network")]
    [InlineData("*", "neither an address nor a network")]
    public void TryParse_RefusesWithAnExplanation(string entry, string part)
    {
        Assert.False(TrustedProxies.TryParse(["127.0.0.1", entry], out var proxies, out var error));

        Assert.Null(proxies);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.1.1", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.1.1", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("127.0.0.1, ::1", "::1", true)]
    public void Contains_IsExact(string entries, string address, bool contained)
    {
        Assert.True(TrustedProxies.TryParse([entries], out var proxies, out _));
        Assert.Equal(contained, proxies.Contains(IPAddress.Parse(address)));
    }

    [Fact]
    public void None_TrustsNobody()
    {
        Assert.False(TrustedProxies.None.Contains(IPAddress.Loopback));
        Assert.False(TrustedProxies.None.Contains((IPAddress?)null));
    }
}
