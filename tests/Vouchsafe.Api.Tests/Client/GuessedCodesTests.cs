using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Tests.Client;

/// <summary>Whoever tries codes from the public channel learns nothing, and not for long.</summary>
public sealed partial class GuessedCodesTests : IAsyncLifetime
{
    private const string Live = "LIVE-CODE-01";
    private const string Foreign = "FOREIGN-CODE";
    private const string Deleted = "DELETED-CODE";
    private const string Missing = "MISSING-CODE";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync([("Limits:WrongCodes:PerHour", null), ("Network:TrustedProxies", "127.0.0.1")]);
        _server.Clock.Stop();
        foreach (var code in new[] { Live, Deleted })
        {
            using var made = await _server.Private().PostAsJsonAsync($"/v1/vouchers/{code}", new { type = "GIFT_VOUCHER", gift = new { amount = 10_000 } });
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }
        using var deleted = await _server.Private().DeleteAsync($"/v1/vouchers/{Deleted}");
        Assert.True(deleted.IsSuccessStatusCode);
        await _server.ChangeAsync(db =>
        {
            db.Projects.Add(new Project { Id = "proj_foreign", Name = "Foreign", CreatedAt = DateTimeOffset.UnixEpoch });
            db.Vouchers.Add(new Voucher
            {
                Id = "v_foreign", ProjectId = "proj_foreign", Code = Foreign, CodeKey = Foreign, Type = VoucherType.Discount,
                DiscountJson = """{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ORDER"}""", CreatedAt = DateTimeOffset.UnixEpoch,
            });
            db.Counters.Add(new Counter { Owner = "v_foreign", Kind = CounterKind.Uses, Value = 0 });
            return Task.CompletedTask;
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string, string, string> Uses => new()
    {
        { "GET", "/client/v1/validate?code=CODE&amount=1000", "" },
        { "POST", "/client/v1/validations", """{"redeemables":[{"object":"voucher","id":"CODE"}],"order":{"amount":1000}}""" },
        { "POST", "/client/v1/redeem?code=CODE", """{"order":{"amount":1000}}""" },
        { "POST", "/client/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CODE"}],"order":{"amount":1000}}""" },
        { "POST", "/client/v1/publish", """{"voucher":"CODE","customer":{"source_id":"ann"}}""" },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task AMissing_AForeign_AndADeletedCode_AreAnsweredInOneShape(string method, string path, string body)
    {
        var answers = new List<string>();
        foreach (var code in new[] { Missing, Foreign, Deleted, "v_foreign" })
        {
            using var answer = await SendAsync(method, path, body, code, "198.51.100.1");
            var headers = string.Join('\n', answer.Headers.Where(h => !h.Key.StartsWith("X-Rate-Limit", StringComparison.OrdinalIgnoreCase) && h.Key is not ("RateLimit" or "Date")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}"));
            var text = Varying().Replace(await answer.Content.ReadAsStringAsync(), "X").Replace(code, "CODE", StringComparison.Ordinal);
            answers.Add($"{(int)answer.StatusCode}\n{headers}\n{text}");
        }
        Assert.Contains("CODE", answers[0]);
        Assert.All(answers, a => Assert.Equal(answers[0], a));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task TheTwentyFirstWrongCodeOfAnHour_IsRefused_AndTheRightOneIsNotToldEither(string method, string path, string body)
    {
        for (var i = 0; i < 20; i++) Assert.NotEqual(429, await StatusAsync(method, path, body, $"WRONG-{i}", "198.51.100.2"));
        var before = await Footprint.OfAsync(_server);
        using var refused = await SendAsync(method, path, body, "WRONG-20", "198.51.100.2");
        var error = await TestServer.JsonAsync(refused);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("too_many_requests", error.GetProperty("key").GetString());
        Assert.Equal("3600", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(TestServer.Origin, refused.Headers.GetValues("Access-Control-Allow-Origin").Single());

        Assert.Equal(429, await StatusAsync(method, path, body, Live, "198.51.100.2"));
        Assert.Equal(before, await Footprint.OfAsync(_server));

        _server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, await StatusAsync(method, path, body, Live, "198.51.100.2"));
    }

    [Fact]
    public async Task RightCodes_CostNothing_AndOtherAddressesHaveTheirOwnBudget()
    {
        for (var i = 0; i < 30; i++) Assert.Equal(200, await ValidateAsync(Live, "198.51.100.3"));
        for (var i = 0; i < 20; i++) Assert.Equal(404, await ValidateAsync(Missing, "198.51.100.3"));
        Assert.Equal(429, await ValidateAsync(Live, "198.51.100.3"));
        Assert.Equal(200, await ValidateAsync(Live, "198.51.100.4"));
        using var server = _server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken), ("X-Forwarded-For", "198.51.100.3"));
        using var found = await server.GetAsync($"/v1/vouchers/{Live}");
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Theory]
    [InlineData("validations")]
    [InlineData("redemptions")]
    public async Task WrongCodesBesideARightOne_AreCountedOneByOne(string operation)
    {
        var project = await _server.ReadAsync(db => Task.FromResult(db.Projects.First(p => p.IsSandbox).Id));
        using var rules = await _server.Management().PostAsJsonAsync($"/management/v1/projects/{project}/stacking-rules", new { redeemables_application_mode = "PARTIAL" });
        Assert.True(rules.IsSuccessStatusCode, await rules.Content.ReadAsStringAsync());
        var codes = string.Join(',', Enumerable.Range(0, 10).Select(i => $"{{\"object\":\"voucher\",\"id\":\"W-{i}\"}}"));
        var body = "{\"redeemables\":[{\"object\":\"voucher\",\"id\":\"" + Live + "\",\"gift\":{\"credits\":1}}," + codes + "],\"order\":{\"amount\":1000}}";
        Assert.Equal(200, await StatusAsync("POST", $"/client/v1/{operation}", body, "CODE", "198.51.100.5"));
        Assert.Equal(200, await StatusAsync("POST", $"/client/v1/{operation}", body, "CODE", "198.51.100.5"));
        Assert.Equal(429, await StatusAsync("POST", $"/client/v1/{operation}", body, "CODE", "198.51.100.5"));
        Assert.Equal(429, await ValidateAsync(Live, "198.51.100.5"));
    }

    [Fact]
    public async Task ManyWrongCodesWithinAMinute_RaiseAnAlarm_OnceAMinute()
    {
        var logs = new LogCapture();
        await using var server = await TestServer.StartAsync([("Limits:WrongCodes:AlarmPerMinute", "30")], configure: services => services.AddLogging(b => b.AddProvider(logs)));
        server.Clock.Stop();
        int Alarms() => logs.At(LogLevel.Warning).Count(l => l.Contains("Codes are being guessed: 30 wrong ones", StringComparison.Ordinal));
        async Task TryAsync(int count)
        {
            using var client = server.Client();
            for (var i = 0; i < count; i++) (await client.GetAsync($"/client/v1/validate?code=WRONG-{i}")).Dispose();
        }
        await TryAsync(29);
        Assert.Equal(0, Alarms());
        await TryAsync(31);
        Assert.Equal(1, Alarms());
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await TryAsync(30);
        Assert.Equal(2, Alarms());
    }

    [Fact]
    public async Task ASlash48_HasTwoHundred()
    {
        for (var net = 0; net < 10; net++)
        for (var i = 0; i < 20; i++)
            Assert.Equal(404, await ValidateAsync(Missing, $"2001:db8:48:{net << 8:x}::1"));
        Assert.Equal(429, await ValidateAsync(Missing, "2001:db8:48:ff00::1"));
        Assert.Equal(429, await ValidateAsync(Live, "2001:db8:48:fe00::1"));
        Assert.Equal(404, await ValidateAsync(Missing, "2001:db8:49::1"));
    }

    [Fact]
    public async Task Validation_TellsNothingOfTheHolder_NorOfOtherCodes()
    {
        using var customer = await _server.Private().PostAsJsonAsync("/v1/customers", new { source_id = "holder-source", name = "Ann Holder", email = "ann@holder.example", phone = "+48555", metadata = new { vip = "yes-vip" } });
        var customerId = (await TestServer.JsonAsync(customer)).GetProperty("id").GetString()!;
        using var campaign = await _server.Private().PostAsJsonAsync("/v1/campaigns", new
        {
            name = "Spring", campaign_type = "DISCOUNT_COUPONS", description = "internal words",
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 }, redemption = new { quantity = 7 } },
        });
        Assert.Equal(HttpStatusCode.OK, campaign.StatusCode);
        var campaignId = (await TestServer.JsonAsync(campaign)).GetProperty("id").GetString()!;
        foreach (var code in new[] { "HELD-CODE-01", "HELD-CODE-02" })
        {
            using var made = await _server.Private().PostAsJsonAsync($"/v1/campaigns/{campaignId}/vouchers/{code}", new { });
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
            using var published = await _server.Private().PostAsJsonAsync("/v1/publications", new { voucher = code, customer = new { source_id = "holder-source" } });
            Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
        }

        foreach (var (method, path, body) in Uses.Take(2).Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3)))
        {
            using var answer = await SendAsync(method, path, body, "HELD-CODE-01", "198.51.100.6");
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("\"valid\":true", text);
            foreach (var secret in new[] { customerId, "holder-source", "Ann Holder", "ann@holder.example", "+48555", "yes-vip", "HELD-CODE-02", "internal words", "holder", "publish", "redeemed_quantity", "\"quantity\":7" })
                Assert.DoesNotContain(secret, text);
        }
    }

    private Task<int> ValidateAsync(string code, string address) => StatusAsync("GET", "/client/v1/validate?code=CODE&amount=1000", "", code, address);

    private async Task<int> StatusAsync(string method, string path, string body, string code, string address)
    {
        using var answer = await SendAsync(method, path, body, code, address);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string body, string code, string address)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("CODE", code, StringComparison.Ordinal));
        if (body.Length > 0) request.Content = new StringContent(body.Replace("CODE", code, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        using var client = _server.Client();
        return await client.SendAsync(request);
    }

    // What differs from answer to answer in any case: ids of requests, of rows, of anonymous visitors; the address' wait.
    [GeneratedRegex("\"(v-[0-9a-f]{18}|r_[0-9a-z_]+|track_[^\"]+|valid_[0-9a-z_]+)\"|\"(date|created_at)\":\"[^\"]+\"")]
    private static partial Regex Varying();
}
