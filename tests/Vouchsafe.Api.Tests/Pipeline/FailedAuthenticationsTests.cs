namespace Vouchsafe.Api.Tests.Pipeline;

/// <summary>The budget of failed authentications per address, on the channels that have no limit per address.</summary>
public sealed class FailedAuthenticationsTests
{
    [Theory]
    [InlineData("/v1/vouchers")]
    [InlineData("/management/v1/projects")]
    [InlineData("/v1/oauth/token")]
    [InlineData("/v1/no-such-thing")]
    public async Task PastTheBudget_FailuresAre429_AndTheSayingOfTheHeadersIsTrue(string path)
    {
        await using var server = await StartAsync();
        server.Clock.Stop();
        var stranger = server.With();
        for (var left = 4; left >= 0; left--)
        {
            using var failed = await stranger.PostAsync(path, null);
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
            Assert.Equal(("5", left.ToString(), "failed_authentications"),
                (Header(failed, "X-Rate-Limit-Limit"), Header(failed, "X-Rate-Limit-Remaining"), Header(failed, "X-Rate-Limit-Type")));
            Assert.Null(failed.Headers.RetryAfter);
        }
        for (var i = 0; i < 3; i++)
        {
            using var refused = await stranger.PostAsync(path, null);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal("too_many_requests", (await TestServer.JsonAsync(refused)).GetProperty("key").GetString());
            Assert.Equal(60, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            Assert.Equal("0", Header(refused, "X-Rate-Limit-Remaining"));
        }
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(path, null)).StatusCode);
    }

    [Fact]
    public async Task Budget_IsOnePerAddress_OverAllChannelsAndKindsOfFailure()
    {
        await using var server = await StartAsync();
        using var wrongSecret = server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", "wrong"), ("X-Forwarded-For", "203.0.113.7"));
        using var wrongId = server.With(("X-Management-Id", "x"), ("X-Management-Token", "x"), ("X-Forwarded-For", "203.0.113.7"));
        using var wrongToken = server.With(("Authorization", "Bearer x"), ("X-Forwarded-For", "203.0.113.7"));
        using var neighbour = server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", "wrong"), ("X-Forwarded-For", "203.0.113.8"));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrongSecret.GetAsync("/v1/vouchers")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrongId.GetAsync("/management/v1/projects")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrongToken.GetAsync("/v1/vouchers")).StatusCode);
        foreach (var (caller, path) in new[] { (wrongToken, "/v1/vouchers"), (wrongSecret, "/v1/vouchers"), (wrongId, "/management/v1/projects") })
            Assert.Equal(HttpStatusCode.TooManyRequests, (await caller.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await neighbour.GetAsync("/v1/vouchers")).StatusCode);
    }

    [Fact]
    public async Task ValidCredentials_FromAnAddressWithoutBudget_AreLetIn()
    {
        await using var server = await StartAsync();
        var stranger = server.With();
        for (var i = 0; i < 10; i++) await stranger.GetAsync("/v1/vouchers");
        Assert.Equal(HttpStatusCode.OK, (await server.Private().GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Management().GetAsync("/management/v1/projects")).StatusCode);
    }

    [Fact]
    public async Task ValidCredentials_UseNothingUp_AndThePublicChannelHasItsOwnLimit()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await server.Private().GetAsync("/v1/vouchers")).StatusCode);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await server.With().GetAsync("/client/v1/promotions/tiers")).StatusCode);
        using var failed = await server.With().GetAsync("/v1/vouchers");
        Assert.Equal((HttpStatusCode.Unauthorized, "4"), (failed.StatusCode, Header(failed, "X-Rate-Limit-Remaining")));
    }

    [Fact]
    public async Task Default_IsAHundredAMinute()
    {
        await using var server = await TestServer.StartAsync([("Limits:FailedAuthentications:RequestsPerMinute", null)]);
        using var failed = await server.With().GetAsync("/v1/vouchers");
        Assert.Equal("100", Header(failed, "X-Rate-Limit-Limit"));
    }

    private static Task<TestServer> StartAsync() =>
        TestServer.StartAsync([("Limits:FailedAuthentications:RequestsPerMinute", "5"), ("Network:TrustedProxies", "127.0.0.1")]);

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
