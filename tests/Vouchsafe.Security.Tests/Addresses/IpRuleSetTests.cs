using System.Net;

namespace Vouchsafe.Security.Tests.Addresses;

public class IpRuleSetTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("203.0.113.0/25", "203.0.113.128", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "8.8.8.8", false)]
    [InlineData("64:ff9b::808:808", "8.8.8.8", true)]
    [InlineData("8.8.8.8", "64:ff9b::808:808", true)]
    public void Allows_IsExact(string entry, string address, bool allowed)
    {
        Assert.True(IpRuleSet.TryParse([entry], out var rules, out _));
        Assert.Equal(allowed, rules.Allows(IPAddress.Parse(address)));
    }

    [Fact]
    public void Allows_OnAnEmptyList_IsEveryone()
    {
        Assert.True(IpRuleSet.TryParse([], out var rules, out _));
        Assert.True(rules.Allows(IPAddress.Parse("8.8.8.8")));
    }

    [Fact]
    public void TryParse_NamesEveryBadEntry()
    {
        Assert.False(IpRuleSet.TryParse(["203.0.113.7, 203.0.113.1/24", "x"], out var rules, out var errors));

        Assert.Null(rules);
        Assert.Equal(["203.0.113.1/24", "x"], errors.Select(error => error.Entry));
        Assert.Contains("203.0.113.0/24", errors[0].Hint);
    }

    [Fact]
    public void TryParse_NormalisesAndDropsRepetitions()
    {
        Assert.True(IpRuleSet.TryParse(["2001:DB8:0::/32", "2001:db8::/32", "::ffff:1.2.3.4", "1.2.3.4/32"], out var rules, out _));
        Assert.Equal(["2001:db8::/32", "1.2.3.4"], rules.Rules.Select(rule => rule.Entry));
    }
}
