using CsCheck;

namespace Vouchsafe.Security.Tests.Limits;

public class RollingWindowTests
{
    [Fact]
    public void TryAcquire_SixAtOnce_PassesFive()
    {
        var window = new RollingWindow(5, 5_000);

        var verdicts = Enumerable.Range(0, 6).Select(i => window.TryAcquire(i * 100).Allowed);

        Assert.Equal([true, true, true, true, true, false], verdicts);
    }

    [Fact]
    public void TryAcquire_FiveJustBeforeABoundary_AreNotForgottenAfterIt()
    {
        var window = new RollingWindow(5, 5_000);
        for (var i = 0; i < 5; i++) Assert.True(window.TryAcquire(4_900).Allowed);

        for (var now = 5_100; now < 9_900; now += 100) Assert.False(window.TryAcquire(now).Allowed);
        Assert.True(window.TryAcquire(9_900).Allowed);
    }

    [Fact]
    public void TryAcquire_NeverMovesBackWithTheClock()
    {
        var window = new RollingWindow(1, 1_000);

        Assert.True(window.TryAcquire(10_000).Allowed);
        Assert.Equal(1_000, window.TryAcquire(0).RetryAfterMilliseconds);
        Assert.True(window.TryAcquire(11_000).Allowed);
    }

    [Fact]
    public void TryAcquire_OnRandomSchedules_AgreesWithTheModel()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 300], Gen.Select(Gen.Int[0, 60], Gen.Bool).Array[0, 250]).Sample(
            (limit, windowMilliseconds, steps) =>
            {
                var window = new RollingWindow(limit, windowMilliseconds);
                var model = new NaiveWindow(new ClientLimits(limit, windowMilliseconds));
                var now = 0L;
                foreach (var (step, acquire) in steps)
                {
                    now += step;
                    var expected = model.Decide(new AddressKey(0, 1UL << 32), now, acquire);
                    Assert.Equal(expected, acquire ? window.TryAcquire(now) : window.Peek(now));
                }
            },
            iter: 500);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    [InlineData(4_999, 5)]
    [InlineData(5_000, 5)]
    public void RetryAfterSeconds_IsAtLeastOneAndNeverTooEarly(long milliseconds, long seconds)
    {
        var decision = new RateDecision(false, 5, 0, milliseconds, milliseconds);

        Assert.Equal(seconds, decision.RetryAfterSeconds);
        Assert.True(decision.RetryAfterSeconds >= decision.ResetAfterSeconds);
    }

    [Fact]
    public void TryAcquire_FromManyThreads_PassesExactlyTheLimit()
    {
        var window = new RollingWindow(1_000, 60_000);
        var passed = 0;

        Parallel.For(0, 20_000, _ => { if (window.TryAcquire(1).Allowed) Interlocked.Increment(ref passed); });

        Assert.Equal(1_000, passed);
    }

    [Theory]
    [InlineData(5, new long[] { 0, 1_000, 2_000 }, 3_000L, true)]
    [InlineData(3, new long[] { 0, 1_000, 2_000 }, 59_999L, false)]
    [InlineData(3, new long[] { 0, 1_000, 2_000 }, 60_000L, true)]
    [InlineData(2, new long[] { 0, 1_000, 2_000 }, 60_999L, false)]
    [InlineData(2, new long[] { 0, 1_000, 2_000 }, 61_000L, true)]
    public void AnotherLimit_ForgetsNoAcceptance(int limit, long[] accepted, long now, bool passes)
    {
        var before = new RollingWindow(accepted.Length, 60_000);
        foreach (var at in accepted) Assert.True(before.TryAcquire(at).Allowed);
        Assert.Equal(passes, new RollingWindow(limit, before).TryAcquire(now).Allowed);
    }
}
