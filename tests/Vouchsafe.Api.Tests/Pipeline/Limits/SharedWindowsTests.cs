using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline.Limits;

namespace Vouchsafe.Api.Tests.Pipeline.Limits;

/// <summary>Several nodes over one Redis: one limit. Without it: each node's own, and nobody notices.</summary>
public sealed class SharedWindowsTests : IAsyncLifetime
{
    private const int Limit = 5;
    private static int _addresses;
    private RedisServer _redis = null!;
    private readonly List<TestServer> _nodes = [];
    private readonly List<HttpClient> _clients = [];

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var node in _nodes) await node.DisposeAsync();
        await _redis.DisposeAsync();
    }

    // A window that no test outlasts, and patience that a busy machine cannot use up: what is tested here is the arithmetic.
    private async Task StartNodesAsync(int count, int windowSeconds = 3_600, int limit = Limit, int patience = 30_000)
    {
        for (var i = 0; i < count; i++)
        {
            var node = await TestServer.StartAsync(
                [("Limits:Client:Requests", $"{limit}"), ("Limits:Client:WindowSeconds", $"{windowSeconds}"), ("Network:TrustedProxies", "127.0.0.1"), ("Limits:WrongCodes:PerHour", "20"),
                    ("Redis:ConnectionString", _redis.ConnectionString), ("Redis:PatienceMilliseconds", $"{patience}")],
                map: new Probe().Map);
            _nodes.Add(node);
            _clients.Add(node.Client());
        }
        await UntilAsync(up: true);
    }

    private static string NewAddress() => $"10.80.{Interlocked.Increment(ref _addresses) >> 8}.{_addresses & 255}";

    private async Task UntilAsync(bool up)
    {
        foreach (var node in _nodes)
            for (var i = 0; node.Services.GetRequiredService<SharedWindows>().IsUp != up; i++)
            {
                Assert.True(i < 600, "The node did not notice.");
                await Task.Delay(100);
            }
    }

    private async Task<int> AskAsync(int node, string address, string path = "/client/v1/probe")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        using var answer = await _clients[node].SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task<int> PassedAtOnceAsync(int requests, string address)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, requests).Select(i => AskAsync(i % _nodes.Count, address)));
        Assert.All(statuses, s => Assert.True(s is 200 or 429, $"{s}"));
        return statuses.Count(s => s == 200);
    }

    [Fact]
    public async Task HundredAtOnceOverFourNodes_ManyRounds_ExactlyFivePassInEach()
    {
        await StartNodesAsync(4);
        for (var round = 0; round < 25; round++) Assert.Equal(Limit, await PassedAtOnceAsync(100, NewAddress()));
    }

    [Fact]
    public async Task IPv6Networks_AreCappedOverAllNodes()
    {
        await StartNodesAsync(2);
        for (var i = 0; i < 16; i++) Assert.Equal(Limit, await PassedAtOnceAsync(10, $"2001:db8:80:{i << 8:x}::1"));
        Assert.Equal(0, await PassedAtOnceAsync(4, "2001:db8:80:ff00::1"));
        for (var i = 0; i < 4; i++) Assert.Equal(Limit, await PassedAtOnceAsync(10, $"2001:db8:81:{i:x}::1"));
        Assert.Equal(0, await PassedAtOnceAsync(4, "2001:db8:81:ff::1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ANodeWhoseClockIsAnHourOff_CountsLikeTheOthers(int hours)
    {
        await StartNodesAsync(2, windowSeconds: 60);
        _nodes[1].Clock.SetWallClock(TimeSpan.FromHours(hours));
        if (hours > 0) _nodes[1].Clock.Advance(TimeSpan.FromHours(hours)); // the monotonic clocks of two machines have nothing in common
        Assert.Equal(Limit, await PassedAtOnceAsync(20, NewAddress()));
    }

    [Fact]
    public async Task ARefusal_SaysTheSameOnEveryNode_AndUsesNothingUp()
    {
        await StartNodesAsync(2);
        var address = NewAddress();
        for (var i = 0; i < Limit; i++) Assert.Equal(200, await AskAsync(0, address));
        for (var i = 0; i < 20; i++) Assert.Equal(429, await AskAsync(1, address));
        var request = new HttpRequestMessage(HttpMethod.Get, "/client/v1/probe");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        using var refused = await _clients[1].SendAsync(request);
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single()), 3_000, 3_600);
        Assert.Equal("0", refused.Headers.GetValues("X-Rate-Limit-Remaining").Single());
    }

    [Fact]
    public async Task RedisKilledUnderLoad_NoRequestFails_TheLocalLimitersTakeOver_AndComeBack()
    {
        await StartNodesAsync(2);
        var spent = NewAddress();
        for (var i = 0; i < Limit; i++) Assert.Equal(200, await AskAsync(0, spent));

        using var stop = new CancellationTokenSource();
        var failures = 0;
        var passes = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var load = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var address = $"10.90.{worker}.{i / 30 & 255}";
                var status = await AskAsync(i % 2, address);
                if (status == 200) passes.AddOrUpdate(address, 1, static (_, n) => n + 1);
                else if (status != 429) Interlocked.Increment(ref failures);
            }
        })).ToArray();
        await Task.Delay(300);
        await _redis.KillAsync();
        await UntilAsync(up: false);

        // This node let the address in five times, so it knows; the other one counts for itself.
        Assert.Equal(429, await AskAsync(0, spent));
        var statuses = new List<int>();
        for (var i = 0; i < 10; i++) statuses.Add(await AskAsync(1, spent));
        Assert.Equal(Limit, statuses.Count(s => s == 200));
        Assert.InRange(await PassedAtOnceAsync(40, NewAddress()), Limit, 2 * Limit);

        await _redis.StartAgainAsync();
        await UntilAsync(up: true);
        for (var round = 0; round < 5; round++) Assert.Equal(Limit, await PassedAtOnceAsync(40, NewAddress()));
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(0, failures);
        Assert.NotEmpty(passes);
        // Redis came back empty: an address may have had its five there once more than on the nodes; never more than that.
        Assert.All(passes, p => Assert.InRange(p.Value, 1, 2 * Limit));
    }

    [Fact]
    public async Task ARedisThatHangs_HoldsRequestsUpNoLongerThanTheSetting_AndThenNoneAtAll()
    {
        await StartNodesAsync(1, patience: 200);
        await _redis.HangAsync();
        var shared = _nodes[0].Services.GetRequiredService<SharedWindows>();
        for (var i = 0; shared.IsUp; i++)
        {
            Assert.True(i < 100, "The node did not notice.");
            Assert.Equal(200, await AskAsync(0, NewAddress()));
        }
        Assert.Equal(Limit, await PassedAtOnceAsync(20, NewAddress()));
        await _redis.GoOnAsync();
        await UntilAsync(up: true);
        Assert.Equal(200, await AskAsync(0, NewAddress()));
    }

    [Fact]
    public async Task ARedisThatAnswersButCannotCount_IsAsGoodAsAway()
    {
        await StartNodesAsync(2);
        await using var admin = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString + ",allowAdmin=true");
        await admin.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        Assert.InRange(await PassedAtOnceAsync(40, NewAddress()), Limit, 2 * Limit);
        await UntilAsync(up: false);
        await Task.Delay(1_000); // several probes, which it must not pass
        foreach (var node in _nodes) Assert.False(node.Services.GetRequiredService<SharedWindows>().IsUp);
        await admin.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");
        await UntilAsync(up: true);
        Assert.Equal(Limit, await PassedAtOnceAsync(40, NewAddress()));
    }

    [Fact]
    public async Task ANodeThatStartsWithoutRedis_ServesAndJoinsLater()
    {
        await _redis.KillAsync();
        var node = await TestServer.StartAsync(
            [("Limits:Client:Requests", "5"), ("Limits:Client:WindowSeconds", "3600"), ("Redis:ConnectionString", _redis.ConnectionString + ",connectTimeout=200")], map: new Probe().Map);
        _nodes.Add(node);
        _clients.Add(node.Client());
        Assert.Equal(200, await AskAsync(0, "unused"));
        await _redis.StartAgainAsync();
        await UntilAsync(up: true);
        Assert.Equal(200, await AskAsync(0, "unused"));
    }

    [Fact]
    public async Task WrongCodes_AreAddedUpOverTheNodes()
    {
        await StartNodesAsync(2, limit: 10_000);
        var address = NewAddress();
        for (var i = 0; i < 20; i++) Assert.Equal(404, await AskAsync(i % 2, address, $"/client/v1/probe/guess/WRONG-{i}"));
        for (var node = 0; node < 2; node++)
        {
            // Each node has counted ten of twenty; with its next miss it learns of the other's.
            await AskAsync(node, address, "/client/v1/probe/guess/WRONG-MORE");
            for (var i = 0; await AskAsync(node, address, "/client/v1/probe/guess/RIGHT") != 429; i++)
            {
                Assert.True(i < 600, "The node did not learn of it.");
                await Task.Delay(100);
            }
        }
        Assert.Equal(200, await AskAsync(0, NewAddress(), "/client/v1/probe/guess/RIGHT"));
    }
}
