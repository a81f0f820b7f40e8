namespace Vouchsafe.Api.Tests.Pipeline.Limits;

/// <summary>Which requests count as one client, seen from outside: who shares a bucket.</summary>
public sealed class ClientAddressTests(LimitedServer shared) : IClassFixture<LimitedServer>
{
    private readonly TestServer _server = shared.Server;

    /// <summary>Sends requests with these forwarded lines; returns the status of the last one.</summary>
    private async Task<int> AskAsync(int times, params string[] forwardedLines)
    {
        var status = 0;
        for (var i = 0; i < times; i++)
            status = (await RawHttp.SendAsync(_server,
                ["GET /client/v1/probe HTTP/1.1", $"X-Client-Application-Id: {TestServer.ClientId}", $"X-Client-Token: {TestServer.ClientToken}", $"Origin: {TestServer.Origin}", .. forwardedLines])).Status;
        return status;
    }

    private async Task<string> AddressSeenAsync(params string[] lines)
    {
        _server.Clock.Advance(TimeSpan.FromSeconds(5));
        var answer = await RawHttp.SendAsync(_server,
            ["GET /client/v1/probe HTTP/1.1", $"X-Client-Application-Id: {TestServer.ClientId}", $"X-Client-Token: {TestServer.ClientToken}", $"Origin: {TestServer.Origin}", .. lines]);
        Assert.Equal(200, answer.Status);
        return System.Text.Json.JsonDocument.Parse(answer.Body).RootElement.GetProperty("address").GetString()!;
    }

