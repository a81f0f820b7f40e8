namespace Vouchsafe.Api.Tests.Resources.Promotions;

/// <summary>Promotion tiers in redemptions.</summary>
public sealed class RedeemTierTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task Redeem_ATier_TheRedemptionShowsIt_NowAndLater()
    {
        var tier = await Shop.TierAsync(300);
        var answer = (await Shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount = 1000 } })).Ok();
        Assert.Equal(tier, answer.Text("promotion_tier.id"));
        Assert.Equal(700, answer.Number("order.total_amount"));
        var stored = (await Shop.GetJsonAsync($"/v1/redemptions/{answer.Text("id")}")).Ok();
        Assert.Equal(tier, stored.Text("promotion_tier.id"));
        Assert.Equal("promotion_tier", stored.Text("related_object_type"));
    }

    [Fact]
    public async Task Redeem_ADisabledTier_IsRefusedAndKeptAsAFailure()
    {
        var tier = await Shop.TierAsync();
        (await Shop.PostAsync($"/v1/promotions/tiers/{tier}/disable", new { })).Ok();
        var answer = await Shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount = 1000 } });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("promotion_inactive", answer.Text("key"));
        Assert.StartsWith("rf_", answer.Text("resource_id"));
        Assert.Equal(0, (await Shop.GetJsonAsync($"/v1/promotions/tiers/{tier}")).Number("summary.redemptions.total_redeemed"));
    }

    [Fact]
    public async Task Summary_IsWhatStands_AfterRollbacksAndBesideLocks()
    {
        var tier = await Shop.TierAsync(300);
        var taken = "";
        foreach (var amount in new[] { 1000, 200, 5000 })
            taken = (await Shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount } })).Ok().Text("id")!;
        (await Shop.PostAsync("/v1/validations", new
        {
            redeemables = new[] { new { @object = "promotion_tier", id = tier } }, order = new { amount = 700 }, session = new { type = "LOCK" },
        })).Ok();
        Assert.Equal((3, 6200, 800), await SummaryAsync());
        (await Shop.PostAsync($"/v1/redemptions/{taken}/rollback", new { })).Ok();
        Assert.Equal((2, 1200, 500), await SummaryAsync());

        async Task<(long, long, long)> SummaryAsync()
        {
            var shown = (await Shop.GetJsonAsync($"/v1/promotions/tiers/{tier}")).Ok();
            return (shown.Number("summary.redemptions.total_redeemed"), shown.Number("summary.orders.total_amount"), shown.Number("summary.orders.total_discount_amount"));
        }
    }

    [Fact]
    public async Task Redeem_AnUnknownTier_Is404()
    {
        var answer = await Shop.PostAsync("/v1/promotions/tiers/promo_none/redemption", new { order = new { amount = 1000 } });
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("promotion_tier", answer.Text("resource_type"));
    }

    [Fact]
    public async Task Promotions_FromAPage_HoldForItsOrder_AndHideTheShopsFigures()
    {
        var tier = await Shop.TierAsync(100, await Shop.MinimumAsync(90_000));
        var page = _server.Client();
        Assert.DoesNotContain(tier, (await page.GetJsonAsync("/client/v1/promotions/validation?amount=90000")).Ok().Body.ToString());
        var verdict = (await page.GetJsonAsync("/client/v1/promotions/validation?amount=90001")).Ok();
        Assert.Contains(tier, verdict.Body.ToString());
        Assert.StartsWith("track_", verdict.Text("tracking_id"));
        var tiers = (await page.GetJsonAsync("/client/v1/promotions/tiers")).Ok();
        Assert.Contains(tier, tiers.Body.ToString());
        Assert.DoesNotContain("summary", tiers.Body.ToString());
    }
}
