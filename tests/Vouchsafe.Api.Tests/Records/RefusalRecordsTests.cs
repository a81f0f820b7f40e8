using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Records;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Records;

/// <summary>What the pipeline refuses is written down under the project, with the check that refused it and without secrets.</summary>
public sealed class RefusalRecordsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync([
        ("Limits:Client:Requests", "5"), ("Limits:Client:WindowSeconds", "60"), ("Network:TrustedProxies", "127.0.0.1"), ("Limits:WrongCodes:PerHour", "1"),
        ("Limits:FailedAuthentications:RequestsPerMinute", "1")]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task TheClientLimit_IsRecordedWithAddressOriginKeyAndTemplate_AndTheCodeIsNowhere()
    {
        for (var i = 0; i < 8; i++) await AskAsync("192.0.2.7", "/client/v1/validate?code=SECRET-CODE-1");
        var group = Assert.Single(await OfAsync(RefusalReason.ClientLimit));
        Assert.Equal((3, "192.0.2.7", TestServer.Origin, TestServer.ClientId), ((int)group.Count, group.Address, group.Origin, group.KeyId));
        Assert.Equal(("GET", "/client/v1/validate"), (group.Method, group.Path));
        Assert.DoesNotContain("SECRET", await EverythingAsync());
    }

    [Fact]
    public async Task AFlood_IsCountedExactly_HoweverFewOfItAreLookedAt()
    {
        for (var i = 0; i < 505; i++) await AskAsync("192.0.2.8", "/client/v1/validate?code=A");
        var groups = await OfAsync(RefusalReason.ClientLimit);
        Assert.Equal(500, groups.Sum(g => g.Count));
        Assert.Equal(500, (await MinutesAsync(RefusalReason.ClientLimit)).Sum(m => m.Count));
    }

    [Fact]
    public async Task AFloodFromManyAddresses_LosesNone()
    {
        await _server.ChangeProjectAsync(p => p.ClientTrustedDomains = ["else.example"]);
        for (var i = 0; i < 150; i++) await AskAsync($"198.51.100.{i}", "/client/v1/promotions/tiers");
        Assert.Equal(150, (await OfAsync(RefusalReason.Origin)).Sum(g => g.Count));
    }

    [Fact]
    public async Task TheOrigin_IsRecordedWithItsVerdict_AndReportOnlyUnderItsOwnName()
    {
        await AskAsync("192.0.2.9", "/client/v1/promotions/tiers", origin: "https://evil.example");
        await AskAsync("192.0.2.9", "/client/v1/promotions/tiers", origin: "null");
        await _server.ChangeProjectAsync(p => p.OriginReportOnly = true);
        await AskAsync("192.0.2.9", "/client/v1/promotions/tiers", origin: "https://new.example");
        Assert.Equal([("https://evil.example", "NOT_LISTED"), ("null", "OPAQUE")], (await OfAsync(RefusalReason.Origin)).Select(g => (g.Origin, g.Detail)).Order());
        Assert.Equal("https://new.example", Assert.Single(await OfAsync(RefusalReason.OriginReportOnly)).Origin);
    }

    [Fact]
    public async Task AWrongSecretOfAKnownKey_IsRecordedInItsProject_AndTheSecretIsNowhere()
    {
        using var client = _server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", "a-wrong-secret"));
        await client.GetAsync("/v1/vouchers/SECRET-CODE-2");
        await client.GetAsync("/v1/vouchers/SECRET-CODE-2");
        var group = Assert.Single(await OfAsync(RefusalReason.Unauthorized));
        Assert.Equal((1L, TestServer.AppId, "/v1/vouchers/{code}"), (group.Count, group.KeyId, group.Path));
        Assert.Single(await OfAsync(RefusalReason.FailedAuthentications));
        Assert.DoesNotContain("a-wrong-secret", await EverythingAsync());
        Assert.DoesNotContain("SECRET", await EverythingAsync());
    }

    [Fact]
    public async Task ASecretInThePlaceOfTheId_IsNotKept_AndNoProjectIsNamed()
    {
        using var client = _server.With(("X-App-Id", TestServer.AppToken), ("X-App-Token", TestServer.AppToken));
        await client.GetAsync("/v1/vouchers");
        var all = await EverythingAsync(project: "");
        Assert.Contains("/v1/vouchers", all);
        Assert.DoesNotContain(TestServer.AppToken, all);
    }

    [Fact]
    public async Task ClientPermission_Quota_WrongCodes_AndTheKeysAddress_AreRecordedUnderTheirNames()
    {
        await _server.ChangeProjectAsync(p => (p.ClientPermissions, p.ServerRequestsPerMinute) = (ClientPermissions.None, 1));
        await AskAsync("192.0.2.10", "/client/v1/vouchers?customer=c");
        Assert.Equal("LIST_VOUCHERS", Assert.Single(await OfAsync(RefusalReason.Permission)).Detail);
        using var shop = _server.Private();
        await shop.GetAsync("/v1/vouchers");
        await shop.GetAsync("/v1/vouchers");
        Assert.Single(await OfAsync(RefusalReason.ProjectQuota));
        for (var i = 0; i < 3; i++) await AskAsync("192.0.2.11", $"/client/v1/validate?code=NONE{i}&amount=1");
        Assert.NotEmpty(await OfAsync(RefusalReason.WrongCodes));
        await _server.ChangeAsync(async db => (await db.ApiKeys.FirstAsync(k => k.Id == TestServer.ClientId)).IpRules = ["10.0.0.0/8"]);
        await AskAsync("192.0.2.12", "/client/v1/promotions/tiers");
        Assert.Equal("192.0.2.12", Assert.Single(await OfAsync(RefusalReason.KeyAddress)).Address);
    }

    [Fact]
    public async Task AcceptedRequests_LeaveNoRecord()
    {
        await AskAsync("192.0.2.13", "/client/v1/promotions/tiers");
        await _server.Private().GetAsync("/v1/vouchers");
        await _server.Services.GetRequiredService<RefusalBook>().FlushAsync(default);
        Assert.Equal(0, await _server.ReadAsync(db => db.Refusals.CountAsync()));
    }

    [Fact]
    public async Task Housekeeping_RemovesWhatIsOlderThanAWeek_AndKeepsTheLatest()
    {
        await AskAsync("192.0.2.14", "/client/v1/promotions/tiers", origin: "https://evil.example");
        Assert.Single(await OfAsync(RefusalReason.Origin));
        _server.Clock.Advance(TimeSpan.FromDays(7.1));
        await AskAsync("192.0.2.14", "/client/v1/promotions/tiers", origin: "https://later.example");
        await _server.Services.GetRequiredService<RefusalBook>().FlushAsync(default);
        await _server.Services.GetRequiredService<Housekeeping>().RunAsync(default);
        Assert.Equal("https://later.example", Assert.Single(await OfAsync(RefusalReason.Origin)).Origin);
        Assert.Single(await MinutesAsync(RefusalReason.Origin));
    }

    [Fact]
    public async Task Housekeeping_KeepsTheLatestGroupsOfEachCheckAndAddress_SoThatNoFloodPushesOthersOut()
    {
        var now = _server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        RefusalGroup Group(string id, RefusalReason reason, string address, long age) => new()
        {
            Id = id, ProjectId = "proj_x", Reason = (short)reason, Detail = "", Address = address, Origin = id, KeyId = "", Method = "", Operation = "", Path = "",
            Count = 1, FirstSeenMs = 0, LastSeenMs = now - age,
        };
        await _server.ChangeAsync(db =>
        {
            // What the shop has to see is older than either flood: one from many addresses, one from a single address that varies what it sends.
            db.Refusals.AddRange(Group("scope", RefusalReason.Scope, "192.0.2.1", 900_000), Group("origin", RefusalReason.Origin, "192.0.2.1", 900_000));
            for (var i = 0; i < 600; i++)
                db.Refusals.AddRange(Group($"many_{i}", RefusalReason.ClientLimit, $"198.51.{i / 250}.{i % 250}", i), Group($"one_{i}", RefusalReason.Origin, "203.0.113.9", i));
            return Task.CompletedTask;
        });
        await _server.Services.GetRequiredService<Housekeeping>().RunAsync(default);
        var left = await _server.ReadAsync(db => db.Refusals.Select(r => r.Id).ToListAsync());
        Assert.Superset(new HashSet<string> { "scope", "origin", "many_0", "many_249", "one_0", "one_24" }, left.ToHashSet());
        Assert.Equal(2 + RefusalBook.MaxGroupsOfReason + RefusalBook.MaxGroupsOfAddress, left.Count);
    }

    [Fact]
    public async Task OneAddressThatVariesWhatItSends_DoesNotPushOutThoseOfAnotherCheck()
    {
        await AskAsync("192.0.2.20", "/client/v1/promotions/tiers", origin: "https://ours.example");
        for (var i = 0; i < 60; i++) await AskAsync("192.0.2.21", $"/client/v1/promotions/tiers", origin: $"https://evil{i}.example");
        var origins = await OfAsync(RefusalReason.Origin);
        Assert.Contains(origins, g => g.Origin == "https://ours.example");
        // Five were let past the limit to the check of the origin.
        Assert.Equal(6, origins.Sum(g => g.Count));
        var limited = await OfAsync(RefusalReason.ClientLimit);
        Assert.Equal(55, limited.Sum(g => g.Count));
        Assert.All(limited, g => Assert.Equal("192.0.2.21", g.Address));
        var latest = _server.Services.GetRequiredService<RefusalBook>().Latest.Of(origins[0].ProjectId);
        Assert.Contains(latest, e => e.Origin == "https://ours.example");
        Assert.InRange(latest.Count(e => e.Reason == RefusalReason.ClientLimit), 1, 50);
    }

    [Fact]
    public async Task SwitchedOff_NothingIsRecorded()
    {
        await using var server = await TestServer.StartAsync([("Records:Enabled", "false")]);
        await server.Client("https://evil.example").GetAsync("/client/v1/promotions/tiers");
        await server.Services.GetRequiredService<RefusalBook>().FlushAsync(default);
        Assert.Equal(0, await server.ReadAsync(db => db.Refusals.CountAsync()));
    }

    private async Task AskAsync(string address, string path, string origin = TestServer.Origin)
    {
        using var client = _server.Client(origin);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var _ = await client.GetAsync(path);
    }

    private async Task<List<RefusalGroup>> OfAsync(RefusalReason reason)
    {
        await _server.Services.GetRequiredService<RefusalBook>().FlushAsync(default);
        return await _server.ReadAsync(async db =>
        {
            var project = (await db.Projects.FirstAsync(p => p.IsSandbox)).Id;
            return await db.Refusals.Where(r => r.ProjectId == project && r.Reason == (short)reason).ToListAsync();
        });
    }

    private Task<List<RefusalMinute>> MinutesAsync(RefusalReason reason) =>
        _server.ReadAsync(db => db.RefusalMinutes.Where(m => m.Reason == (short)reason).ToListAsync());

    private async Task<string> EverythingAsync(string? project = null)
    {
        await _server.Services.GetRequiredService<RefusalBook>().FlushAsync(default);
        var rows = await _server.ReadAsync(db => db.Refusals.Where(r => project == null || r.ProjectId == project).ToListAsync());
        var events = _server.Services.GetRequiredService<RefusalBook>().Latest.Of(rows.Count == 0 ? "" : rows[0].ProjectId);
        return System.Text.Json.JsonSerializer.Serialize(rows) + string.Join('\n', events);
    }
}
