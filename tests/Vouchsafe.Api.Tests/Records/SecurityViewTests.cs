using System.Text.Json;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Records;

/// <summary>What the page Security reads, as a member of the dashboard.</summary>
public sealed class SecurityViewTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private MemberSeat _guard = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync([("Limits:Client:Requests", "5"), ("Limits:Client:WindowSeconds", "60"), ("Network:TrustedProxies", "127.0.0.1")]);
        _guard = await MemberSeat.TakeAsync(_server, MemberRole.Security);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ARefusal_IsListedAtOnce_AndFiltersFindIt()
    {
        await AskAsync("192.0.2.1", "https://evil.example");
        await AskAsync("192.0.2.2", "https://other.example");
        var list = await _guard.ReadAsync("refusals?period=hour");
        Assert.Equal(2, list.GetProperty("total").GetInt32());
        var found = Assert.Single((await _guard.ReadAsync("refusals?search=evil")).GetProperty("data").EnumerateArray());
        Assert.Equal(("ORIGIN", "192.0.2.1", "https://evil.example"), (Text(found, "reason"), Text(found, "address"), Text(found, "origin")));
        Assert.Equal(2, (await _guard.ReadAsync("refusals?reason=ORIGIN")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await _guard.ReadAsync("refusals?reason=CLIENT_LIMIT")).GetProperty("total").GetInt32());
        Assert.Single((await _guard.ReadAsync("refusals?limit=1&page=2")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task WhatHappenedAtNight_StandsInTheOverviewInTheMorning_ForThoseWhoMaySeeIt()
    {
        var viewer = await MemberSeat.TakeAsync(_server, MemberRole.Viewer);
        var meant = await _server.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.ProjectMemberships));
        _server.Clock.Stop();
        await AskAsync("192.0.2.1", "https://evil.example");
        await FailAsync(4);
        Assert.Equal(["origins"], await AlertsAsync(_guard));
        await FailAsync(1);

        _server.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal(["origins", "sign_ins"], await AlertsAsync(_guard));
        Assert.Empty(await AlertsAsync(viewer));
        _server.Clock.Advance(TimeSpan.FromHours(15));
        Assert.Empty(await AlertsAsync(_guard));

        Task FailAsync(int times) => _server.ChangeAsync(db =>
        {
            var now = _server.Clock.GetUtcNow();
            for (var i = 0; i < times; i++)
                db.FailedSignIns.Add(new() { Id = Ids.New(IdPrefix.FailedSignIn, now), MemberId = meant.MemberId, Reason = SignInFailure.WrongPassword, CreatedAt = now, Address = "192.0.2.1", UserAgent = "" });
            return Task.CompletedTask;
        });

        async Task<List<string>> AlertsAsync(MemberSeat seat) =>
            [.. (await seat.ReadAsync("overview")).GetProperty("alerts").EnumerateArray().Select(a => Text(a, "key")!).Where(k => k is "origins" or "sign_ins" or "credentials" or "client_limit")];
    }

    [Theory]
    [InlineData("refusals?period=year")]
    [InlineData("refusals?reason=NO_SUCH")]
    [InlineData("refusals?limit=0")]
    [InlineData("refusals?page=x")]
    [InlineData("refusals/chart?period=")]
    [InlineData("usage?period=century")]
    public async Task BadQueries_Are400AndNameTheField(string path)
    {
        var (status, json) = await _guard.GetAsync(path);
        Assert.True(status == (path.EndsWith('=') ? 200 : 400), $"{status} {json}");
    }

    [Fact]
    public async Task TheChart_HoldsEveryRefusalOfThePeriod_InThePieceOfItsTime()
    {
        _server.Clock.Stop();
        await AskAsync("192.0.2.1", "https://evil.example");
        await _guard.ReadAsync("refusals");
        _server.Clock.Advance(TimeSpan.FromMinutes(90));
        await AskAsync("192.0.2.1", "https://evil.example");
        await AskAsync("192.0.2.1", "https://evil.example");

        Assert.Equal(2, (await _guard.ReadAsync("refusals/chart?period=hour")).GetProperty("total").GetInt64());
        foreach (var (period, pieces) in new[] { ("day", 48), ("week", 56) })
        {
            var chart = await _guard.ReadAsync("refusals/chart?period=" + period);
            var counts = Assert.Single(chart.GetProperty("series").EnumerateArray()).GetProperty("counts").EnumerateArray().Select(c => c.GetInt64()).ToList();
            Assert.Equal((pieces, 3L, 3L), (counts.Count, counts.Sum(), chart.GetProperty("total").GetInt64()));
            Assert.Equal(period == "day" ? 2 : counts[^1], counts[^1]);
        }
    }

    [Fact]
    public async Task AClientAtTheLimit_IsListedWithItsWait_UntilTheWindowMovesOn()
    {
        _server.Clock.Stop();
        for (var i = 0; i < 7; i++) await AskAsync("192.0.2.3", TestServer.Origin);
        for (var i = 0; i < 7; i++) await AskAsync("2001:db8:1:2::9", TestServer.Origin);
        var limited = (await _guard.ReadAsync("limited-addresses")).GetProperty("data").EnumerateArray().ToDictionary(a => Text(a, "address")!);
        Assert.Equal(["192.0.2.3", "2001:db8:1:2::/64"], limited.Keys.Order());
        Assert.Equal((2L, 60L), (limited["192.0.2.3"].GetProperty("refused").GetInt64(), limited["192.0.2.3"].GetProperty("retry_after_seconds").GetInt64()));
        _server.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await _guard.ReadAsync("limited-addresses")).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task TheExplanationOfAnOrigin_SuggestsTheEntry_AndOnceItIsSavedSaysThatItPasses()
    {
        await AskAsync("192.0.2.4", "https://shop.new.example:8443");
        var id = Text((await _guard.ReadAsync("refusals")).GetProperty("data")[0], "id");
        var told = (await _guard.ReadAsync("refusals/" + id)).GetProperty("explanation");
        Assert.Equal(("shop.new.example", "website_urls", false), (Text(told, "suggested_entry"), Text(told, "setting"), told.GetProperty("passes_now").GetBoolean()));
        Assert.Contains("shop.example", Text(told, "why"));
        Assert.Equal(1, (await _guard.ReadAsync("refusals/" + id)).GetProperty("events").GetArrayLength());

        await _server.ChangeProjectAsync(p => p.ClientTrustedDomains = [Text(told, "suggested_entry")!]);
        Assert.True((await _guard.ReadAsync("refusals/" + id)).GetProperty("explanation").GetProperty("passes_now").GetBoolean());
        await AskAsync("192.0.2.4", "https://shop.new.example:8443");
        Assert.Equal(1, (await _guard.ReadAsync("refusals")).GetProperty("data")[0].GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task EveryReason_HasAnExplanation()
    {
        foreach (var reason in Enum.GetValues<RefusalReason>())
        {
            await _server.ChangeAsync(db =>
            {
                db.Refusals.Add(new Storage.Entities.RefusalGroup
                {
                    Id = $"ref_{reason}", ProjectId = _guard.ProjectId, Reason = (short)reason, Detail = reason == RefusalReason.Permission ? "REDEEM" : "", Address = "192.0.2.1", Origin = "https://x.example",
                    KeyId = TestServer.ClientId, Method = "GET", Operation = "op", Path = "/x", Count = 1, FirstSeenMs = 0, LastSeenMs = _server.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
                });
                return Task.CompletedTask;
            });
            var told = (await _guard.ReadAsync($"refusals/ref_{reason}")).GetProperty("explanation");
            Assert.NotEqual("Refused", Text(told, "title"));
            Assert.NotEmpty(told.GetProperty("steps").EnumerateArray());
        }
        Assert.Equal(Enum.GetValues<RefusalReason>().Select(WireJson.NameOf).Order(), (await _guard.ReadAsync("refusals?limit=100")).GetProperty("data").EnumerateArray().Select(r => Text(r, "reason")!).Order());
    }

    [Fact]
    public async Task AnUnknownRefusal_IsNotFound_AndOneOfAnotherProjectToo()
    {
        await _server.ChangeAsync(db =>
        {
            db.Refusals.Add(new Storage.Entities.RefusalGroup
            {
                Id = "ref_theirs", ProjectId = "proj_other", Reason = 1, Detail = "", Address = "", Origin = "", KeyId = "", Method = "", Operation = "", Path = "", Count = 1, FirstSeenMs = 0,
                LastSeenMs = _server.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            });
            return Task.CompletedTask;
        });
        Assert.Equal(404, (await _guard.GetAsync("refusals/ref_none")).Status);
        Assert.Equal(404, (await _guard.GetAsync("refusals/ref_theirs")).Status);
        Assert.Equal(0, (await _guard.ReadAsync("refusals")).GetProperty("total").GetInt64());
    }

    [Theory]
    [InlineData(MemberRole.Viewer, 403)]
    [InlineData(MemberRole.Editor, 403)]
    [InlineData(MemberRole.Security, 200)]
    [InlineData(MemberRole.Administrator, 200)]
    public async Task OnlyThoseWhoGuardTheProject_SeeAddresses(MemberRole role, int status)
    {
        var seat = await MemberSeat.TakeAsync(_server, role);
        foreach (var path in new[] { "refusals", "refusals/chart", "refusals/events", "limited-addresses" })
            Assert.Equal(status, (await seat.GetAsync(path)).Status);
        Assert.Equal(200, (await seat.GetAsync("usage")).Status);
        Assert.Equal(200, (await seat.GetAsync("overview")).Status);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task AskAsync(string address, string origin)
    {
        using var client = _server.Client(origin);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var _ = await client.GetAsync("/client/v1/promotions/tiers");
    }
}
