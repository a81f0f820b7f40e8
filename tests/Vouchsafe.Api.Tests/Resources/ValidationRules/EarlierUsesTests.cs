namespace Vouchsafe.Api.Tests.Resources.ValidationRules;

/// <summary>Rules that are given to something that was used before.</summary>
public sealed class EarlierUsesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task PerCustomer_AssignedAfterAUse_CountsIt_AndItsRollbackGivesItBack()
    {
        var (code, ann, bob) = (await Shop.AmountVoucherAsync(), Calls.Fresh("ann"), Calls.Fresh("bob"));
        var first = await RedeemAsync(code, ann);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        await AssignAsync(await LimitAsync("redemption.count.per_customer", 1), "voucher", code);

        Assert.Equal("redemption_rules_violated", (await RedeemAsync(code, ann)).Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(code, bob)).Status);
        (await Shop.PostAsync($"/v1/redemptions/{first.Text("id")}/rollback", new { })).Ok();
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(code, ann)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await RedeemAsync(code, ann)).Status);
    }

    [Fact]
    public async Task Budget_AssignedAfterUses_HoldsOnlyWhatIsLeft_AndRolledBackUsesAreNotCounted()
    {
        var code = await Shop.AmountVoucherAsync(amountOff: 100);
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(code, Calls.Fresh("c"))).Status);
        var taken = (await RedeemAsync(code, Calls.Fresh("c"))).Ok();
        (await Shop.PostAsync($"/v1/redemptions/{taken.Text("id")}/rollback", new { })).Ok();
        await AssignAsync(await LimitAsync("campaign.orders.amount_discounted", 250), "voucher", code);
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(code, Calls.Fresh("c"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await RedeemAsync(code, Calls.Fresh("c"))).Status);
    }

    [Fact]
    public async Task Campaign_AssignedAfterUsesOfItsCodes_CountsThemAll_OnceHoweverOftenTheRuleIsSaved()
    {
        var name = Calls.Fresh("camp");
        var campaign = (await Shop.PostAsync("/v1/campaigns", new
        {
            name, campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 10 } },
        })).Ok().Text("id")!;
        string[] codes = [Calls.Fresh("A"), Calls.Fresh("B"), Calls.Fresh("C")];
        foreach (var code in codes) (await Shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", new { })).Ok();
        foreach (var code in codes) (await RedeemAsync(code, Calls.Fresh("c"))).Ok();

        var rule = await LimitAsync("campaign.redemptions.count", 5);
        await AssignAsync(rule, "campaign", campaign);
        for (var i = 0; i < 2; i++) (await Shop.PutAsync($"/v1/validation-rules/{rule}", new { name = $"Renamed {i}" })).Ok();
        (await RedeemAsync(codes[0], Calls.Fresh("c"))).Ok();
        (await RedeemAsync(codes[1], Calls.Fresh("c"))).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, (await RedeemAsync(codes[2], Calls.Fresh("c"))).Status);
    }

    [Fact]
    public async Task Tier_GivenARuleByItsUpdate_CountsWhatWasRedeemedBefore()
    {
        var tier = await Shop.TierAsync();
        var customer = Calls.Fresh("c");
        Task<Calls.Answer> Use() => Shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount = 1000 }, customer = new { source_id = customer } });
        (await Use()).Ok();
        (await Shop.PutAsync($"/v1/promotions/tiers/{tier}", new { validation_rules = new[] { await LimitAsync("redemption.count.per_customer", 2) } })).Ok();
        (await Use()).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, (await Use()).Status);
    }

    private Task<string> LimitAsync(string condition, long most) => Shop.RuleAsync(new
    {
        name = Calls.Fresh("limit"),
        rules = new Dictionary<string, object>
        {
            ["1"] = new { name = condition, conditions = new Dictionary<string, object> { ["$less_than_or_equal"] = new[] { most } } }, ["logic"] = "1",
        },
    });

    private async Task AssignAsync(string rule, string type, string id) =>
        (await Shop.PostAsync($"/v1/validation-rules/{rule}/assignments", new { related_object_type = type, related_object_id = id })).Ok();

    private Task<Calls.Answer> RedeemAsync(string code, string customer) =>
        Shop.PostAsync($"/v1/vouchers/{code}/redemption", new { order = new { amount = 1000 }, customer = new { source_id = customer } });
}
