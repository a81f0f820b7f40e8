using Vouchsafe.Api.Records;

namespace Vouchsafe.Api.Tests.Records;

public sealed class SampledTallyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void Weights_NeverPassTheCount_AndMissLessThanAThirtySecondOfIt(long count)
    {
        var (weights, looks) = (0L, 0);
        for (var n = 1L; n <= count; n++)
            if (SampledTally.WeightOf(n) is > 0 and var weight) (weights, looks) = (weights + weight, looks + 1);
        Assert.InRange(weights, count - count / 32, count);
        // Every doubling adds 32 looks: a million cost fewer than five hundred.
        Assert.InRange(looks, 1, 64 + 32 * 20);
    }

    [Fact]
    public void FewInARow_AreAllLookedAt()
    {
        for (var n = 1; n < 64; n++) Assert.Equal(1, SampledTally.WeightOf(n));
    }

    [Fact]
    public async Task ManyThreads_NoneIsLost()
    {
        var tally = new SampledTally();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++) tally.Add();
        })));
        Assert.Equal(400_000, tally.Drain());
        Assert.Equal(0, tally.Drain());
    }
}
