using System.Globalization;

namespace Vouchsafe.Api.Tests.Pipeline.Limits;

/// <summary>5 requests in any 5 seconds, to the millisecond: the clock stands still and moves by hand.</summary>
public sealed class ClientLimitTests(LimitedServer shared) : IClassFixture<LimitedServer>
{
    private static readonly int[] FivePass = [200, 200, 200, 200, 200, 429];

    private readonly TestServer _server = shared.Server;

    private void Wait(double seconds) => _server.Clock.Advance(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task SixRequestsInHalfASecond_FivePass_TheSixthIsRefused_AndNoHandlerSeesIt()
    {
        var visitor = shared.Visitor();
        var before = shared.Probe.Calls;
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add(await visitor.StatusAsync());
            Wait(0.1);
        }
        Assert.Equal(FivePass, statuses);
        Assert.Equal(before + 5, shared.Probe.Calls);
    }

    [Fact]
    public async Task FiveLateInOneWindow_HoldTheNextOneShutToo_UntilTheirOwnFiveSecondsAreOver()
    {
        var visitor = shared.Visitor();
        Wait(4.9);
        Assert.Equal(FivePass, await visitor.StatusesAsync(6)); // t = 4.9
        Wait(0.2);
        Assert.Equal([429, 429], await visitor.StatusesAsync(2)); // t = 5.1: a fixed window would let five more in
        Wait(4.799);
        Assert.Equal(429, await visitor.StatusAsync()); // t = 9.899
        Wait(0.001);
        Assert.Equal(FivePass, await visitor.StatusesAsync(6)); // t = 9.9
    }

    [Fact]
    public async Task ASixthRequest_FiveSecondsAfterTheFirst_Passes_AndOnlyThatOne()
    {
        var visitor = shared.Visitor();
        Assert.Equal(200, await visitor.StatusAsync());
        Wait(1);
        Assert.Equal([200, 200, 200, 200, 429], await visitor.StatusesAsync(5));
        Wait(4.05);
        Assert.Equal([200, 429], await visitor.StatusesAsync(2)); // t0 + 5.05 s: one has left the window
    }

    [Fact]
    public async Task RefusedRequests_DoNotExtendTheWait()
    {
        var visitor = shared.Visitor();
        Assert.Equal(FivePass, await visitor.StatusesAsync(6));
        for (var i = 0; i < 49; i++)
        {
            Wait(0.1);
            Assert.Equal(429, await visitor.StatusAsync());
        }
        Wait(0.1);
        Assert.Equal(200, await visitor.StatusAsync());
    }

