namespace Vouchsafe.Security.Tests.Limits;

public sealed class SessionCapsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Longest_OfANewSession_IsTheWholeTime() => Assert.Equal(TimeSpan.FromMinutes(15), SessionCaps.Default.Longest(null, Now));

    [Theory]
    [InlineData(0, 900)]
    [InlineData(300, 600)]
    [InlineData(899, 1)]
    [InlineData(900, 0)]
    public void Longest_OfARenewedSession_CountsFromWhenItWasFirstMade(int secondsAgo, int left) =>
        Assert.Equal(TimeSpan.FromSeconds(left), SessionCaps.Default.Longest(Now.AddSeconds(-secondsAgo), Now));

    [Fact]
    public void Longest_WhereClocksOfNodesDiffer_IsNeverMoreThanTheWholeTime() =>
        Assert.Equal(TimeSpan.FromMinutes(15), SessionCaps.Default.Longest(Now.AddSeconds(5), Now));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(100, 50)]
    [InlineData(long.MaxValue, long.MaxValue / 2)]
    public void ShareOf_IsHalf_RoundedDown_AndOneAtLeast(long quantity, long share) => Assert.Equal(share, SessionCaps.Default.ShareOf(quantity));

    [Fact]
    public void ShareOf_WithNoPercentAtAll_IsStillOne() => Assert.Equal(1, (SessionCaps.Default with { PercentOfCode = 0 }).ShareOf(1_000));
}
