using System.Net;

namespace Vouchsafe.Security.Tests.Limits;

public class ClientLimiterTests
{
    private static readonly AddressKey Client = Key("203.0.113.5");

    private static AddressKey Key(string address) => AddressKey.Of(IpValue.Of(IPAddress.Parse(address)));

    private static AddressKey Network(ulong network) => new(network, 64);

    private static int Accepted(ClientLimiter limiter, AddressKey client, int tries, long now) =>
        Enumerable.Range(0, tries).Count(_ => limiter.TryAcquire(client, now).Allowed);

    [Fact]
    public void TryAcquire_SixInHalfASecond_PassesFive()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);

        var decisions = Enumerable.Range(0, 6).Select(i => limiter.TryAcquire(Client, i * 100)).ToList();

        Assert.Equal([4, 3, 2, 1, 0, 0], decisions.Select(decision => decision.Remaining));
        Assert.Equal([true, true, true, true, true, false], decisions.Select(decision => decision.Allowed));
        Assert.Equal(4_500, decisions[5].RetryAfterMilliseconds);
        Assert.Equal(5, decisions[5].RetryAfterSeconds);
    }

    [Fact]
    public void TryAcquire_FiveLateInASecond_BlockUntilTheyAreAWindowOld()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);
        Assert.Equal(5, Accepted(limiter, Client, 5, 4_900));

        Assert.Equal(0, Accepted(limiter, Client, 5, 5_100));
        Assert.Equal(0, Accepted(limiter, Client, 5, 9_899));
        Assert.Equal(5, Accepted(limiter, Client, 6, 9_900));
    }

    [Fact]
    public void TryAcquire_ASixthAfterTheWindow_Passes()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);
        for (var i = 0; i < 5; i++) limiter.TryAcquire(Client, i * 100);

        Assert.True(limiter.TryAcquire(Client, 5_050).Allowed);
        Assert.False(limiter.TryAcquire(Client, 5_051).Allowed);
    }

    [Fact]
    public void TryAcquire_RefusalsDuringTheWait_DoNotExtendIt()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var limiter = new ClientLimiter(ClientLimits.Default);
            for (var i = 0; i < 5; i++) limiter.TryAcquire(Client, i * attempt);
            var refused = limiter.TryAcquire(Client, 5 * attempt);
            var retryAt = 5 * attempt + refused.RetryAfterSeconds * 1_000;
            for (var now = 5L * attempt; now < Math.Min(retryAt, 5_000); now += 50) Assert.False(limiter.TryAcquire(Client, now).Allowed);

            Assert.True(limiter.TryAcquire(Client, retryAt).Allowed);
        }
    }

    [Fact]
    public void TryAcquire_TheFormsOfOneAddress_ShareALimit()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);

        Assert.Equal(5, Accepted(limiter, Key("1.2.3.4"), 5, 0));
        Assert.Equal(0, Accepted(limiter, Key("::ffff:102:304"), 1, 0));
        Assert.Equal(0, Accepted(limiter, Key("64:ff9b::102:304"), 1, 0));
        Assert.Equal(5, Accepted(limiter, Key("1.2.3.5"), 6, 0));
    }

    [Fact]
    public void TryAcquire_AcrossOne56_PassesFourTimesTheLimit()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);

        var passed = Enumerable.Range(0, 256).Sum(i => Accepted(limiter, Network(0x2001_0db8_0001_0200 + (ulong)i), 5, 0));

        Assert.Equal(20, passed);
        Assert.Equal(5, Accepted(limiter, Network(0x2001_0db8_0001_0300), 6, 0));
    }

    [Fact]
    public void TryAcquire_AcrossOne48_PassesSixteenTimesTheLimit()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);

        var passed = Enumerable.Range(0, 65_536).Sum(i => Accepted(limiter, Network(0x2001_0db8_0001_0000 + (ulong)i), 1, 0));

        Assert.Equal(80, passed);
        Assert.Equal(5, Accepted(limiter, Network(0x2001_0db8_0002_0000), 6, 0));
    }

    [Fact]
    public void TryAcquire_RefusedByAWiderNetwork_UsesNothingUp()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);
        for (ulong i = 0; i < 4; i++) Accepted(limiter, Network(0x2001_0db8_0001_0200 + i), 5, now: (long)i);
        var fifth = Network(0x2001_0db8_0001_0210);

        Assert.Equal(0, Accepted(limiter, fifth, 1_000, now: 10));
        Assert.Equal(4_990, limiter.TryAcquire(fifth, 10).RetryAfterMilliseconds);
        Assert.Equal(5, Accepted(limiter, fifth, 6, now: 5_000)); // the first network's five have gone; none of the refused counted
    }

    [Fact]
    public void Peek_UsesNothingUp()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);

        for (var i = 0; i < 100; i++) Assert.Equal(new RateDecision(true, 5, 5, 0, 0), limiter.Peek(Client, i));
        limiter.TryAcquire(Client, 100);
        Assert.Equal(new RateDecision(true, 5, 4, 0, 4_900), limiter.Peek(Client, 200));
    }

    [Fact]
    public void TryAcquire_WithALargeLimit_IsJustAsExact()
    {
        var limiter = new ClientLimiter(new ClientLimits(1_000, 1_000));
        var passed = 0;
        for (var now = 0; now < 1_000; now++) passed += Accepted(limiter, Client, 3, now);

        Assert.Equal(1_000, passed);
        Assert.Equal(3, Accepted(limiter, Client, 10, 1_000));
    }

    [Fact]
    public void TryAcquire_WhenTheTableIsFull_RefusesNewClientsAndServesKnownOnes()
    {
        var limiter = new ClientLimiter(ClientLimits.Default with { MaxClients = 64 });
        for (uint i = 0; i < 100_000; i++) limiter.TryAcquire(new AddressKey(0, (1UL << 32) | i), 0);
        var known = Enumerable.Range(0, 100_000).Select(i => new AddressKey(0, (1UL << 32) | (uint)i)).Where(key => limiter.Peek(key, 1).Remaining == 4).ToList();

        Assert.Equal(64, limiter.Count);
        Assert.Equal(64, known.Count);
        Assert.All(known, key => Assert.Equal(4, Accepted(limiter, key, 10, 1)));
        var newcomer = limiter.TryAcquire(Key("8.8.8.8"), 1);
        Assert.False(newcomer.Allowed);
        Assert.InRange(newcomer.RetryAfterMilliseconds, 1, 5_000);
        Assert.True(limiter.TryAcquire(Key("8.8.8.8"), 1 + newcomer.RetryAfterMilliseconds).Allowed);
    }

    [Fact]
    public void TryAcquire_WhenExtraMemoryRunsOut_RefusesRatherThanForgets()
    {
        var limiter = new ClientLimiter(new ClientLimits(100, 5_000) { MaxExtraAcceptances = 64 * 32 });

        Assert.Equal(32, Accepted(limiter, Client, 100, 0));
        Assert.Equal(5_000, limiter.TryAcquire(Client, 0).RetryAfterMilliseconds);
        Assert.Equal(32, Accepted(limiter, Client, 100, 5_000));
    }

    [Fact]
    public void TryAcquire_AcrossTheEndOf32BitTime_StaysExact()
    {
        var limiter = new ClientLimiter(new ClientLimits(5, 60_000));
        var others = Enumerable.Range(0, 200).Select(i => new AddressKey(0, (1UL << 32) | (uint)i)).ToArray();
        // 60 days in steps shorter than the window, so that the table is never idle and its clock has to move on.
        var accepted = new List<long>();
        for (var now = 0L; now < 60L * 86_400_000; now += 59_000)
        {
            foreach (var other in others.AsSpan(0, 3)) limiter.TryAcquire(other, now);
            for (var i = 0; i < 6; i++)
            {
                if (limiter.TryAcquire(Client, now + i).Allowed) accepted.Add(now + i);
            }
        }
        Assert.True(accepted.Count > 5 * 40_000);
        for (var i = 5; i < accepted.Count; i++) Assert.True(accepted[i] - accepted[i - 5] >= 60_000);
    }

    [Fact]
    public void TryAcquire_AHundredAtOnce_PassesExactlyFiveInEachOfAThousandRounds()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);
        for (var round = 0; round < 1_000; round++)
        {
            var client = new AddressKey(0, (1UL << 32) | (uint)round);
            var passed = 0;
            Parallel.For(0, 100, _ => { if (limiter.TryAcquire(client, 0).Allowed) Interlocked.Increment(ref passed); });
            if (passed != 5) Assert.Fail($"round {round}: {passed} passed");
        }
    }

    [Fact]
    public void TryAcquire_OnAKnownClient_AllocatesNothing()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);
        limiter.TryAcquire(Client, 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var now = 1; now < 1_000; now++) limiter.TryAcquire(Client, now * 500);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 5_000, 4, 16)]
    [InlineData(10_001, 5_000, 4, 16)]
    [InlineData(5, 0, 4, 16)]
    [InlineData(5, 5_000, 0, 16)]
    [InlineData(5, 5_000, 4, 3)]
    public void Constructor_RefusesLimitsThatMakeNoSense(int requests, long window, int factor56, int factor48)
    {
        var limits = new ClientLimits(requests, window) { FactorAt56 = factor56, FactorAt48 = factor48 };

        Assert.Throws<ArgumentOutOfRangeException>(() => new ClientLimiter(limits));
    }
}
