using System.Net.Http.Json;
using System.Text;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Pipeline.Access;

/// <summary>What a page of an allowed origin can read, and a page of a foreign one cannot.</summary>
public sealed class CrossOriginTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private const string Foreign = "https://evil.example";
    private readonly TestServer _server = shared.Server;

    private static void AssertReadableBy(string origin, HttpResponseMessage answer)
    {
        Assert.Equal([origin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], answer.Headers.GetValues("Access-Control-Allow-Credentials"));
        Assert.Equal(["Origin"], answer.Headers.GetValues("Vary"));
        var exposed = answer.Headers.GetValues("Access-Control-Expose-Headers").Single().Split(", ");
        Assert.Equal(["Retry-After", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Retry", "X-Rate-Limit-Type"], exposed[..5]);
    }

    private static void AssertReadableByNobody(HttpResponseMessage answer)
    {
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["Origin"], answer.Headers.GetValues("Vary"));
    }

    [Theory]
    [InlineData(200, "GET", "/client/v1/probe")]
    [InlineData(404, "GET", "/client/v1/no-such-thing")]
    [InlineData(404, "GET", "/client/v1/validate?code=NO-SUCH-CODE")]
    [InlineData(405, "DELETE", "/client/v1/probe")]
    [InlineData(400, "GET", "/client/v1/validate")]
    [InlineData(400, "GET", "/client/v1/validate?code=%00")]
    [InlineData(500, "GET", "/client/v1/probe/fails")]
    public async Task EveryAnswer_ForAnAllowedOrigin_CanBeReadByItsPage(int status, string method, string path)
    {
        using var answer = await _server.Client().SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, (int)answer.StatusCode);
        AssertReadableBy(TestServer.Origin, answer);
    }

    [Fact]
    public async Task A401_CanBeReadByThePage()
    {
        using var answer = await _server.With(("Origin", TestServer.Origin)).GetAsync("/client/v1/probe");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        AssertReadableBy(TestServer.Origin, answer);
    }

    [Fact]
    public async Task A403_OfAPermission_CanBeReadByThePage()
    {
        await _server.ChangeProjectAsync(p => p.ClientPermissions = ClientPermissions.None);
        using var answer = await _server.Client().PostAsJsonAsync("/client/v1/redeem?code=X", new { });
        await _server.ChangeProjectAsync(p => p.ClientPermissions = ClientPermissions.All);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        AssertReadableBy(TestServer.Origin, answer);
    }

    [Fact]
    public async Task A413_And415_CanBeReadByThePage()
    {
        using var large = await _server.Client().PostAsync("/client/v1/probe", new StringContent(new string(' ', 65 * 1024), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        AssertReadableBy(TestServer.Origin, large);
        using var strange = await _server.Client().PostAsync("/client/v1/probe", new StringContent("{}", Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, strange.StatusCode);
        AssertReadableBy(TestServer.Origin, strange);
    }

    [Fact]
    public async Task AForeignOrigin_IsNeverEchoedByAnAnswerThatHoldsData()
    {
        string[] paths = ["/client/v1/probe", "/client/v1/validate?code=WELCOME-10&amount=1000", "/client/v1/promotions/tiers", "/client/v1/vouchers", "/client/v1/consents", "/client/v1/no-such-thing"];
        foreach (var path in paths)
        {
            using var answer = await _server.Client(Foreign).GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            AssertReadableByNobody(answer);
        }
    }

    [Theory]
    [InlineData("/v1/probe")]
    [InlineData("/v1/no-such-thing")]
    [InlineData("/management/v1/projects")]
    [InlineData("/v1/oauth/token")]
    [InlineData("/health/live")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task OtherChannels_ArePagesOfNobody(string path)
    {
        using var client = _server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken), ("Origin", TestServer.Origin));
        using var answer = await client.GetAsync(path);
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        using var preflight = await PreflightAsync(path, TestServer.Origin);
        Assert.DoesNotContain(preflight.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Preflights_AreAnsweredAlike_WhateverTheOriginOrPath()
    {
        string? first = null;
        foreach (var origin in new[] { TestServer.Origin, Foreign, "null", "capacitor://localhost" })
        {
            foreach (var path in new[] { "/client/v1/probe", "/client/v1/redeem", "/client/v1/no-such-thing" })
            {
                using var answer = await PreflightAsync(path, origin);
                Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
                Assert.Equal([origin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
                var rest = string.Join('\n', answer.Headers.Where(h => h.Key is not ("Access-Control-Allow-Origin" or "Date")).Select(h => $"{h.Key}: {string.Join(",", h.Value)}"));
                Assert.Equal(first ??= rest, rest);
            }
        }
        Assert.Contains("Access-Control-Allow-Methods: GET, POST, PUT", first);
        Assert.Contains("Access-Control-Allow-Headers: x-client-application-id,x-client-token,x-voucherify-channel", first);
        Assert.Contains("Access-Control-Allow-Credentials: true", first);
        Assert.Contains("Access-Control-Max-Age: 7200", first);
    }

    [Fact]
    public async Task APreflightThatAsksForOddHeaders_IsToldTheUsualOnes()
    {
        var answer = await RawHttp.SendAsync(_server, "OPTIONS /client/v1/probe HTTP/1.1", $"Origin: {TestServer.Origin}", "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: <script>, x\"y");
        Assert.Equal(204, answer.Status);
        Assert.Equal("Content-Type, Authorization, X-Client-Application-Id, X-Client-Token, X-Voucherify-Channel", answer["Access-Control-Allow-Headers"]);
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example")] // two lines
    [InlineData("https://shop.example, https://evil.example")]
    [InlineData("https://shop.example https://evil.example")]
    public async Task SeveralOrigins_AreNotEchoed(params string[] origins)
    {
        var answer = await RawHttp.SendAsync(_server, ["GET /client/v1/probe HTTP/1.1", $"X-Client-Application-Id: {TestServer.ClientId}", $"X-Client-Token: {TestServer.ClientToken}", .. origins.Select(o => "Origin: " + o)]);
        Assert.Equal(403, answer.Status);
        Assert.Null(answer["Access-Control-Allow-Origin"]);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string path, string origin)
    {
        using var client = _server.With(("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-client-application-id,x-client-token,x-voucherify-channel"));
        return await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));
    }
}
