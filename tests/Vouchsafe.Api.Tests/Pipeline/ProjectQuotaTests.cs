using System.Text;
using System.Text.Json;
using Vouchsafe.Api.Tests.Management;

namespace Vouchsafe.Api.Tests.Pipeline;

/// <summary>Private calls per minute: exact, of one project, said on every answer.</summary>
public sealed class ProjectQuotaTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private readonly TestServer _server = shared.Server;

    public static TheoryData<string, string, string?, int> EveryKindOfAnswer => new()
    {
        { "GET", "/v1/vouchers", null, 200 },
        { "POST", "/v1/customers", "{}", 200 },
        { "POST", "/v1/vouchers", "{", 400 },
        { "GET", "/v1/vouchers?limit=x", null, 400 },
        { "GET", "/v1/vouchers/NONE", null, 404 },
        { "GET", "/v1/no-such-thing", null, 404 },
        { "PATCH", "/v1/vouchers", "{}", 405 },
        { "POST", "/v1/vouchers", "<xml/>", 415 },
        { "POST", "/v1/vouchers", "large", 413 },
        { "GET", "/v1/probe/fails", null, 500 },
        { "GET", "/v1/probe/database", null, 503 },
        { "POST", "/v1/oauth/introspect", null, 400 },
    };

    [Theory]
    [MemberData(nameof(EveryKindOfAnswer))]
    public async Task WithoutALimit_EveryAnswerSaysSo(string method, string path, string? body, int status)
    {
        using var answer = await SendAsync(_server.Private(), method, path, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("1000000000", Header(answer, "X-Rate-Limit-Limit"));
        Assert.Equal("1000000000", Header(answer, "X-Rate-Limit-Remaining"));
        Assert.Equal("api_calls", Header(answer, "X-Rate-Limit-Type"));
        Assert.InRange(long.Parse(Header(answer, "X-Rate-Limit-Retry")), _server.Clock.GetUtcNow().ToUnixTimeSeconds() - 5, _server.Clock.GetUtcNow().ToUnixTimeSeconds() + 1);
    }

    [Theory]
    [MemberData(nameof(EveryKindOfAnswer))]
    public async Task WithALimit_EveryAnswerIsCountedAndSaysWhatIsLeft(string method, string path, string? body, int status)
    {
        var project = await ProjectAsync(_server, 10);
        using var answer = await SendAsync(_server.ServerOf(project), method, path, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(("10", "9", "api_calls"), (Header(answer, "X-Rate-Limit-Limit"), Header(answer, "X-Rate-Limit-Remaining"), Header(answer, "X-Rate-Limit-Type")));
        using var next = await _server.ServerOf(project).GetAsync("/v1/vouchers");
        Assert.Equal("8", Header(next, "X-Rate-Limit-Remaining"));
    }

    [Fact]
    public async Task PastTheLimit_Is429InTheErrorShape_AndWaitingAsLongAsItSaysIsEnough()
    {
        await using var server = await TestServer.StartAsync();
        server.Clock.Stop();
        var project = await ProjectAsync(server, 3);
        var shop = server.ServerOf(project);
        Assert.Equal("2", await RemainingAsync(shop));
        server.Clock.Advance(TimeSpan.FromSeconds(10.5));
        Assert.Equal("1", await RemainingAsync(shop));
        Assert.Equal("0", await RemainingAsync(shop));

        for (var i = 0; i < 5; i++)
        {
            // Refusals do not extend the wait.
            using var refused = await shop.PostAsync("/v1/customers", new StringContent("""{"source_id":"refused"}""", Encoding.UTF8, "application/json"));
            var body = await TestServer.JsonAsync(refused);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal((429, "too_many_requests"), (body.GetProperty("code").GetInt32(), body.GetProperty("key").GetString()));
            Assert.StartsWith("v-", body.GetProperty("request_id").GetString());
            Assert.Equal(("3", "0", "api_calls"), (Header(refused, "X-Rate-Limit-Limit"), Header(refused, "X-Rate-Limit-Remaining"), Header(refused, "X-Rate-Limit-Type")));
            Assert.Equal("50", Header(refused, "Retry-After")); // 49.5 s, rounded up
            Assert.True(long.Parse(Header(refused, "X-Rate-Limit-Retry")) >= server.Clock.GetUtcNow().ToUnixTimeSeconds() + 49);
        }

        server.Clock.Advance(TimeSpan.FromSeconds(49.4));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.GetAsync("/v1/vouchers")).StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(0.6));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetAsync("/v1/customers/refused")).StatusCode);
    }

    [Fact]
    public async Task Limit_IsTheProjects_NotTheKeys_AndLeavesOthersAlone()
    {
        var (project, other) = (await ProjectAsync(_server, 2), await _server.CreateProjectAsync());
        var second = (await _server.Management().PostAsync(ManagementCalls.Path(project) + "/keys", new { name = "Second", kind = "server_side" })).Ok();
        Assert.Equal("1", await RemainingAsync(_server.ServerOf(project)));
        Assert.Equal("0", await RemainingAsync(_server.ServerWith(second.Text("id")!, second.Text("secret")!)));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _server.ServerOf(project).AskTokenAsync("api")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.ServerOf(other).GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.PageOf(project, TestServer.Origin).GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.Management().GetAsync(ManagementCalls.Path(project))).StatusCode);
    }

    [Fact]
    public async Task Limit_HoldsForManyAtOnce_Exactly()
    {
        var project = await ProjectAsync(_server, 25);
        var shop = _server.ServerOf(project);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => shop.GetAsync("/v1/probe")));
        Assert.Equal(25, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(75, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Limit_ChangedInBetween_IsInForceAtOnce_AndForgetsNoCall()
    {
        var project = await ProjectAsync(_server, 3);
        var shop = _server.ServerOf(project);
        for (var i = 0; i < 3; i++) await RemainingAsync(shop);
        (await _server.Management().PutAsync(ManagementCalls.Path(project), new { server_requests_per_minute = 4 })).Ok();
        Assert.Equal("0", await RemainingAsync(shop));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.GetAsync("/v1/vouchers")).StatusCode);
        (await _server.Management().PutAsync(ManagementCalls.Path(project), new { server_requests_per_minute = 2 })).Ok();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.GetAsync("/v1/vouchers")).StatusCode);
        (await _server.Management().PutAsync(ManagementCalls.Path(project), new { server_requests_per_minute = (int?)null })).Ok();
        Assert.Equal("1000000000", await RemainingAsync(shop));
    }

    [Fact]
    public async Task ServersDefault_HoldsForProjectsThatSayNothing_AndZeroLiftsIt()
    {
        await using var server = await TestServer.StartAsync([("Limits:Server:RequestsPerMinute", "2")]);
        var project = await server.CreateProjectAsync();
        var shop = server.ServerOf(project);
        Assert.Equal("1", await RemainingAsync(shop));
        Assert.Equal("0", await RemainingAsync(shop));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.GetAsync("/v1/vouchers")).StatusCode);
        (await server.Management().PutAsync(ManagementCalls.Path(project), new { server_requests_per_minute = 0 })).Ok();
        Assert.Equal("1000000000", await RemainingAsync(shop));
        (await server.Management().PutAsync(ManagementCalls.Path(project), new { server_requests_per_minute = 4 })).Ok();
        Assert.Equal("1", await RemainingAsync(shop)); // the two from before the limit was lifted are still in the window
    }

    [Fact]
    public async Task ForbiddenCall_IsCountedToo()
    {
        var project = await ProjectAsync(_server, 5);
        var key = (await _server.Management().PostAsync(ManagementCalls.Path(project) + "/keys", new { name = "Narrow", kind = "server_side", scopes = new[] { "customers" } })).Ok();
        using var answer = await _server.ServerWith(key.Text("id")!, key.Text("secret")!).GetAsync("/v1/vouchers");
        Assert.Equal((HttpStatusCode.Forbidden, "4"), (answer.StatusCode, Header(answer, "X-Rate-Limit-Remaining")));
    }

    private static Task<JsonElement> ProjectAsync(TestServer server, int perMinute) => server.CreateProjectAsync(new
    {
        name = "Limited", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "shop.example" },
        server_requests_per_minute = perMinute,
    });

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body == "large" ? new string(' ', 1024 * 1024 + 1) : body, Encoding.UTF8, body[0] == '<' ? "text/xml" : "application/json");
        return await client.SendAsync(request);
    }

    private static async Task<string> RemainingAsync(HttpClient shop)
    {
        using var answer = await shop.GetAsync("/v1/vouchers");
        Assert.True(answer.StatusCode == HttpStatusCode.OK, answer.StatusCode.ToString());
        return Header(answer, "X-Rate-Limit-Remaining");
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : throw new InvalidOperationException($"There is no {name} on a {(int)answer.StatusCode}.");
}
