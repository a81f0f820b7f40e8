using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources.Campaigns;

public sealed class SqliteCampaignSummaryTests : CampaignSummaryTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresCampaignSummaryTests(PostgresServer postgres) : CampaignSummaryTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>GET /v1/campaigns/{id}/summary.</summary>
public abstract class CampaignSummaryTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task WhatCameOfACampaign_IsCountedByItsType_OnTheDaysAskedFor()
    {
        await using var server = await StartAsync();
        server.Clock.Stop();
        var shop = server.Private();
        await CouponsAsync(shop);
        await CardsAsync(shop);
        await PointsAndFriendsAsync(shop);
        await PromotionAsync(shop);

        var today = server.Clock.GetUtcNow().UtcDateTime;
        foreach (var (query, expected) in new[]
        {
            ($"start_date={today.AddDays(-1):yyyy-MM-dd}&end_date={today.AddDays(1):yyyy-MM-dd}", 4), ($"start_date={today.AddDays(2):yyyy-MM-dd}", 0), ($"end_date={today.AddDays(-2):yyyy-MM-dd}", 0),
        })
            Assert.Equal(expected, (await shop.GetJsonAsync("/v1/campaigns/Coupons/summary?" + query)).Ok().Number("redemptions"));
        foreach (var query in new[] { "start_date=monday", "end_date=2025-02-30", "start_date=9999-12-31", $"end_date={today:O}" })
            Assert.Equal(HttpStatusCode.BadRequest, (await shop.GetJsonAsync("/v1/campaigns/Coupons/summary?" + query)).Status);
        Assert.Equal("not_found", (await shop.GetJsonAsync("/v1/campaigns/None/summary")).Text("key"));
    }

    private static async Task CouponsAsync(HttpClient shop)
    {
        (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Coupons", campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE",
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 }, redemption = new { quantity = 1 } },
        })).Ok();
        foreach (var code in new[] { "C-1", "C-2", "C-3" }) (await shop.PostAsync($"/v1/campaigns/Coupons/vouchers/{code}", new { })).Ok();
        (await shop.PostAsync("/v1/publications", new { campaign = new { name = "Coupons" }, customer = new { source_id = "anna" } })).Ok();
        // Two codes on one order, a code on another that is taken back, and one use too many.
        var both = new[] { new { @object = "voucher", id = "C-1" }, new { @object = "voucher", id = "C-2" } };
        (await shop.PostAsync("/v1/redemptions", new { redeemables = both, order = new { amount = 1_000 } })).Ok();
        var third = (await shop.PostAsync("/v1/vouchers/C-3/redemption", new { order = new { amount = 5_000 } })).Ok().Text("id");
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.PostAsync("/v1/vouchers/C-2/redemption", new { order = new { amount = 70 } })).Status);
        (await shop.PostAsync($"/v1/redemptions/{third}/rollback", new { })).Ok();
        await shop.DeleteJsonAsync("/v1/vouchers/C-3");

        var summary = (await shop.GetJsonAsync("/v1/campaigns/Coupons/summary")).Ok();
        Assert.Equal(("campaign_summary", "Coupons"), (summary.Text("object"), summary.Text("campaign.name")));
        Assert.Equal((4, 3, 1), (summary.Number("redemptions"), summary.Number("redemptions_succeeded"), summary.Number("redemptions_failed")));
        Assert.Equal((1, 1, 0), (summary.Number("rollbacks"), summary.Number("rollbacks_succeeded"), summary.Number("rollbacks_failed")));
        Assert.Equal((300, 100), (summary.Number("discounted_amount"), summary.Number("rolledback_discounted_amount")));
        Assert.Equal((6_000, 5_000), (summary.Number("orders_amount"), summary.Number("orders_rolledback_amount")));
        Assert.Equal((3, 1, 1, 1), (summary.Number("vouchers_created"), summary.Number("vouchers_deleted"), summary.Number("publications"), summary.Number("publications_succeeded")));
        Assert.False(summary.Has("amount_added"));
    }

    private static async Task CardsAsync(HttpClient shop)
    {
        (await shop.PostAsync("/v1/campaigns", new { name = "Cards", campaign_type = "GIFT_VOUCHERS", type = "AUTO_UPDATE", voucher = new { type = "GIFT_VOUCHER", gift = new { amount = 1_000 } } })).Ok();
        foreach (var code in new[] { "G-1", "G-2" }) (await shop.PostAsync($"/v1/campaigns/Cards/vouchers/{code}", new { })).Ok();
        (await shop.PostAsync("/v1/vouchers/G-1/balance", new { amount = 500 })).Ok();
        (await shop.PostAsync("/v1/vouchers/G-1/balance", new { amount = -200 })).Ok();
        var spent = (await shop.PostAsync("/v1/vouchers/G-1/redemption", new { order = new { amount = 700 }, gift = new { credits = 700 } })).Ok().Text("id");
        (await shop.PostAsync($"/v1/redemptions/{spent}/rollback", new { })).Ok();
        await shop.DeleteJsonAsync("/v1/vouchers/G-2");

        var summary = (await shop.GetJsonAsync("/v1/campaigns/Cards/summary")).Ok();
        Assert.Equal((2_000, 500, 200), (summary.Number("created_vouchers_amount"), summary.Number("amount_added"), summary.Number("amount_subtracted")));
        Assert.Equal((700, 700, 1_000), (summary.Number("amount_redeemed"), summary.Number("amount_rolledback"), summary.Number("amount_deleted")));
        Assert.False(summary.Has("discounted_amount"));
    }

    private static async Task PointsAndFriendsAsync(HttpClient shop)
    {
        (await shop.PostAsync("/v1/campaigns", new { name = "Points", campaign_type = "LOYALTY_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 10 } } })).Ok();
        var card = (await shop.PostAsync("/v1/loyalties/Points/members", new { customer = new { source_id = "anna" } })).Ok().Text("code");
        (await shop.PostAsync($"/v1/loyalties/members/{card}/balance", new { points = 5 })).Ok();
        (await shop.PostAsync($"/v1/loyalties/members/{card}/balance", new { points = -3 })).Ok();
        var points = (await shop.GetJsonAsync("/v1/campaigns/Points/summary")).Ok();
        Assert.Equal((10, 5, 3, 0), (points.Number("created_vouchers_points"), points.Number("points_added"), points.Number("points_subtracted"), points.Number("points_expired")));

        (await shop.PostAsync("/v1/campaigns", new { name = "Friends", campaign_type = "REFERRAL_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } } })).Ok();
        var code = (await shop.PostAsync("/v1/publications", new { campaign = new { name = "Friends" }, customer = new { source_id = "anna" } })).Ok().Text("voucher.code")!;
        foreach (var friend in new[] { "bob", "bob", "eve" }) (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(code, customer: friend))).Ok();
        Assert.Equal(2, (await shop.GetJsonAsync("/v1/campaigns/Friends/summary")).Ok().Number("referred_customers"));
    }

    private static async Task PromotionAsync(HttpClient shop)
    {
        var tier = await shop.TierAsync(250);
        (await shop.PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "promotion_tier", id = tier } }, order = new { amount = 1_000 } })).Ok();
        var campaign = (await shop.GetJsonAsync($"/v1/promotions/tiers/{tier}")).Ok().Text("campaign.id");
        var summary = (await shop.GetJsonAsync($"/v1/campaigns/{campaign}/summary")).Ok();
        Assert.Equal((1, 250, 1_000), (summary.Number("redemptions_succeeded"), summary.Number("discounted_amount"), summary.Number("orders_amount")));
        Assert.False(summary.Has("vouchers_created"));
    }
}
