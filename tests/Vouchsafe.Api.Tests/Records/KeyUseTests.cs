using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;

namespace Vouchsafe.Api.Tests.Records;

/// <summary>Calls are counted by hour, channel and key; nodes add up in the database.</summary>
public sealed class KeyUseTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Calls_AreCountedByHourChannelAndKey_AndAddUpOverFlushes()
    {
        _server.Clock.Stop();
        using var shop = _server.Private();
        using var page = _server.Client();
        for (var i = 0; i < 3; i++) await shop.GetAsync("/v1/vouchers");
        await page.GetAsync("/client/v1/promotions/tiers");
        await FlushAsync();
        await shop.GetAsync("/v1/vouchers");
        await FlushAsync();
        _server.Clock.Advance(TimeSpan.FromHours(1));
        await shop.GetAsync("/v1/vouchers");
        await FlushAsync();

        var hours = await _server.ReadAsync(db => db.UsageHours.OrderBy(u => u.Hour).ThenBy(u => u.Channel).ToListAsync());
        Assert.Equal(
            [((short)Channel.Private, TestServer.AppId, 4L), ((short)Channel.Client, TestServer.ClientId, 1L), ((short)Channel.Private, TestServer.AppId, 1L)],
            hours.Select(u => (u.Channel, u.KeyId, u.Calls)));
        Assert.Equal(1, hours[^1].Hour - hours[0].Hour);
    }

    [Fact]
    public async Task RefusedCredentials_CountForNobody()
    {
        using var wrong = _server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", "wrong"));
        await wrong.GetAsync("/v1/vouchers");
        await FlushAsync();
        Assert.Empty(await _server.ReadAsync(db => db.UsageHours.ToListAsync()));
    }

    [Fact]
    public async Task AProjectWithALimit_KeepsItsHighestMinute()
    {
        _server.Clock.Stop();
        await _server.ChangeProjectAsync(p => p.ServerRequestsPerMinute = 10);
        using var shop = _server.Private();
        for (var i = 0; i < 8; i++) await shop.GetAsync("/v1/vouchers");
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.GetAsync("/v1/vouchers");
        await FlushAsync();
        var peak = await _server.ReadAsync(db => db.UsageHours.SingleAsync(u => u.KeyId == ""));
        Assert.Equal((8L, 10L, 0L), (peak.Peak, peak.PeakLimit, peak.Calls));
    }

    private Task FlushAsync() => _server.Services.GetRequiredService<KeyUse>().FlushAsync(default);
}
