using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Vouchsafe.Api.Tests.Pipeline.Limits;

/// <summary>The limit under requests that come at the same moment.</summary>
public sealed class ClientLimitLoadTests
{
    private const int AtOnce = 100;

    [Fact]
    public async Task HundredAtOnce_ManyRounds_ExactlyFivePassInEach()
    {
        await using var server = await TestServer.StartAsync([("Limits:Client:Requests", null), ("Network:TrustedProxies", "127.0.0.1")], map: new Probe().Map);
        server.Clock.Stop();
        using var client = server.Client();
        for (var round = 0; round < 50; round++)
        {
            // Alternately a new address, and the same one after its window.
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            var address = $"10.78.0.{round / 2}";
            Assert.Equal(5, await PassedAsync(client, address, HttpVersion.Version11));
        }
    }

    [Fact]
    public async Task HundredHttp2StreamsOnOneConnection_FivePass()
    {
        await using var server = await TestServer.StartAsync(
            [("Limits:Client:Requests", null)],
            configure: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2)),
            map: new Probe().Map);
        server.Clock.Stop();
        var connections = 0;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = false,
            ConnectCallback = async (context, ct) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port, ct);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new Uri(server.Address) };
        foreach (var (name, value) in new[] { ("X-Client-Application-Id", TestServer.ClientId), ("X-Client-Token", TestServer.ClientToken), ("Origin", TestServer.Origin) })
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        Assert.Equal(5, await PassedAsync(client, "10.79.0.1", HttpVersion.Version20));
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task AnHttp2RequestWithoutABody_IsReadAsAnEmptyObject_LikeOneOverHttp1()
    {
        await using var server = await TestServer.StartAsync(
            configure: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2)), map: new Probe().Map);
        using var client = server.Client();
        var request = new HttpRequestMessage(HttpMethod.Post, "/client/v1/probe") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<int> PassedAsync(HttpClient client, string address, Version version)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/client/v1/probe") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }));
        Assert.All(statuses, s => Assert.True(s is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, s.ToString()));
        return statuses.Count(s => s == HttpStatusCode.OK);
    }
}
