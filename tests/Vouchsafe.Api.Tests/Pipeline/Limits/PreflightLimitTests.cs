namespace Vouchsafe.Api.Tests.Pipeline.Limits;

/// <summary>Preflights cost nothing of the request limit, and have a cap of their own.</summary>
public sealed class PreflightLimitTests(LimitedServer shared) : IClassFixture<LimitedServer>
{
    [Fact]
    public async Task Preflights_CostNothing()
    {
        var visitor = shared.Visitor();
        for (var i = 0; i < 20; i++) Assert.Equal(204, await PreflightAsync(visitor.Address));
        Assert.Equal([200, 200, 200, 200, 200, 429], await visitor.StatusesAsync(6));
        Assert.Equal(204, await PreflightAsync(visitor.Address));
    }

    [Fact]
    public async Task Preflights_AreCappedAtFiftyInFiveSeconds_AndTheCapTouchesNoRequest()
    {
        var visitor = shared.Visitor();
        for (var i = 0; i < 50; i++) Assert.Equal(204, await PreflightAsync(visitor.Address));
        using var refused = await SendAsync(visitor.Address);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("5", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(200, await visitor.StatusAsync());
        shared.Server.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(204, await PreflightAsync(visitor.Address));
    }

    [Fact]
    public async Task AnOptionsRequestThatIsNoPreflight_IsCounted()
    {
        var address = LimitedServer.NewAddress();
        using var client = shared.Server.With(("Origin", TestServer.Origin), ("X-Forwarded-For", address));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/client/v1/probe"));
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[5]);
        Assert.All(statuses.Take(5), s => Assert.Equal(HttpStatusCode.Unauthorized, s));
    }

    private async Task<int> PreflightAsync(string address)
    {
        using var answer = await SendAsync(address);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string address)
    {
        using var client = shared.Server.With(
            ("Origin", TestServer.Origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "x-client-token"), ("X-Forwarded-For", address));
        return await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/client/v1/probe"));
    }
}
