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
