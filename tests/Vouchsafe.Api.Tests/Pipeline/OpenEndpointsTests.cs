using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Tests.Pipeline;

/// <summary>Health, metrics and the API's description, and the headers that every answer has.</summary>
public sealed class OpenEndpointsTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Live_And_Ready_SayYes_AndNothingElse()
    {
        Assert.Equal("""{"status":"live"}""", await _server.With().GetStringAsync("/health/live"));
        Assert.Equal("""{"status":"ready"}""", await _server.With().GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_Is503_WhileTheDatabaseIsGone_AndLiveGoesOn()
    {
        await using var server = await TestServer.StartAsync();
        await server.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE projects RENAME TO projects_gone"));
        using var gone = await server.With().GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, gone.StatusCode);
        Assert.Equal("""{"status":"unavailable"}""", await gone.Content.ReadAsStringAsync());
        Assert.Equal("""{"status":"live"}""", await server.With().GetStringAsync("/health/live"));
        await server.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE projects_gone RENAME TO projects"));
        Assert.Equal("""{"status":"ready"}""", await server.With().GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Metrics_AreThereForPrometheus_WithoutKeysAndCodes()
    {
        await using var server = await TestServer.StartAsync([("Limits:Client:Requests", "5")]);
        server.Clock.Stop(); // all within one window, however slow
        for (var i = 0; i < 6; i++) (await server.Client().GetAsync("/client/v1/validate?code=METRIC-CODE-1")).Dispose();
        (await server.With().GetAsync("/v1/vouchers")).Dispose();
        (await server.Client("https://evil.example").GetAsync("/client/v1/validate?code=X")).Dispose();
        var text = await server.With().GetStringAsync("/metrics");
        Assert.Matches("(?m)^vouchsafe_client_refused_total\\S* [2-9]", text);
        Assert.Matches("(?m)^vouchsafe_authentication_failed_total\\S* 1", text);
        Assert.Contains("http_server_request_duration_seconds", text);
        foreach (var secret in new[] { "METRIC-CODE", TestServer.ClientToken, TestServer.ClientId }) Assert.DoesNotContain(secret, text);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData("true", HttpStatusCode.OK)]
    public async Task Metrics_ForStrangers_AreNotThere_UnlessTheOperatorSaysSo(string? isPublic, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync([("Network:TrustedProxies", "127.0.0.1"), ("Metrics:Public", isPublic)]);
        using var answer = await server.With(("X-Forwarded-For", "203.0.113.9")).GetAsync("/metrics");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task TheDescription_ListsEveryOperation_WithItsIdAndTheCredentialsOfItsChannel()
    {
        var document = JsonDocument.Parse(await _server.With().GetStringAsync("/openapi/v1.json")).RootElement;
        var paths = document.GetProperty("paths");
        var missing = new List<string>();
        foreach (var (endpoint, operation) in Operations())
        {
            var path = "/" + Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), ":[^}]+}", "}");
            var verb = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant();
            if (!paths.TryGetProperty(path, out var item) || !item.TryGetProperty(verb, out var described))
            {
                missing.Add($"{verb} {path}");
                continue;
            }
            Assert.Equal(operation.Id, described.GetProperty("operationId").GetString());
            var row = ChannelTable.Row(operation.Channel);
            var names = described.GetProperty("security").EnumerateArray().Single().EnumerateObject().Select(p => p.Name);
            Assert.Equal([row.IdHeader, row.SecretHeader], names);
        }
        Assert.Empty(missing);
        Assert.Equal(paths.EnumerateObject().Sum(p => p.Value.EnumerateObject().Count(m => m.Name is "get" or "post" or "put" or "delete")), Operations().Count());
    }

    [Fact]
    public async Task OperationIds_AreUnique() =>
        await Task.Run(() => Assert.Empty(Operations().GroupBy(o => o.Operation.Id).Where(g => g.Count() > 1).Select(g => g.Key)));

    [Fact]
    public async Task TheDocsPage_NeedsNoOtherHost()
    {
        using var answer = await _server.With().GetAsync("/docs/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotMatch("(src|href)\\s*=\\s*[\"'](https?:)?//", page);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy);
        Assert.DoesNotContain("http", policy);
        foreach (var script in Regex.Matches(page, "src=\"([^\"]+)\"").Select(m => m.Groups[1].Value))
        {
            using var file = await _server.With().GetAsync(new Uri(new Uri(_server.Address + "/docs/"), script));
            Assert.True(file.IsSuccessStatusCode, script);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/v1/vouchers")]
    [InlineData("/client/v1/validate?code=X")]
    [InlineData("/no-such-thing")]
    [InlineData("/client/v1/probe/fails")]
    public async Task EveryAnswer_IsNotCached_NotSniffed_NotFramed_AndNamesNoServer(string path)
    {
        using var answer = await _server.Client().GetAsync(path);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    private IEnumerable<(RouteEndpoint Endpoint, Operation Operation)> Operations() =>
        from endpoint in _server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Distinct()
        let operation = endpoint.Metadata.GetMetadata<Operation>()
        where operation is not null && operation.Channel is not (Channel.Open or Channel.Dashboard)
        select (endpoint, operation);
}
