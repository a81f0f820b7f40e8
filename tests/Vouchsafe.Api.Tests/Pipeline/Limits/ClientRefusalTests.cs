using System.Globalization;

namespace Vouchsafe.Api.Tests.Pipeline.Limits;

/// <summary>The 429 of the public channel, to the byte.</summary>
public sealed class ClientRefusalTests(LimitedServer shared) : IClassFixture<LimitedServer>
{
    private const string Sentence = "API calls limit exceeded.";

    private const string Object =
        """{"type":"error","message":"XHR error happened.","context":{"readyState":4,"responseText":"API calls limit exceeded.","status":429,"statusText":"Too Many Requests"},"code":429,"key":"too_many_requests","details":"API calls limit exceeded. Wait as long as the Retry-After header says."}""";

    private const string UserAgent = "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";

    private async Task<RawAnswer> RefusalAsync(string request, params string[] headers)
    {
        var visitor = shared.Visitor();
        await visitor.StatusesAsync(5);
        var answer = await RawHttp.SendAsync(shared.Server, [request, $"Origin: {TestServer.Origin}", $"X-Forwarded-For: {visitor.Address}", "Content-Length: 0", .. headers]);
        Assert.Equal(429, answer.Status);
        return answer;
    }

    [Fact]
    public async Task ToTheBrowserClient_ItIsThePlainSentence()
    {
        var answer = await RefusalAsync("GET /client/v1/validate?code=X HTTP/1.1", UserAgent, "X-Voucherify-Channel: Voucherify.js");
        Assert.Equal(Sentence, answer.Body);
        Assert.Equal("text/plain; charset=utf-8", answer["Content-Type"]);
        Assert.Equal("Too Many Requests", answer.Reason);
    }

    [Theory]
    [InlineData]
    [InlineData(UserAgent)]
    [InlineData(UserAgent, "X-Voucherify-Channel: ClientSide-SDK")]
    [InlineData(UserAgent, "X-Voucherify-Channel: voucherify.js")]
    [InlineData(UserAgent, "X-Voucherify-Channel: Voucherify.js", "X-Voucherify-Channel: Voucherify.js")]
    [InlineData("X-Voucherify-Channel: Voucherify.js")] // no browser: a browser says who it is
    public async Task ToEverybodyElse_ItIsTheObject(params string[] headers)
    {
        var answer = await RefusalAsync("GET /client/v1/validate?code=X HTTP/1.1", headers);
        Assert.Equal(Object, answer.Body);
        Assert.Equal("application/json; charset=utf-8", answer["Content-Type"]);
        Assert.Equal("Too Many Requests", answer.Reason);
    }

    [Theory]
    [InlineData("POST /client/v1/redeem?code=X")]
    [InlineData("POST /client/v1/validations")]
    [InlineData("PUT /client/v1/customers/x/consents")]
    [InlineData("GET /client/v1/no-such-thing")]
    [InlineData("DELETE /client/v1/vouchers")]
    public async Task OnEveryPath_ItIsTheSame(string request) => Assert.Equal(Object, (await RefusalAsync(request + " HTTP/1.1")).Body);

    [Fact]
    public async Task AHeadRequest_IsRefusedWithoutABody()
    {
        var answer = await RefusalAsync("HEAD /client/v1/probe HTTP/1.1");
        Assert.Equal("", answer.Body);
    }

    [Fact]
    public async Task TheHeaders_TellEverythingThatAClientNeeds_AndPagesMayReadThem()
    {
        shared.Server.Clock.Advance(TimeSpan.FromSeconds(5));
        var visitor = shared.Visitor();
        await visitor.StatusesAsync(5);
        shared.Server.Clock.Advance(TimeSpan.FromSeconds(1.2)); // 3.8 s are left
        using var refused = await visitor.AskAsync();
        Assert.Equal("4", Of(refused, "Retry-After"));
        Assert.Equal("5", Of(refused, "X-Rate-Limit-Limit"));
        Assert.Equal("0", Of(refused, "X-Rate-Limit-Remaining"));
        Assert.Equal("api_calls", Of(refused, "X-Rate-Limit-Type"));
        Assert.Equal("\"client\";r=0;t=4", Of(refused, "RateLimit"));
        Assert.Equal("\"client\";q=5;w=5", Of(refused, "RateLimit-Policy"));
        Assert.Equal("no-store", Of(refused, "Cache-Control"));
        Assert.Equal(TestServer.Origin, Of(refused, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Of(refused, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", Of(refused, "Vary"));
        var exposed = Of(refused, "Access-Control-Expose-Headers").Split(", ");
        Assert.Superset(new HashSet<string> { "Retry-After", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Retry", "X-Rate-Limit-Type", "RateLimit", "RateLimit-Policy" }, exposed.ToHashSet());

        // At the second that X-Rate-Limit-Retry names, the window is open.
        var retryAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Of(refused, "X-Rate-Limit-Retry"), CultureInfo.InvariantCulture));
        var wait = retryAt - shared.Server.Clock.GetUtcNow();
        Assert.InRange(wait.TotalSeconds, 3.8, 5.0);
        shared.Server.Clock.Advance(wait);
        Assert.Equal(200, await visitor.StatusAsync());
    }

    [Fact]
    public async Task AnAnswerWithinTheLimit_CountsDown_AndSaysWhenThereIsMore()
    {
        var visitor = shared.Visitor();
        for (var remaining = 4; remaining >= 0; remaining--)
        {
            using var answer = await visitor.AskAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(remaining.ToString(CultureInfo.InvariantCulture), Of(answer, "X-Rate-Limit-Remaining"));
            Assert.Equal($"\"client\";r={remaining};t=5", Of(answer, "RateLimit"));
            Assert.False(answer.Headers.Contains("Retry-After"));
        }
    }

    [Fact]
    public async Task RetryAfter_IsAnIntegerOfAtLeastOne_AndNeverEarlierThanTheWindow()
    {
        var visitor = shared.Visitor();
        await visitor.StatusesAsync(5);
        for (var left = 5_000; left > 0; left -= 200)
        {
            using var refused = await visitor.AskAsync();
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            var wait = int.Parse(Of(refused, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture);
            var t = int.Parse(Of(refused, "RateLimit").Split("t=")[1], NumberStyles.None, CultureInfo.InvariantCulture);
            Assert.InRange(wait, 1, 5);
            Assert.True(wait * 1_000 >= left, $"{wait} s with {left} ms left");
            Assert.True(wait >= t);
            shared.Server.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }
        Assert.Equal(200, await visitor.StatusAsync());
    }

    private static string Of(HttpResponseMessage answer, string header) =>
        string.Join(",", answer.Headers.TryGetValues(header, out var values) ? values : answer.Content.Headers.GetValues(header));
}