    [Theory]
    [InlineData("203.0.113.7", "X-Forwarded-For: 198.51.100.1, 203.0.113.7")] // spoofed, real
    [InlineData("203.0.113.7", "X-Forwarded-For: 203.0.113.7, 127.0.0.1")] // through the proxy twice
    [InlineData("203.0.113.7", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.7")] // two lines are joined
    [InlineData("203.0.113.7", "X-Forwarded-For: 198.51.100.1, 203.0.113.7", "X-Forwarded-For: 127.0.0.1")]
    [InlineData("203.0.113.7", "X-Forwarded-For: garbage, 203.0.113.7")]
    [InlineData("203.0.113.7", "X-Forwarded-For: 203.0.113.7:5678")]
    [InlineData("203.0.113.7", "X-Forwarded-For: ::ffff:203.0.113.7")]
    [InlineData("203.0.113.7", "X-Forwarded-For: ::ffff:cb00:7107")]
    [InlineData("203.0.113.7", "X-Forwarded-For: [::ffff:203.0.113.7]:5678")]
    [InlineData("8.8.8.8", "X-Forwarded-For: 64:ff9b::808:808")] // NAT64
    [InlineData("8.8.8.8", "X-Forwarded-For: 64:ff9b::8.8.8.8")]
    [InlineData("fe80::1", "X-Forwarded-For: fe80::1%1")]
    [InlineData("fe80::1", "X-Forwarded-For: [fe80::1%25eth0]:80")]
    [InlineData("2001:db8::1", "X-Forwarded-For: 2001:DB8:0:0::1")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, garbage")] // the peer; never further left
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, 016.1.1.1")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, 134744072")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, 0x7f.1")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, unknown")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, ")]
    [InlineData("127.0.0.1", "X-Forwarded-For: 198.51.100.1, garbage, 127.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1", "X-Real-IP: 198.51.100.1")]
    [InlineData("127.0.0.1", "Forwarded: for=198.51.100.1")]
    [InlineData("127.0.0.1", "CF-Connecting-IP: 198.51.100.1")]
    [InlineData("127.0.0.1", "True-Client-IP: 198.51.100.1", "X-Client-IP: 198.51.100.1", "X-Original-Forwarded-For: 198.51.100.1")]
    public async Task BehindATrustedProxy_TheClient_IsTheRightmostStranger(string expected, params string[] lines) =>
        Assert.Equal(expected, await AddressSeenAsync(lines));

    [Theory]
    [InlineData("1.2.3.4:5678", "1.2.3.4:5679")]
    [InlineData("1.2.3.5", "::ffff:1.2.3.5")]
    [InlineData("1.2.3.6", "::ffff:102:306")]
    [InlineData("64:ff9b::808:407", "8.8.4.7")]
    [InlineData("2001:db8:7:7::1", "2001:db8:7:7:ffff::9")] // one /64
    [InlineData("fe80::77:1%1", "fe80::77:1%2")]
    public async Task TwoWritingsOfOneClient_ShareABucket(string one, string other)
    {
        Assert.Equal(200, await AskAsync(3, $"X-Forwarded-For: {one}"));
        Assert.Equal(200, await AskAsync(2, $"X-Forwarded-For: {other}"));
        Assert.Equal(429, await AskAsync(1, $"X-Forwarded-For: {one}"));
        Assert.Equal(429, await AskAsync(1, $"X-Forwarded-For: {other}"));
    }

    [Fact]
    public async Task OneSlash56_HasFourTimesTheLimit()
    {
        for (var i = 0; i < 4; i++) Assert.Equal(200, await AskAsync(5, $"X-Forwarded-For: 2001:db8:56:{i:x}::1"));
        Assert.Equal(429, await AskAsync(1, "X-Forwarded-For: 2001:db8:56:ff::1"));
        Assert.Equal(200, await AskAsync(1, "X-Forwarded-For: 2001:db8:56:100::1")); // the next /56 of the same /48
    }

    [Fact]
    public async Task OneSlash48_HasSixteenTimesTheLimit()
    {
        for (var i = 0; i < 16; i++) Assert.Equal(200, await AskAsync(5, $"X-Forwarded-For: 2001:db8:48:{i << 8:x}::1"));
        Assert.Equal(429, await AskAsync(1, "X-Forwarded-For: 2001:db8:48:ff00::1"));
        Assert.Equal(200, await AskAsync(1, "X-Forwarded-For: 2001:db8:49::1"));
    }

    [Fact]
    public async Task AVictimWhoseAddressIsClaimedLeftOfTheRealOne_LosesNothing()
    {
        const string Victim = "192.0.2.200";
        Assert.Equal(429, await AskAsync(8, $"X-Forwarded-For: {Victim}, 192.0.2.66"));
        Assert.Equal(200, await AskAsync(5, $"X-Forwarded-For: {Victim}"));
    }
}

/// <summary>The same with no proxy trusted: what a client says of its own address is air.</summary>
public sealed class UntrustedPeerTests : IAsyncLifetime
{
    private TestServer? _server;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync([("Limits:Client:Requests", null), ("Network:TrustedProxies", "127.0.0.9")], map: new Probe().Map);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    [Fact]
    public async Task APeerThatRotatesForwardedAddressesAThousandTimes_HasOneBucket_AndTakesNothingFromItsVictims()
    {
        _server!.Clock.Stop();
        using var client = _server.Client();
        var passed = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/client/v1/probe");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"203.0.{i >> 8}.{i & 255}");
            request.Headers.TryAddWithoutValidation(i % 2 == 0 ? "X-Real-IP" : "CF-Connecting-IP", $"203.0.{i >> 8}.{i & 255}");
            using var answer = await client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.OK) passed++;
        }
        Assert.Equal(5, passed);

        // Another peer, the trusted proxy, brings a visitor whose address was claimed above.
        using var proxied = From(_server, "127.0.0.9", "203.0.0.1");
        for (var i = 0; i < 5; i++)
        {
            using var answer = await proxied.GetAsync("/client/v1/probe");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static HttpClient From(TestServer server, string peer, string forwardedFor)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, ct) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(peer), 0));
                await socket.ConnectAsync(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port, ct);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri(server.Address) };
        foreach (var (name, value) in new[] { ("X-Client-Application-Id", TestServer.ClientId), ("X-Client-Token", TestServer.ClientToken), ("Origin", TestServer.Origin), ("X-Forwarded-For", forwardedFor) })
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }
}
