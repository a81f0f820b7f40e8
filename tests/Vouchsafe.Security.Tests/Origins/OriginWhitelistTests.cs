namespace Vouchsafe.Security.Tests.Origins;

public class OriginWhitelistTests
{
    private static OriginWhitelist List(params string[] entries)
    {
        Assert.True(OriginWhitelist.TryParse(entries, out var whitelist, out var errors), string.Join("; ", errors));
        return whitelist;
    }

    [Theory]
    // every subdomain, not the apex
    [InlineData(".yourdomain.com", "https://www.yourdomain.com", true)]
    [InlineData(".yourdomain.com", "http://a.b.c.yourdomain.com:8080", true)]
    [InlineData(".yourdomain.com", "www.yourdomain.com", true)]
    [InlineData(".yourdomain.com", "https://yourdomain.com", false)]
    [InlineData(".yourdomain.com", "https://evilyourdomain.com", false)]
    [InlineData(".yourdomain.com", "https://.yourdomain.com", false)]
    [InlineData(".yourdomain.com", "https://www.yourdomain.com.", false)]
    [InlineData(".yourdomain.com", "capacitor://www.yourdomain.com", false)]
    // that host only
    [InlineData("yourdomain.com", "HTTPS://YOURDOMAIN.COM", true)]
    [InlineData("yourdomain.com", "https://yourdomain.com:8443", true)]
    [InlineData("yourdomain.com", "yourdomain.com", true)]
    [InlineData("yourdomain.com", "yourdomain.com:443", false)]
    [InlineData("yourdomain.com", "https://www.yourdomain.com", false)]
    [InlineData("yourdomain.com", "https://yourdomain.com.evil.com", false)]
    [InlineData("yourdomain.com", "https://evil.com@yourdomain.com", false)]
    [InlineData("yourdomain.com", "https://yourdomain.com/", false)]
    [InlineData("yourdomain.com", "https://yourdomain.com:", false)]
    [InlineData("yourdomain.com", "https://yourdomain.com:0443", false)]
    [InlineData("yourdomain.com", "https://yourdomain.com:65536", false)]
    [InlineData("yourdomain.com", "https:///yourdomain.com", false)]
    [InlineData("yourdomain.com", "://yourdomain.com", false)]
    // exactly one origin
    [InlineData("https://shop.example:8443", "https://shop.example:8443", true)]
    [InlineData("https://shop.example:8443", "https://shop.example", false)]
    [InlineData("https://shop.example:8443", "http://shop.example:8443", false)]
    [InlineData("https://shop.example:443", "https://shop.example", true)]
    [InlineData("https://shop.example", "https://shop.example:443", true)]
    [InlineData("https://shop.example", "http://shop.example", false)]
    [InlineData("https://shop.example", "shop.example", false)]
    [InlineData("capacitor://localhost", "capacitor://localhost", true)]
    [InlineData("capacitor://localhost", "https://localhost", false)]
    [InlineData("capacitor://localhost", "capacitor://localhost.evil.com", false)]
    // addresses and localhost
    [InlineData("localhost", "http://localhost:3000", true)]
    [InlineData("127.0.0.1", "http://127.0.0.1:5173", true)]
    [InlineData("127.0.0.1", "http://0x7f.1", false)]
    [InlineData("127.0.0.1", "http://127.1", false)]
    [InlineData("127.0.0.1", "http://127.0.0.01", false)]
    [InlineData("[::1]", "http://[::1]:3000", true)]
    [InlineData("::1", "http://[0:0::1]", true)]
    [InlineData("[::1]", "http://[::2]", false)]
    [InlineData("[::1]", "http://::1", false)]
    // international names
    [InlineData("bücher.de", "https://xn--bcher-kva.de", true)]
    [InlineData(".bücher.de", "https://www.xn--bcher-kva.de", true)]
    [InlineData("bücher.de", "https://bücher.de", false)]
    public void Decide_OnOneEntry_IsExact(string entry, string origin, bool allowed)
    {
        Assert.Equal(allowed, List(entry).Decide(origin).Allowed);
    }

    [Fact]
    public void Decide_OnAListInOneText_DoesNotLetAJoinedNameIn()
    {
        var list = List("foo.com, bar.com");

        Assert.True(list.Decide("https://foo.com").Allowed);
        Assert.True(list.Decide("https://bar.com").Allowed);
        Assert.False(list.Decide("https://barfoo.com").Allowed);
    }

    [Theory]
    [InlineData(null, OriginRefusal.Missing)]
    [InlineData("null", OriginRefusal.Opaque)]
    [InlineData("https://yourdomain.com/p", OriginRefusal.Malformed)]
    [InlineData("https://other.com", OriginRefusal.NotListed)]
    [InlineData("", OriginRefusal.Unreadable)]
    [InlineData("https://yourdomain.com, https://evil.com", OriginRefusal.Unreadable)]
    [InlineData("https://yourdomain.com,https://yourdomain.com", OriginRefusal.Unreadable)]
    [InlineData(" https://yourdomain.com", OriginRefusal.Unreadable)]
    [InlineData("https://yourdomain.com\u3002", OriginRefusal.Unreadable)]
    [InlineData("https://yourdomain.com\0", OriginRefusal.Unreadable)]
    public void Decide_OnARefusal_SaysWhy(string? origin, OriginRefusal reason)
    {
        var verdict = List("yourdomain.com").Decide(origin);

        Assert.Equal(new OriginVerdict(false, null, reason), verdict);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("https://x.example/path")]
    public void Decide_UnderTheStar_LetsEverySingleAsciiValueIn(string? origin)
    {
        var verdict = List("*").Decide(origin);

        Assert.True(verdict.Allowed);
        Assert.Equal("*", verdict.By?.Entry);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://a.com, https://b.com")]
    [InlineData("https://ｗｗｗ.yourdomain.com")]
    public void Decide_UnderTheStar_StillRefusesWhatCannotBeRead(string origin)
    {
        Assert.Equal(OriginRefusal.Unreadable, List("*").Decide(origin).Reason);
    }

    [Fact]
    public void Decide_OnAnEmptyList_LetsNobodyIn()
    {
        Assert.False(OriginWhitelist.Empty.Decide("https://yourdomain.com").Allowed);
        Assert.False(OriginWhitelist.Empty.Decide(null).Allowed);
    }

    [Fact]
    public void Decide_AllocatesNothing()
    {
        var list = List(".yourdomain.com", "https://shop.example:8443", "[::1]");
        string?[] origins = ["https://www.yourdomain.com", "https://evil.com", "http://[::1]:80", null, "null", "nonsense://"];
        foreach (var origin in origins) list.Decide(origin);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            foreach (var origin in origins) list.Decide(origin);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TryParse_NamesEveryBadEntryAndSavesNone()
    {
        Assert.False(OriginWhitelist.TryParse(["good.com, .com", "*.bad.com", null], out var whitelist, out var errors));

        Assert.Null(whitelist);
        Assert.Equal([".com", "*.bad.com"], errors.Select(error => error.Entry));
    }

    [Fact]
    public void TryParse_DropsRepetitions()
    {
        Assert.Equal(["a.com", ".a.com"], List("a.com", "A.com", ".a.com").Rules.Select(rule => rule.Entry));
    }
}
