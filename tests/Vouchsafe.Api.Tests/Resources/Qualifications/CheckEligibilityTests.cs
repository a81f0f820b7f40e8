using Vouchsafe.Api.Tests.Management;

namespace Vouchsafe.Api.Tests.Resources.Qualifications;

/// <summary>POST /v1/qualifications: which codes are offered to whom, and what bundles and filters do to that.</summary>
public sealed class CheckEligibilityTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    private static readonly object Coupon = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } };

    private static Dictionary<string, object> Is(params string[] values) => new() { ["conditions"] = new Dictionary<string, object> { ["$in"] = values } };

    private static List<string?> Ids(Calls.Answer answer) => [.. answer.Ok()["redeemables.data"].EnumerateArray().Select(e => e.GetProperty("id").GetString())];

    private static Task<Calls.Answer> AskAsync(HttpClient caller, object? filters = null, string scenario = "ALL", object? customer = null, object? order = null, string channel = "") =>
        caller.PostAsync($"{channel}/v1/qualifications", new { scenario, customer, order = order ?? new { amount = 1_000 }, options = new { limit = 50, filters } });

    private static async Task<string> ProductAsync(HttpClient shop) => (await shop.PostAsync("/v1/products", new { name = Calls.Fresh("p"), price = 1_000 })).Ok().Text("id")!;

    private static object Part(string product, int quantity) => new
    {
        name = "order.items.any", conditions = new Dictionary<string, object> { ["$is"] = new[] { new { id = product, @object = "product", type = "product_or_sku" } } },
        rules = new Dictionary<string, object>
        {
            ["1"] = new { name = "order.items.aggregated_quantity", conditions = new Dictionary<string, object> { ["$is"] = new[] { quantity } } }, ["logic"] = "1",
        },
    };

    // Two of one product and one of another give 1.00 off a third one.
    private static async Task<string> BundleAsync(HttpClient shop, string pair, string single, string cheaper)
    {
        var rule = await shop.RuleAsync(new
        {
            name = Calls.Fresh("bundle"), rules = new { }, bundle_rules = new Dictionary<string, object> { ["1"] = Part(pair, 2), ["2"] = Part(single, 1), ["limit"] = 3 },
            applicable_to = new { included = new[] { new { @object = "product", id = cheaper } }, included_all = false },
        });
        return await shop.AmountVoucherAsync(rule: rule, effect: "APPLY_TO_ITEMS");
    }

    private static object Cart(params (string Product, int Quantity)[] lines) => new { items = lines.Select(l => new { product_id = l.Product, quantity = l.Quantity }) };

    [Fact]
    public async Task CodesOfACampaign_AreOfferedToWhomTheyWerePublished_AndToNobodyBefore()
    {
        var shop = _server.ServerOf(await _server.CreateProjectAsync());
        var campaign = (await shop.PostAsync("/v1/campaigns", new { name = "Bulk", campaign_type = "DISCOUNT_COUPONS", type = "STATIC", voucher = Coupon })).Ok().Text("id")!;
        foreach (var code in new[] { "HELD", "FREE" }) (await shop.PostAsync($"/v1/campaigns/Bulk/vouchers/{code}", new { })).Ok();
        (await shop.PostAsync("/v1/publications", new { voucher = "HELD", customer = new { source_id = "anna" } })).Ok();
        (await shop.PostAsync("/v1/campaigns", new { name = "Generic", campaign_type = "DISCOUNT_COUPONS", type = "STANDALONE", voucher = Coupon })).Ok();
        (await shop.PostAsync("/v1/campaigns/Generic/vouchers/FOR-ALL", new { })).Ok();
        var anna = new { source_id = "anna" };

        Assert.Contains("FOR-ALL", Ids(await AskAsync(shop)));
        Assert.Equal(["HELD"], Ids(await AskAsync(shop, new { campaign_id = Is(campaign) }, customer: anna)));
        Assert.Equal(["HELD"], Ids(await AskAsync(shop, new { code = Is("HELD", "FREE") }, customer: anna)));
        Assert.Empty(Ids(await AskAsync(shop, new { campaign_id = Is(campaign) })));
        Assert.Equal(["HELD"], Ids(await AskAsync(shop, scenario: "CUSTOMER_WALLET", customer: anna)));
    }

    [Fact]
    public async Task APage_LearnsNoCodeThatNobodyHoldsYet_WhateverItFiltersBy()
    {
        var shop = _server.Private();
        var campaign = (await shop.PostAsync("/v1/campaigns", new { name = Calls.Fresh("bulk"), campaign_type = "DISCOUNT_COUPONS", type = "STATIC", voucher = Coupon })).Ok().Text("id")!;
        var code = Calls.Fresh("SECRET");
        var id = (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", new { })).Ok().Text("id")!;

        foreach (var filters in new object[] { new { campaign_id = Is(campaign) }, new { resource_id = Is(id) }, new { campaign_type = Is("DISCOUNT_COUPONS") }, new { junction = "or", campaign_id = Is(campaign), code = Is(code) } })
            Assert.DoesNotContain(code, Ids(await AskAsync(_server.Client(), filters, channel: "/client")));
    }

    [Fact]
    public async Task AudienceOnly_OffersCampaignsToo_AsTheyAreAndNoCodeOfThem()
    {
        var shop = _server.ServerOf(await _server.CreateProjectAsync());
        var vip = await shop.RuleAsync(new
        {
            name = "VIP", rules = new Dictionary<string, object>
            {
                ["1"] = new { name = "customer.metadata", property = "vip", conditions = new Dictionary<string, object> { ["$is"] = new[] { true } } }, ["logic"] = "1",
            },
        });
        async Task<string> CampaignAsync(string name, string type, object voucher, params string[] rules) => (await shop.PostAsync("/v1/campaigns", new
        {
            name, campaign_type = type, type = "STATIC", voucher, validation_rules = rules, metadata = new { of = name },
        })).Ok().Text("id")!;
        var open = await CampaignAsync("Open", "DISCOUNT_COUPONS", Coupon, await shop.MinimumAsync(900_000));
        var cards = await CampaignAsync("Cards", "GIFT_VOUCHERS", new { type = "GIFT_VOUCHER", gift = new { amount = 500 } });
        var forVip = await CampaignAsync("For VIP", "DISCOUNT_COUPONS", Coupon, vip);
        (await shop.PostAsync("/v1/campaigns", new { name = "Generic", campaign_type = "DISCOUNT_COUPONS", type = "STANDALONE", voucher = Coupon })).Ok();
        var loose = await shop.AmountVoucherAsync();
        var anna = new { source_id = "anna", metadata = new { vip = false } };
        Task<Calls.Answer> Ask(object? filters = null, string scenario = "AUDIENCE_ONLY", bool isVip = false) =>
            AskAsync(shop, filters, scenario, isVip ? new { source_id = "bert", metadata = new { vip = true } } : anna);

        Assert.Equal([loose, cards, open], Ids(await Ask()).Where(id => id!.StartsWith("camp_", StringComparison.Ordinal) || id == loose));
        Assert.Equal([forVip, cards, open], Ids(await Ask(new { resource_type = Is("campaign") }, isVip: true)));
        Assert.Equal([cards], Ids(await Ask(new { resource_type = Is("campaign"), campaign_type = Is("GIFT_VOUCHERS") })));
        Assert.Equal([loose], Ids(await Ask(new { code = Is(loose) })));
        Assert.Empty(Ids(await Ask(new { resource_type = Is("campaign") }, "ALL")));
        var shown = (await shop.PostAsync("/v1/qualifications", new { scenario = "AUDIENCE_ONLY", options = new { expand = new[] { "redeemable" }, filters = new { resource_id = Is(open) } } })).Ok();
        Assert.Equal(("campaign", "Open", "Open", 100L), (shown.Text("redeemables.data.0.object"), shown.Text("redeemables.data.0.name"), shown.Text("redeemables.data.0.metadata.of"), shown.Number("redeemables.data.0.result.discount.amount_off")));
        Assert.False(shown.Has("redeemables.data.0.campaign_id"));
    }

    [Fact]
    public async Task Filters_HoldTogether_OrOneOfThem_AsTheJunctionSays()
    {
        var shop = _server.Private();
        var (one, other, tier) = (await shop.AmountVoucherAsync(), await shop.AmountVoucherAsync(), await shop.TierAsync());
        object Both(string? junction) => new { junction, code = Is(one, other), resource_id = Is(tier) };

        Assert.Empty(Ids(await AskAsync(shop, new { code = Is(one), resource_id = Is(tier) })));
        Assert.Empty(Ids(await AskAsync(shop, Both("AND"))));
        Assert.Equal([tier, other, one], Ids(await AskAsync(shop, Both("or"))));
        var wrong = await AskAsync(shop, Both("xor"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("options.filters.junction", wrong.Text("details"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALL", false)]
    [InlineData("CUSTOMER_WALLET", false)]
    [InlineData("AUDIENCE_ONLY", true)]
    [InlineData("PRODUCTS", true)]
    [InlineData("PRODUCTS_BY_CUSTOMER", true)]
    [InlineData("PRODUCTS_DISCOUNT", true)]
    [InlineData("PRODUCTS_DISCOUNT_BY_CUSTOMER", true)]
    public async Task AnIncompleteBundle_IsOfferedWhereTheScenarioSaysSo_WithWhatIsMissing(string scenario, bool offered)
    {
        var shop = _server.Private();
        var (pair, single, cheaper) = (await ProductAsync(shop), await ProductAsync(shop), await ProductAsync(shop));
        var code = await BundleAsync(shop, pair, single, cheaper);

        var answer = await AskAsync(shop, new { code = Is(code) }, scenario, new { source_id = "anna" }, Cart((cheaper, 1), (pair, 1)));

        Assert.Equal(offered ? [code] : [], Ids(answer));
        if (!offered) return;
        Assert.Equal(
            $$$"""{"quantity":0,"limit":3,"identified":[{"id":"{{{pair}}}","object":"product","item_index":1,"item_quantity":1}],"missing":[{"id":"{{{pair}}}","object":"product","item_quantity":1},{"id":"{{{single}}}","object":"product","item_quantity":1}]}""",
            answer["redeemables.data.0.result.bundle"].GetRawText());
        Assert.Equal(2_000, answer.Number("redeemables.data.0.order.total_amount"));
    }

    [Fact]
    public async Task ProductScenarios_DoNotOfferWhatHasNothingToDoWithTheCart()
    {
        var shop = _server.Private();
        var (pair, single, cheaper, other) = (await ProductAsync(shop), await ProductAsync(shop), await ProductAsync(shop), await ProductAsync(shop));
        var bundle = await BundleAsync(shop, pair, single, cheaper);
        var onOther = await shop.AmountVoucherAsync(effect: "APPLY_TO_ITEMS", rule: await shop.RuleAsync(new
        {
            name = Calls.Fresh("r"), applicable_to = new { included = new[] { new { @object = "product", id = other } }, included_all = false },
        }));
        Task<Calls.Answer> Ask(string scenario, string product) => AskAsync(shop, new { code = Is(bundle, onOther) }, scenario, order: Cart((product, 1)));

        Assert.Equal([onOther], Ids(await Ask("PRODUCTS", other)));
        Assert.Equal([bundle], Ids(await Ask("PRODUCTS", single)));
        Assert.Empty(Ids(await Ask("PRODUCTS_DISCOUNT", single)));
        Assert.Equal([bundle], Ids(await Ask("PRODUCTS_DISCOUNT", cheaper)));
    }

    [Fact]
    public async Task Validate_ABundle_SaysWhichUnitsItTakes_AndRefusedWhatItLacks()
    {
        var shop = _server.Private();
        var (pair, single, cheaper) = (await ProductAsync(shop), await ProductAsync(shop), await ProductAsync(shop));
        var code = await BundleAsync(shop, pair, single, cheaper);
        async Task<Calls.Answer> ValidateAsync(object order) => (await shop.PostAsync("/v1/validations", new { redeemables = new[] { new { @object = "voucher", id = code } }, order })).Ok();

        var held = await ValidateAsync(Cart((pair, 5), (single, 2), (cheaper, 1)));
        Assert.Equal((2L, 4L, 2L), (held.Number("redeemables.0.result.bundle.quantity"), held.Number("redeemables.0.result.bundle.identified.0.item_quantity"), held.Number("redeemables.0.result.bundle.identified.1.item_quantity")));
        Assert.False(held.Has("redeemables.0.result.bundle.missing"));
        var refused = await ValidateAsync(Cart((pair, 5), (cheaper, 1)));
        Assert.Equal("order_rules_violated", refused.Text("redeemables.0.result.error.key"));
        Assert.Equal((0L, single), (refused.Number("redeemables.0.result.bundle.quantity"), refused.Text("redeemables.0.result.bundle.missing.0.id")));
    }
}
