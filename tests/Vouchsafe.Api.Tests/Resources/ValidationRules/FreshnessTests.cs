namespace Vouchsafe.Api.Tests.Resources.ValidationRules;

/// <summary>What validations keep in memory is dropped with the change that makes it old, on the node that made the change.</summary>
public sealed class FreshnessTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task ARule_ChangedAndUnassigned_CountsAtOnce()
    {
        var rule = await Shop.MinimumAsync(5000);
        var code = await Shop.AmountVoucherAsync(rule: rule);
        Assert.False(await HoldsAsync("voucher", code));
        (await Shop.PutAsync($"/v1/validation-rules/{rule}", new
        {
            rules = new Dictionary<string, object>
            {
                ["1"] = new { name = "order.amount", conditions = new Dictionary<string, object> { ["$more_than"] = new[] { 10 } } }, ["logic"] = "1",
            },
        })).Ok();
        Assert.True(await HoldsAsync("voucher", code));

        var stricter = await Shop.MinimumAsync(9000);
        var assignment = (await Shop.PostAsync($"/v1/validation-rules/{stricter}/assignments", new { related_object_type = "voucher", related_object_id = code })).Ok().Text("id");
        Assert.False(await HoldsAsync("voucher", code));
        await Shop.DeleteJsonAsync($"/v1/validation-rules/{stricter}/assignments/{assignment}");
        Assert.True(await HoldsAsync("voucher", code));
        (await Shop.PostAsync($"/v1/validation-rules/{stricter}/assignments", new { related_object_type = "voucher", related_object_id = code })).Ok();
        Assert.False(await HoldsAsync("voucher", code));
        await Shop.DeleteJsonAsync($"/v1/validation-rules/{stricter}");
        Assert.True(await HoldsAsync("voucher", code));
    }

    [Fact]
    public async Task ACampaign_DisabledRuledAndEnabled_CountsAtOnceForItsCodes()
    {
        var campaign = (await Shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("camp"), campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE",
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 10 } },
        })).Ok().Text("id");
        var code = Calls.Fresh("K");
        (await Shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", new { })).Ok();
        Assert.True(await HoldsAsync("voucher", code));
        (await Shop.PostAsync($"/v1/campaigns/{campaign}/disable", new { })).Ok();
        Assert.False(await HoldsAsync("voucher", code));
        (await Shop.PostAsync($"/v1/campaigns/{campaign}/enable", new { })).Ok();
        Assert.True(await HoldsAsync("voucher", code));
        (await Shop.PostAsync($"/v1/validation-rules/{await Shop.MinimumAsync(9000)}/assignments", new { related_object_type = "campaign", related_object_id = campaign })).Ok();
        Assert.False(await HoldsAsync("voucher", code));
    }

    [Fact]
    public async Task ATier_DisabledChangedAndDeleted_CountsAtOnce()
    {
        var tier = await Shop.TierAsync(100);
        Assert.True(await HoldsAsync("promotion_tier", tier));
        (await Shop.PostAsync($"/v1/promotions/tiers/{tier}/disable", new { })).Ok();
        Assert.False(await HoldsAsync("promotion_tier", tier));
        (await Shop.PostAsync($"/v1/promotions/tiers/{tier}/enable", new { })).Ok();
        (await Shop.PutAsync($"/v1/promotions/tiers/{tier}", new { action = new { discount = new { type = "AMOUNT", amount_off = 250, effect = "APPLY_TO_ORDER" } } })).Ok();
        Assert.Equal(250, (await UseAsync("promotion_tier", tier)).Number("order.total_discount_amount"));
        await Shop.DeleteJsonAsync($"/v1/promotions/tiers/{tier}");
        Assert.False(await HoldsAsync("promotion_tier", tier));
    }

    [Fact]
    public async Task AVoucher_ChangedDisabledAndDeleted_CountsAtOnce()
    {
        var code = await Shop.AmountVoucherAsync(100);
        Assert.True(await HoldsAsync("voucher", code));
        (await Shop.PostAsync($"/v1/vouchers/{code}/disable", new { })).Ok();
        Assert.False(await HoldsAsync("voucher", code));
        (await Shop.PostAsync($"/v1/vouchers/{code}/enable", new { })).Ok();
        Assert.True(await HoldsAsync("voucher", code));
        await Shop.DeleteJsonAsync($"/v1/vouchers/{code}");
        Assert.False(await HoldsAsync("voucher", code));
    }

    private Task<Calls.Answer> UseAsync(string kind, string id) =>
        Shop.PostAsync("/v1/validations", new { redeemables = new[] { new { @object = kind, id } }, order = new { amount = 1000 } });

    private async Task<bool> HoldsAsync(string kind, string id) => (await UseAsync(kind, id)).Ok()["valid"].GetBoolean();
}
