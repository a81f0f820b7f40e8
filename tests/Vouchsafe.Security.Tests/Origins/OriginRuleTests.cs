namespace Vouchsafe.Security.Tests.Origins;

public class OriginRuleTests
{
    [Theory]
    [InlineData("  YourDomain.com ", "yourdomain.com")]
    [InlineData(".YourDomain.COM", ".yourdomain.com")]
    [InlineData("bücher.de", "xn--bcher-kva.de")]
    [InlineData("BÜCHER.de", "xn--bcher-kva.de")]
    [InlineData(".faß.de", ".xn--fa-hia.de")]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    [InlineData("https://Bücher.de:443", "https://xn--bcher-kva.de")]
    [InlineData("HTTPS://Shop.Example:8443", "https://shop.example:8443")]
    [InlineData("http://shop.example:80", "http://shop.example")]
    [InlineData("http://shop.example:443", "http://shop.example:443")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:3000", "http://[::1]:3000")]
    [InlineData("2001:DB8::1", "[2001:db8::1]")]
    [InlineData("192.168.1.10", "192.168.1.10")]
    [InlineData("localhost", "localhost")]
    [InlineData("my_shop.example.com", "my_shop.example.com")]
    [InlineData("*", "*")]
    public void TryParse_NormalisesWhenSaved(string entry, string saved)
    {
        Assert.True(OriginRule.TryParse(entry, out var rule, out var hint), hint);

        Assert.Equal(saved, rule.Entry);
        Assert.NotEmpty(rule.Explain());
        Assert.True(OriginRule.TryParse(rule.Entry, out var again, out _));
        Assert.Equal(rule, again);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData(".com", "anybody can register")]
    [InlineData(".shop", "anybody can register")]
    [InlineData(".localhost", "anybody can register")]
    [InlineData(".co.uk", "anybody can register")]
    [InlineData(".com.au", "anybody can register")]
    [InlineData(".GitHub.io", "anybody can register")]
    [InlineData(".myshopify.com", "anybody can register")]
    [InlineData("*.yourdomain.com", "\".yourdomain.com\"")]
    [InlineData("www.*.com", "stands alone")]
    [InlineData("https://*.yourdomain.com", "stands alone")]
    [InlineData("**", "stands alone")]
    [InlineData("yourdomain.com/shop", "no path")]
    [InlineData("https://yourdomain.com/", "no path")]
    [InlineData("https://yourdomain.com?x", "no path")]
    [InlineData("https://yourdomain.com#x", "no path")]
    [InlineData("yourdomain.com:8080", "port needs a scheme")]
    [InlineData("[::1]:8080", "port needs a scheme")]
    [InlineData("https://user:pass@yourdomain.com", "user name")]
    [InlineData("user@yourdomain.com", "user name")]
    [InlineData("your domain.com", "white space")]
    [InlineData("foo.com bar.com", "white space")]
    [InlineData("null", "sandboxed")]
    [InlineData("yourdomain.com.", "not a host name")]
    [InlineData("your..domain.com", "not a host name")]
    [InlineData("-bad.com", "not a host name")]
    [InlineData("ｗｗｗ.yourdomain.com", "not a host name")]
    [InlineData("www。yourdomain.com", "not a host name")]
    [InlineData("you\u200drdomain.com", "not a host name")]
    [InlineData("1.2.3", "not a host name")]
    [InlineData("0x7f.1", "not a host name")]
    [InlineData("127.0.0.01", "not a host name")]
    [InlineData(".127.0.0.1", "not a host name")]
    [InlineData("..yourdomain.com", "not a host name")]
    [InlineData("https://yourdomain.com:99999", "not an origin")]
    [InlineData("https://:8080", "not an origin")]
    [InlineData("1http://yourdomain.com", "not an origin")]
    [InlineData("file://", "not an origin")]
    public void TryParse_RefusesWithAHint(string? entry, string hintPart)
    {
        Assert.False(OriginRule.TryParse(entry, out var rule, out var hint));

        Assert.Null(rule);
        Assert.Contains(hintPart, hint, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_OnAnOverlongName_Refuses()
    {
        Assert.False(OriginRule.TryParse(new string('a', 64) + ".com", out _, out _));
        Assert.True(OriginRule.TryParse(new string('a', 63) + ".com", out _, out _));
        Assert.False(OriginRule.TryParse(string.Concat(Enumerable.Repeat("a.", 130)) + "com", out _, out _));
    }

    [Fact]
    public void Split_TakesCommasSemicolonsAndLines()
    {
        Assert.Equal(["foo.com", "bar.com", ".baz.com"], OriginWhitelist.Split(" foo.com, bar.com;\n.baz.com,, "));
        Assert.Empty(OriginWhitelist.Split(null));
    }
}
