namespace Vouchsafe.Security.Tests.Limits;

[Collection(nameof(ClientLimiterMemoryTests))]
[CollectionDefinition(nameof(ClientLimiterMemoryTests), DisableParallelization = true)]
public class ClientLimiterMemoryTests
{
    private const long MaxBytes = 100_000_000;

    [Fact]
    public void TryAcquire_AMillionNetworksInSeparate48s_CostAtMost100Megabytes() =>
        AssertCheap(i => new AddressKey((0x2001_0db8_0000UL + i) << 16, 64));

    [Fact]
    public void TryAcquire_AMillionNetworksSideBySide_CostAtMost100Megabytes() =>
        AssertCheap(i => new AddressKey(0x2001_0db8_0000_0000UL + i, 64));

    [Fact]
    public void TryAcquire_AMillionIPv4Addresses_CostAtMost100Megabytes() =>
        AssertCheap(i => new AddressKey(0, (1UL << 32) | i));

    [Fact]
    public void TryAcquire_AMillionAddressesAndTheFullLimitFromManyOfThem_StayUnderTheSameCap() =>
        // a 48-bit site for each of the first 1.3 million, then up to seven more networks in 200,000 of them
        AssertCheap(i => new AddressKey((0x2001_0db8_0000UL + (i < 1_300_000 ? i : i % 200_000)) << 16 | (i / 200_000), 64), addresses: 2_700_000);

    [Fact]
    public void TryAcquire_AfterAFlood_GivesTheMemoryBack()
    {
        var limiter = new ClientLimiter(ClientLimits.Default);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (ulong i = 0; i < 500_000; i++) limiter.TryAcquire(new AddressKey(0, (1UL << 32) | i), 0);

        for (ulong i = 0; i < 10_000; i++) limiter.TryAcquire(new AddressKey(0, (1UL << 32) | i), 10_000);

        Assert.Equal(10_000, limiter.Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 10_000_000);
        GC.KeepAlive(limiter);
    }

    private static void AssertCheap(Func<ulong, AddressKey> address, ulong addresses = 1_000_000)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var limiter = new ClientLimiter(ClientLimits.Default);
        var passed = 0UL;
        for (ulong i = 0; i < addresses; i++)
        {
            if (limiter.TryAcquire(address(i), (long)(i * 4_000 / addresses)).Allowed) passed++;
        }
        var cost = GC.GetTotalMemory(forceFullCollection: true) - before;

        TestContext.Current.SendDiagnosticMessage($"{addresses} addresses, {limiter.Count} remembered, {passed} passed, {cost} bytes");
        Assert.True(cost <= MaxBytes, $"{limiter.Count} remembered entries cost {cost} bytes");
        GC.KeepAlive(limiter);
    }
}
