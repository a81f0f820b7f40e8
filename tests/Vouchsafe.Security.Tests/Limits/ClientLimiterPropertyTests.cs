using CsCheck;

namespace Vouchsafe.Security.Tests.Limits;

public class ClientLimiterPropertyTests
{
    private static readonly Gen<AddressKey> Clients = Gen.OneOf(
        Gen.UInt[0, 3].Select(address => new AddressKey(0, (1UL << 32) | address)),
        // a few networks that share their /56 or their /48
        Gen.Select(Gen.ULong[0, 1], Gen.ULong[0, 2], Gen.ULong[0, 2])
            .Select((site, home, network) => new AddressKey(0x2001_0db8_0000_0000 | (site << 16) | (home << 8) | network, 64)));

    private static readonly Gen<ClientLimits> Limits =
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 400], Gen.Int[1, 4], Gen.Int[0, 4]).Select((requests, window, at56, more) =>
            new ClientLimits(requests, window) { FactorAt56 = at56, FactorAt48 = at56 + more });

    [Fact]
    public void Decide_OnRandomSchedules_AgreesWithTheModelInEveryFigure()
    {
        Gen.Select(Limits, Gen.Select(Gen.Frequency((6, Gen.Int[0, 8]), (1, Gen.Int[0, 300])), Clients, Gen.Bool).Array[0, 300]).Sample(
            (limits, steps) =>
            {
                var limiter = new ClientLimiter(limits);
                var model = new NaiveWindow(limits);
                var now = 1_000_000L;
                foreach (var (step, client, acquire) in steps)
                {
                    now += step;
                    var expected = model.Decide(client, now, acquire);
                    Assert.Equal(expected, acquire ? limiter.TryAcquire(client, now) : limiter.Peek(client, now));
                }
            },
            iter: 400);
    }
}
