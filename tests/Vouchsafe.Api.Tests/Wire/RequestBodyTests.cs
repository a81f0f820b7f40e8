using System.Text;
using System.Text.Json;

namespace Vouchsafe.Api.Tests.Wire;

/// <summary>Bodies that are too large, of the wrong type, or no JSON: a 4xx that says what is wrong, and no effect.</summary>
public sealed class RequestBodyTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private const int ClientLimit = 64 * 1024;
    private const int ServerLimit = 1024 * 1024;
    private readonly TestServer _server = shared.Server;

    private static readonly string[] ClientHeaders =
        [$"X-Client-Application-Id: {TestServer.ClientId}", $"X-Client-Token: {TestServer.ClientToken}", $"Origin: {TestServer.Origin}", "Content-Type: application/json"];

    private static readonly string[] ServerHeaders = [$"X-App-Id: {TestServer.AppId}", $"X-App-Token: {TestServer.AppToken}", "Content-Type: application/json"];

    private static string Json(int size) => "{\"a\":\"" + new string('x', size - 8) + "\"}";

    private static string Chunked(string body, int chunk = 4_000)
    {
        var text = new StringBuilder();
        for (var i = 0; i < body.Length; i += chunk)
        {
            var part = body.AsSpan(i, Math.Min(chunk, body.Length - i));
            text.Append($"{part.Length:x}\r\n").Append(part).Append("\r\n");
        }
        return text.Append("0\r\n\r\n").ToString();
    }

    private Task<RawAnswer> PostAsync(bool client, string body, bool chunked) => RawHttp.SendWithBodyAsync(_server,
        chunked ? Chunked(body) : body,
        [client ? "POST /client/v1/probe HTTP/1.1" : "POST /v1/probe HTTP/1.1", .. client ? ClientHeaders : ServerHeaders, chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}"]);

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task ABodyOfExactlyTheLimit_IsRead_AndOneByteMore_IsA413(bool client, bool chunked)
    {
        var limit = client ? ClientLimit : ServerLimit;
        // The limit counts what is on the wire: a chunked body carries its chunks' sizes too.
        var fits = await PostAsync(client, Json(chunked ? limit * 9 / 10 : limit), chunked);
        Assert.Equal(200, fits.Status);

        var before = shared.Probe.Calls;
        var refused = await PostAsync(client, Json(limit + 1), chunked);
        Assert.Equal(413, refused.Status);
        Assert.Equal(before, shared.Probe.Calls);
        var error = JsonDocument.Parse(refused.Body).RootElement;
        Assert.Equal(413, error.GetProperty("code").GetInt32());
        Assert.Contains($"{limit} bytes", error.GetProperty("details").GetString());
        Assert.Equal(client ? TestServer.Origin : null, refused["Access-Control-Allow-Origin"]);
        if (client) Assert.Equal(("true", "Origin"), (refused["Access-Control-Allow-Credentials"], refused["Vary"]));
    }

    [Fact]
    public async Task ALargeBodyIsRefusedByItsLength_BeforeItIsSent()
    {
        var answer = await RawHttp.SendAsync(_server, ["POST /client/v1/probe HTTP/1.1", .. ClientHeaders, "Content-Length: 104857600"]);
        Assert.Equal(413, answer.Status);
    }

    [Fact]
    public async Task WithoutValidKeys_ALargeBodyIsA401()
    {
        var answer = await RawHttp.SendAsync(_server, "POST /v1/probe HTTP/1.1", "X-App-Id: x", "Content-Length: 104857600");
        Assert.Equal(401, answer.Status);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("Application/JSON", 200)]
    [InlineData("application/merge-patch+json", 200)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/xml", 415)]
    [InlineData("nonsense", 415)]
    [InlineData(null, 415)]
    public async Task OnlyJson_IsRead(string? type, int status)
    {
        var answer = await RawHttp.SendWithBodyAsync(_server, "{}",
            ["POST /v1/probe HTTP/1.1", .. ServerHeaders[..2], .. type is null ? Array.Empty<string>() : ["Content-Type: " + type], "Content-Length: 2"]);
        Assert.Equal(status, answer.Status);
        if (status == 415) Assert.Equal("unsupported_media_type", JsonDocument.Parse(answer.Body).RootElement.GetProperty("key").GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"type\":}")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{\"type\":\"GIFT_VOUCHER\"} trailing")]
    [InlineData("{'type':'GIFT_VOUCHER'}")]
    [InlineData("{\"type\":\"GIFT_VOUCHER\",}")]
    [InlineData("{/* x */\"type\":\"GIFT_VOUCHER\"}")]
    public async Task WhatIsNoJsonObject_IsA400_WithoutEffect(string body)
    {
        var before = await Footprint.OfAsync(_server);
        var (status, details) = await CreateVoucherAsync(body);
        Assert.Equal(400, status);
        Assert.NotEmpty(details);
        Assert.DoesNotContain("System.", details);
        Assert.DoesNotContain("Vouchsafe.", details);
        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    [Theory]
    [InlineData("""{"type":"GIFT_VOUCHER","type":"DISCOUNT_VOUCHER","gift":{"amount":1}}""", "type")]
    [InlineData("""{"type":"GIFT_VOUCHER","Type":"DISCOUNT_VOUCHER","gift":{"amount":1}}""", "type")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1,"amount":100000}}""", "amount")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1,"AMOUNT":100000}}""", "amount")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1},"GIFT":{"amount":100000}}""", "gift")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1},"metadata":{"size":1,"size":2}}""", "size")]
    public async Task DuplicateMembers_InWhateverCase_AreA400ThatNamesThem(string body, string member)
    {
        var before = await Footprint.OfAsync(_server);
        var (status, details) = await CreateVoucherAsync(body);
        Assert.Equal(400, status);
        Assert.Contains(member, details, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    [Fact]
    public async Task Metadata_MayHoldNamesThatDifferInCase()
    {
        var (status, _) = await CreateVoucherAsync("""{"type":"GIFT_VOUCHER","gift":{"amount":1},"metadata":{"size":1,"Size":2}}""");
        Assert.Equal(200, status);
    }

    [Theory]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1.5}}""", "gift.amount")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":"1"}}""", "gift.amount")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":-1}}""", "gift.amount")]
    [InlineData("""{"type":7,"gift":{"amount":1}}""", "type")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":[]}""", "gift")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1},"active":"yes"}""", "active")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1},"start_date":"tomorrow"}""", "start_date")]
    [InlineData("""{"type":"GIFT_VOUCHER","gift":{"amount":1},"metadata":"x"}""", "metadata")]
    public async Task WrongTypes_AreA400ThatNamesTheField(string body, string field)
    {
        var (status, details) = await CreateVoucherAsync(body);
        Assert.Equal(400, status);
        Assert.Contains(field, details);
    }

    [Theory]
    [InlineData(414, "GET /v1/probe?x=LONG HTTP/1.1")]
    [InlineData(431, "GET /v1/probe HTTP/1.1", "X-Long: LONGLONGLONG")]
    [InlineData(431, "GET /v1/probe HTTP/1.1", "MANY")]
    public async Task OverlongLinesAndHeaders_AreTheServersOwnRefusals(int status, params string[] lines)
    {
        var sent = lines.SelectMany(l => l == "MANY" ? Enumerable.Range(0, 100).Select(i => $"X-Many-{i}: x") : [l.Replace("LONG", new string('x', 9_000), StringComparison.Ordinal)]);
        Assert.Equal(status, (await RawHttp.SendAsync(_server, [.. sent])).Status);
    }

    private async Task<(int Status, string Details)> CreateVoucherAsync(string body)
    {
        using var answer = await _server.Private().PostAsync("/v1/vouchers", new StringContent(body, Encoding.UTF8, "application/json"));
        var json = await TestServer.JsonAsync(answer);
        return ((int)answer.StatusCode, json.TryGetProperty("details", out var details) ? details.GetString() ?? "" : "");
    }
}
