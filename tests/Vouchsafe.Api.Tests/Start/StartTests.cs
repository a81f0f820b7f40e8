using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Tests.Start;

/// <summary>What the server does not start with, and what it keeps from one start to the next.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("0.0.0.0/1")]
    [InlineData("::ffff:0:0/96")]
    [InlineData("127.0.0.1, 0.0.0.0/0")]
    [InlineData("*")]
    [InlineData("everyone")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.1/8")]
    public async Task ASettingThatWouldTrustEveryone_OrCannotBeRead_KeepsTheServerFromStarting(string proxies)
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => TestServer.StartAsync([("Network:TrustedProxies", proxies)]));
        Assert.StartsWith("Network:TrustedProxies: ", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    public async Task AnEmptyListOfProxies_TrustsNobody(string proxies)
    {
        await using var server = await TestServer.StartAsync([("Network:TrustedProxies", proxies)], map: new Probe().Map);
        using var client = server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.5");
        Assert.Equal("127.0.0.1", (await TestServer.JsonAsync(await client.GetAsync("/client/v1/probe"))).GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("Limits:Client:Requests", "0")]
    [InlineData("Limits:Client:Requests", "-1")]
    [InlineData("Limits:Client:Requests", "many")]
    [InlineData("Limits:Client:WindowSeconds", "0")]
    [InlineData("Limits:Client:WindowSeconds", "1.5")]
    [InlineData("Limits:WrongCodes:PerHour", "no")]
    [InlineData("Metrics:Public", "maybe")]
    [InlineData("Redis:PatienceMilliseconds", "0")]
    public async Task ALimitWithATypingError_KeepsTheServerFromStarting(string name, string value)
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => TestServer.StartAsync([(name, value)]));
        Assert.StartsWith(name, error.Message);
    }

    [Fact]
    public async Task EveryHandler_CanBeBound()
    {
        await using var server = await TestServer.StartAsync();
        var handlers = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.SelectMany(e => e.Metadata.OfType<LateHandler>()).ToList();
        Assert.True(handlers.Count > 200);
        Assert.All(handlers, handler => handler.Make());
    }

    public static TheoryData<string, string> Holes => new()
    {
        { "/client/v1/hole", "" },
        { "/v1/hole", "" },
        { "/hole", "" },
        { "/client/v1/hole", "Client hole " },
        { "/v1/hole", "Private hole " },
        { "/v1/hole", "Open hole " },
        { "/client/v1/hole", "Private hole vouchers" },
        { "/v1/hole", "Client hole client_validate" },
        { "/client/v1/hole", "Client hole vouchers" },
        { "/v1/hole", "Private hole client_validate" },
        { "/v1/hole", "Private hole no-such-scope" },
        { "/v1/hole", "Private - vouchers" },
    };

    [Theory]
    [MemberData(nameof(Holes))]
    public async Task AnEndpointWithoutItsPlaceInTheAccessPolicy_KeepsTheServerFromStarting(string path, string operation)
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => TestServer.StartAsync(map: app =>
        {
            var endpoint = app.MapGet(path, () => Results.Ok());
            if (operation.Split(' ') is [var channel, var id, var scope]) endpoint.WithMetadata(new Operation(Enum.Parse<Channel>(channel), id == "-" ? "" : id, scope == "" ? null : scope));
        }));
        Assert.Contains("hole", error.Message);
    }

    [Fact]
    public async Task TwoEndpointsWithOneOperationId_KeepTheServerFromStarting()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => TestServer.StartAsync(map: app =>
        {
            var routes = new ChannelRoutes(app, Channel.Private);
            routes.Get("/hole/one", () => Results.Ok(), "twice-named", "vouchers");
            routes.Post("/hole/two", () => Results.Ok(), "twice-named", "vouchers");
        }));
        Assert.Contains("twice-named", error.Message);
    }

    [Fact]
    public async Task AStart_WarnsOfNothing()
    {
        var logs = new LogCapture();
        await using (var server = await TestServer.StartAsync(configure: services => services.AddLogging(b => b.AddProvider(logs))))
        {
            foreach (var path in new[] { "/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/docs" }) (await server.With().GetAsync(path)).Dispose();
            (await server.Client().GetAsync("/client/v1/validate?code=WELCOME-10&amount=1000")).Dispose();
        }
        Assert.Empty(logs.At(LogLevel.Warning));
    }

    [Fact]
    public async Task ASecondStart_KeepsKeysAndData_AndMakesNothingNew()
    {
        var directory = Directory.CreateTempSubdirectory("vouchsafe-start-");
        try
        {
            string first;
            await using (var server = await TestServer.StartAsync(directory: directory.FullName))
            {
                using var made = await server.Private().PostAsJsonAsync("/v1/vouchers/KEPT-1", new { type = "GIFT_VOUCHER", gift = new { amount = 500 } });
                Assert.Equal(HttpStatusCode.OK, made.StatusCode);
                using var used = await server.Client().PostAsJsonAsync("/client/v1/redeem?code=KEPT-1", new { order = new { amount = 200 } });
                Assert.Equal(HttpStatusCode.OK, used.StatusCode);
                first = await Footprint.OfAsync(server);
            }
            await using (var server = await TestServer.StartAsync([("Bootstrap:ApplicationToken", "another-token-that-comes-too-late")], directory: directory.FullName))
            {
                // As long as nobody is a member, each start prints a link of its own for becoming the first.
                Assert.Equal(first, (await Footprint.OfAsync(server)).Replace("one_time_links: 2", "one_time_links: 1", StringComparison.Ordinal));
                var kept = await TestServer.JsonAsync(await server.Private().GetAsync("/v1/vouchers/KEPT-1"));
                Assert.Equal(300, kept.GetProperty("gift").GetProperty("balance").GetInt64());
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }
}
