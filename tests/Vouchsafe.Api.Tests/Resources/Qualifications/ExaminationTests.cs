using System.Text.Json;
using Vouchsafe.Api.Tests.Management;

namespace Vouchsafe.Api.Tests.Resources.Qualifications;

/// <summary>The two older qualifications: POST /v1/vouchers/qualification and POST /v1/campaigns/qualification.</summary>
public sealed class ExaminationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    private static object Campaign(string name, string type, object voucher, string? rule = null, bool? active = null, string mode = "AUTO_UPDATE") => new
    {
        name, campaign_type = type, type = mode, active, voucher, validation_rules = rule is null ? Array.Empty<string>() : [rule],
        referral_program = type == "REFERRAL_PROGRAM" ? new { conversion_event_type = "redemption" } : null,
    };

    private static readonly object Coupon = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } };

    private static List<string?> Names(Calls.Answer answer, string member) => [.. answer["data"].EnumerateArray().Select(e => e.GetProperty(member).GetString())];

    private async Task<HttpClient> ShopAsync() => _server.ServerOf(await _server.CreateProjectAsync());

    [Fact]
    public async Task Vouchers_AreThoseThatHold_NeitherOfCampaignsNorOfOthers()
    {
        var shop = await ShopAsync();
        var big = await shop.MinimumAsync(5_000);
        var (open, ruled, off) = (await shop.AmountVoucherAsync(), await shop.AmountVoucherAsync(rule: big), await shop.AmountVoucherAsync());
        (await shop.PostAsync($"/v1/vouchers/{off}/disable", new { })).Ok();
        var (mine, others) = (await shop.AmountVoucherAsync(), await shop.AmountVoucherAsync());
        (await shop.PostAsync("/v1/publications", new { voucher = mine, customer = new { source_id = "mine" } })).Ok();
        (await shop.PostAsync("/v1/publications", new { voucher = others, customer = new { source_id = "other" } })).Ok();
        (await shop.PostAsync("/v1/campaigns", Campaign("Codes", "DISCOUNT_COUPONS", Coupon))).Ok();
        (await shop.PostAsync("/v1/campaigns/Codes/vouchers/OF-CODES", new { })).Ok();

        var small = (await shop.PostAsync("/v1/vouchers/qualification?order=created_at", new { customer = new { source_id = "mine" }, order = new { amount = 1_000 } })).Ok();
        var large = (await shop.PostAsync("/v1/vouchers/qualification", new { order = new { amount = 9_000 }, reward = new { id = "rew_1" } })).Ok();

        Assert.Equal([open, mine], Names(small, "code"));
        Assert.Equal([ruled, open], Names(large, "code"));
        Assert.Equal(("list", "data", 2), (small.Text("object"), small.Text("data_ref"), small.Number("total")));
        Assert.StartsWith("qualif_", small.Text("id"));
        Assert.StartsWith("track_", small.Text("tracking_id"));
        Assert.False(large.Has("tracking_id"));
        Assert.Equal("list", small.Text("data.0.applicable_to.object"));
    }

    [Fact]
    public async Task Vouchers_AreCutAtTheLimit_InTheOrderAskedFor()
    {
        var shop = await ShopAsync();
        for (var i = 0; i < 3; i++) await shop.CreateVoucherAsync("Q-" + i);
        async Task<List<string?>> CodesAsync(string query) => Names((await shop.PostAsync("/v1/vouchers/qualification" + query, new { order = new { amount = 100 } })).Ok(), "code");

        Assert.Equal(["Q-2", "Q-1"], await CodesAsync("?limit=2"));
        Assert.Equal(["Q-0", "Q-1"], await CodesAsync("?limit=2&order=code"));
        Assert.Equal(["Q-2"], await CodesAsync("?limit=1&order=-code"));
    }

    [Fact]
    public async Task AudienceRulesOnly_DoesNotMindTheOrder()
    {
        var shop = await ShopAsync();
        var code = await shop.AmountVoucherAsync(rule: await shop.MinimumAsync(5_000));
        (await shop.PostAsync("/v1/campaigns", Campaign("Big", "DISCOUNT_COUPONS", Coupon, await shop.MinimumAsync(5_000)))).Ok();

        foreach (var (path, member, name) in new[] { ("/v1/vouchers/qualification", "code", code), ("/v1/campaigns/qualification", "name", "Big") })
        {
            Assert.Empty(Names((await shop.PostAsync(path, new { order = new { amount = 10 } })).Ok(), member));
            Assert.Equal([name], Names((await shop.PostAsync(path + "?audienceRulesOnly=true", new { order = new { amount = 10 } })).Ok(), member));
        }
    }

    [Fact]
    public async Task Campaigns_AreThoseOfCodesThatAnyoneMayGet_UnderTheirRulesAndDates()
    {
        var shop = await ShopAsync();
        var big = await shop.MinimumAsync(5_000);
        (await shop.PostAsync("/v1/campaigns", Campaign("Coupons", "DISCOUNT_COUPONS", Coupon))).Ok();
        (await shop.PostAsync("/v1/campaigns", Campaign("Cards", "GIFT_VOUCHERS", new { type = "GIFT_VOUCHER", gift = new { amount = 500 } }))).Ok();
        (await shop.PostAsync("/v1/campaigns", Campaign("Friends", "REFERRAL_PROGRAM", Coupon))).Ok();
        (await shop.PostAsync("/v1/campaigns", Campaign("Big", "DISCOUNT_COUPONS", Coupon, big))).Ok();
        (await shop.PostAsync("/v1/campaigns", Campaign("Points", "LOYALTY_PROGRAM", new { type = "LOYALTY_CARD", loyalty_card = new { points = 1 } }))).Ok();
        (await shop.PostAsync("/v1/campaigns", new { name = "Tiers", campaign_type = "PROMOTION", type = "STATIC" })).Ok();
        var over = (await shop.PostAsync("/v1/campaigns", new { name = "Over", campaign_type = "DISCOUNT_COUPONS", voucher = Coupon, expiration_date = "2020-01-01T00:00:00Z" })).Ok();
        var off = (await shop.PostAsync("/v1/campaigns", Campaign("Off", "DISCOUNT_COUPONS", Coupon))).Ok().Text("id");
        (await shop.PostAsync($"/v1/campaigns/{off}/disable", new { })).Ok();

        var small = (await shop.PostAsync("/v1/campaigns/qualification?order=campaign", new { customer = new { source_id = "anna" }, order = new { amount = 1_000 } })).Ok();
        var large = (await shop.PostAsync("/v1/campaigns/qualification?order=-created_at&limit=1", new { order = new { amount = 9_000 } })).Ok();

        Assert.Equal(["Cards", "Coupons", "Friends"], Names(small, "name"));
        Assert.Equal(["Big"], Names(large, "name"));
        Assert.Equal(1, large.Number("data.0.validation_rules_assignments.total"));
        Assert.StartsWith("track_", small.Text("tracking_id"));
        Assert.NotNull(over.Text("id"));
    }

    [Theory]
    [InlineData("/v1/vouchers/qualification?limit=51", "{}", "limit")]
    [InlineData("/v1/vouchers/qualification?order=campaign", "{}", "order")]
    [InlineData("/v1/campaigns/qualification?limit=0", "{}", "limit")]
    [InlineData("/v1/campaigns/qualification?audienceRulesOnly=perhaps", "{}", "audienceRulesOnly")]
    [InlineData("/v1/campaigns/qualification", """{"metadata":3}""", "metadata")]
    [InlineData("/v1/vouchers/qualification", """{"order":{"amount":-1}}""", "order.amount")]
    public async Task WhatIsWrong_IsNamed(string path, string body, string named)
    {
        var answer = await _server.Private().PostAsync(path, JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(named, answer.Text("details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoMayOnlyRead_MayAsk_WithATokenOfTheResource()
    {
        var shop = _server.Private();
        var token = await shop.TokenAsync("vouchers");
        var program = _server.With(("Authorization", "Bearer " + token));
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync("/v1/vouchers/qualification", new { })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsync("/v1/campaigns/qualification", new { })).Status);
    }
}