    [Fact]
    public async Task AClientThatWaitsAsLongAsRetryAfterSays_GetsThrough_HundredTimesOutOfHundred()
    {
        var visitor = shared.Visitor();
        var waits = 0;
        for (var i = 0; waits < 100; i++)
        {
            Wait(i % 7 * 0.137);
            using var answer = await visitor.AskAsync();
            if (answer.StatusCode == HttpStatusCode.OK) continue;
            Wait(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture));
            Assert.Equal(200, await visitor.StatusAsync());
            waits++;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task AWallClockThatIsSetAnHourOff_ChangesNothing(int hours)
    {
        var visitor = shared.Visitor();
        try
        {
            Assert.Equal(FivePass, await visitor.StatusesAsync(6));
            _server.Clock.SetWallClock(TimeSpan.FromHours(hours));
            Assert.Equal(429, await visitor.StatusAsync());
            Wait(4.999);
            Assert.Equal(429, await visitor.StatusAsync());
            Wait(0.001);
            Assert.Equal(FivePass, await visitor.StatusesAsync(6));
        }
        finally
        {
            _server.Clock.SetWallClock(TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task WrongAndRotatingTokens_AreCounted_BeforeAnybodyLooksThemUp()
    {
        var address = LimitedServer.NewAddress();
        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            using var client = _server.With(("X-Client-Application-Id", TestServer.ClientId), ("X-Client-Token", $"guess-{i}"), ("Origin", TestServer.Origin), ("X-Forwarded-For", address));
            using var answer = await client.GetAsync("/client/v1/probe");
            statuses.Add((int)answer.StatusCode);
        }
        Assert.Equal([401, 401, 401, 401, 401, 429, 429, 429], statuses);
        Assert.Equal(429, await shared.Visitor(address).StatusAsync()); // the right token is one of the same address
    }

    [Fact]
    public async Task ThePrivateChannel_FromTheSameAddress_IsNotUnderThisLimit()
    {
        var visitor = shared.Visitor();
        Assert.Equal(FivePass, await visitor.StatusesAsync(6));
        using var server = _server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken), ("X-Forwarded-For", visitor.Address));
        for (var i = 0; i < 20; i++)
        {
            using var answer = await server.GetAsync("/v1/probe");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET /CLIENT/v1/probe")]
    [InlineData("GET /Client/V1/Probe/")]
    [InlineData("GET /client/v1/probe/")]
    [InlineData("GET /x/%2e%2e/client/v1/probe")]
    [InlineData("GET /x/../client/v1/probe")]
    [InlineData("GET /./client/./v1/probe")]
    [InlineData("GET /%63lient/v1/probe")]
    [InlineData("GET /client/v1/no-such-thing")]
    [InlineData("GET /client/v1")]
    [InlineData("GET http://AUTHORITY/client/v1/probe")]
    [InlineData("POST /client/v1/probe")]
    [InlineData("DELETE /client/v1/probe")]
    [InlineData("HEAD /client/v1/probe")]
    [InlineData("BREW /client/v1/probe")]
    [InlineData("OPTIONS /client/v1/probe")]
    public async Task OddPathsAndVerbs_AreUnderTheSameLimit(string request)
    {
        var visitor = shared.Visitor();
        Assert.Equal(FivePass, await visitor.StatusesAsync(6));
        var answer = await SendRawAsync(request + " HTTP/1.1", visitor.Address);
        Assert.Equal(429, answer.Status);
    }

    [Theory]
    [InlineData("GET //client/v1/probe")]
    [InlineData("GET /client//v1/probe")]
    [InlineData("GET /client%2Fv1/probe")]
    [InlineData("GET /client%5Cv1/probe")]
    [InlineData("GET /client/v1%2Fprobe")]
    [InlineData("GET /;/client/v1/probe")]
    [InlineData("GET /client;x/v1/probe")]
    [InlineData("GET /v1/..%2Fclient/v1/probe")]
    [InlineData("GET /v1%2F..%2Fclient/v1/probe")]
    public async Task PathsThatAreNotOfTheChannel_ReachNothingOfIt(string request)
    {
        var before = shared.Probe.Calls;
        var answer = await SendRawAsync(request + " HTTP/1.1", LimitedServer.NewAddress());
        Assert.NotInRange(answer.Status, 200, 399);
        Assert.Equal(before, shared.Probe.Calls);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: GET")]
    [InlineData("X-HTTP-Method: OPTIONS")]
    [InlineData("X-Method-Override: OPTIONS")]
    [InlineData("X-Original-URL: /v1/probe")]
    [InlineData("X-Rewrite-URL: /v1/probe")]
    public async Task HeadersThatNameAnotherMethodOrPath_ChangeNothing(string header)
    {
        var address = LimitedServer.NewAddress();
        for (var i = 0; i < 5; i++)
            Assert.Equal(405, (await SendRawAsync("DELETE /client/v1/probe HTTP/1.1", address, header)).Status);
        Assert.Equal(429, (await SendRawAsync("DELETE /client/v1/probe HTTP/1.1", address, header)).Status);
    }

    private Task<RawAnswer> SendRawAsync(string request, string address, params string[] headers) => RawHttp.SendAsync(_server,
        [request.Replace("AUTHORITY", new Uri(_server.Address).Authority, StringComparison.Ordinal), $"X-Client-Application-Id: {TestServer.ClientId}", $"X-Client-Token: {TestServer.ClientToken}", $"Origin: {TestServer.Origin}", $"X-Forwarded-For: {address}", "Content-Length: 0", .. headers]);
}
