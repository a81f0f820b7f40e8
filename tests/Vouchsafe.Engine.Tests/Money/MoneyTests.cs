using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Tests.Money;

public class MoneyTests
{
    private static readonly Gen<long[]> Weights = Gen.Long[0, 1_000_000].Array[1, 30];

    [Theory]
    [InlineData(20050, 10, 2005)]
    [InlineData(999, 12.5, 125)] // 124.875
    [InlineData(1, 50, 1)] // a half goes away from zero
    [InlineData(3, 50, 2)]
    [InlineData(1000, 0, 0)]
    [InlineData(Minor.Max, 100, Minor.Max)]
    public void PercentOf_RoundsHalvesAwayFromZero(long amount, double percent, long expected) =>
        Assert.Equal(expected, Minor.PercentOf(amount, (decimal)percent));

    [Fact]
    public void Arithmetic_BeyondTheLargestAmount_IsReportedNotWrapped()
    {
        Assert.False(Minor.TryMultiply(Minor.Max, 2, out _));
        Assert.False(Minor.TryMultiply(long.MaxValue, long.MaxValue, out _));
        Assert.False(Minor.TryMultiply(-1, 1, out _));
        Assert.False(Minor.TryAdd(Minor.Max, 1, out _));
        Assert.True(Minor.TryAdd(Minor.Max, 0, out var sum));
        Assert.Equal(Minor.Max, sum);
    }

    [Fact]
    public void Split_ByAmounts_MatchesTheWorkedExamples()
    {
        Assert.Equal([160, 360, 480], Allocation.Split(1000, [2000, 4500, 6000]));
        Assert.Equal([148, 152], Allocation.Split(300, [3300, 3400]));
        Assert.Equal([200, 800], Allocation.Split(1000, [2000, 8000]));
    }

    [Fact]
    public void Split_OddUnits_GoToTheEarlierLine() => Assert.Equal([34, 33, 33], Allocation.Split(100, [1, 1, 1]));

    [Fact]
    public void Split_AlwaysSumsToTheWhole() =>
        Gen.Select(Gen.Long[0, Minor.Max], Weights).Sample((amount, weights) =>
            Allocation.Split(amount, weights).Sum() == (weights.Sum() == 0 ? 0 : amount));

    [Fact]
    public void Split_GivesEveryPartItsShareToWithinOneUnit() =>
        Gen.Select(Gen.Long[0, 1_000_000], Weights.Where(weights => weights.Sum() > 0)).Sample((amount, weights) =>
            Allocation.Split(amount, weights).Zip(weights).All(pair =>
                Math.Abs(pair.First - (decimal)amount * pair.Second / weights.Sum()) < 1));

    [Fact]
    public void SplitCapped_NeverPassesACap_AndTakesAllThatFits() =>
        Gen.Select(Gen.Long[0, 10_000_000], Gen.Select(Gen.Long[1, 1000], Gen.Long[0, 1_000_000]).Array[1, 20]).Sample((amount, lines) =>
        {
            var caps = lines.Select(line => line.Item2).ToArray();
            var parts = Allocation.SplitCapped(amount, lines.Select(line => line.Item1).ToArray(), caps);
            return parts.Zip(caps).All(pair => pair.First >= 0 && pair.First <= pair.Second) && parts.Sum() == Math.Min(amount, caps.Sum());
        });

    [Theory]
    [InlineData(Minor.Max, 1, Minor.Max)]
    [InlineData(0, Minor.Max, 0L)]
    [InlineData(Minor.Max, 2, null)]
    [InlineData(-1, 1, null)]
    [InlineData(1, -1, null)]
    [InlineData(-1, -1, null)]
    public void Products_UpToTheLargest_AreGiven_AndNothingElse(long price, long quantity, long? product) =>
        Assert.Equal((product is not null, product ?? 0), (Minor.TryMultiply(price, quantity, out var amount), amount));

    [Theory]
    [InlineData(Minor.Max - 1, 1, Minor.Max)]
    [InlineData(0, 0, 0L)]
    [InlineData(Minor.Max, 1, null)]
    [InlineData(-1, 2, null)]
    [InlineData(2, -1, null)]
    [InlineData(Minor.Max + 1, -1, null)]
    [InlineData(long.MaxValue, long.MaxValue, null)]
    public void Sums_UpToTheLargest_AreGiven_AndNothingElse(long left, long right, long? sum) =>
        Assert.Equal((sum is not null, sum ?? 0), (Minor.TryAdd(left, right, out var amount), amount));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void Split_OfWhatIsNegative_IsAFault(long amount, long weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocation.Split(amount, [weight, 1]));

    [Fact]
    public void Split_GivesEachPartAtMostOneOddUnit() =>
        Assert.Equal([1, 1, 0, 0, 0], Allocation.Split(2, [1, 1, 1, 1, 1]));
}
