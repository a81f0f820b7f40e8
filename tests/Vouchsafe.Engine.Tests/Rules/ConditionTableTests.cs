using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

/// <summary>Every condition of the rule language by its name, met and just not met.</summary>
public class ConditionTableTests
{
    private static readonly EvaluationContext Context = new()
    {
        Customer = new CustomerSnapshot { Id = "cust_1", SegmentIds = ["seg_1"], Metadata = Given.Json("""{"tag":7}""") }, ApiKeyId = "key_1", UserLogin = "ann", UserId = "mem_1",
        RedemptionMetadata = Given.Json("""{"tag":8}"""), EventMetadata = Given.Json("""{"tag":9}"""),
    };

    // Two lines: three pans at 10.00 and one pot at 25.00.
    private static readonly OrderSnapshot Order = Given.Cart(
        Given.Item("pan", 1000, 3) with { SkuId = "sku_pan", Metadata = Given.Json("""{"tag":1}"""), Product = Given.Json("""{"metadata":{"tag":11}}"""), CollectionIds = ["pc_1"] },
        Given.Item("pot", 2500) with { SkuId = "sku_pot", Metadata = Given.Json("""{"tag":2}"""), Product = Given.Json("""{"metadata":{"tag":12}}""") }) with { Metadata = Given.Json("""{"tag":3}""") };

    private static bool Holds(ValidationRule rule, OrderSnapshot? order = null, Redeemable? code = null) =>
        Given.Evaluate(order ?? Order, Context, (code ?? Given.Code("C", new AmountOff(500) { Effect = DiscountEffect.ApplyToOrder })).With(rule)).Valid;

    private const string Tag = ""","property":"tag" """;

    [Theory]
    [InlineData("order.amount", 5500)]
    [InlineData("order.total_amount", 5000)]
    [InlineData("order.initial_amount", 5500)]
    [InlineData("order.items.count", 2)]
    [InlineData("order.items.aggregated_quantity", 4)]
    [InlineData("order.items.aggregated_amount", 5500)]
    [InlineData("product.metadata.aggregated_quantity", 4)]
    [InlineData("product.metadata.aggregated_amount", 5500)]
    public void ValueOfTheOrder(string name, long value)
    {
        Assert.True(Holds(Given.Condition(name, $$"""{"$is":[{{value}}]}""")));
        Assert.False(Holds(Given.Condition(name, $$"""{"$is":[{{value + 1}}]}""")));
    }

    [Theory]
    [InlineData("order.metadata", 3)]
    [InlineData("customer.metadata", 7)]
    [InlineData("redemption.metadata", 8)]
    [InlineData("custom_event.metadata", 9)]
    public void Metadata(string name, int value)
    {
        Assert.True(Holds(Given.Condition(name, $$"""{"$is":[{{value}}]}""", Tag)));
        Assert.False(Holds(Given.Condition(name, $$"""{"$is":[{{value + 1}}]}""", Tag)));
        var (rule, errors) = ValidationRule.Parse("v", Given.Json($$$"""{"rules":{"1":{"name":"{{{name}}}","conditions":{"$is":[1]} } } }"""));
        Assert.Null(rule);
        Assert.Equal(("rules.1.property", $"Rule '{name}' must have a 'property'"), (errors[0].Field, errors[0].Problem));
    }

    [Theory]
    [InlineData("order.items.price_any", 1000, true)]
    [InlineData("order.items.price_any", 1001, false)]
    [InlineData("order.items.price_each", 1000, false)]
    [InlineData("order.items.price", 2500, true)]
    [InlineData("order.items.quantity", 3, true)]
    [InlineData("order.items.quantity", 4, false)]
    [InlineData("product.price", 2500, true)]
    [InlineData("product.price", 2501, false)]
    [InlineData("product.quantity", 3, true)]
    [InlineData("product.quantity", 2, false)]
    [InlineData("sku.price", 1000, true)]
    [InlineData("sku.price", 999, false)]
    [InlineData("sku.quantity", 1, true)]
    [InlineData("sku.quantity", 2, false)]
    public void ValueOfALine(string name, int value, bool holds) => Assert.Equal(holds, Holds(Given.Condition(name, $$"""{"$is":[{{value}}]}""")));

    [Theory]
    [InlineData("order.items.metadata_any", "[2]", true)]
    [InlineData("order.items.metadata_any", "[3]", false)]
    [InlineData("order.items.metadata_each", "[1]", false)]
    [InlineData("order.items.metadata_each", "[1,2]", true)]
    [InlineData("order.items.metadata", "[2]", true)]
    [InlineData("order.items.metadata", "[4]", false)]
    [InlineData("product.metadata", "[12]", true)]
    [InlineData("product.metadata", "[2]", false)]
    [InlineData("product.metadata.match_all", "[12]", false)]
    [InlineData("product.metadata.match_all", "[11,12]", true)]
    public void MetadataOfALine(string name, string values, bool holds)
    {
        Assert.Equal(holds, Holds(Given.Condition(name, $$"""{"$in":{{values}}}""", Tag)));
        Assert.NotEmpty(ValidationRule.Parse("v", Given.Json($$$"""{"rules":{"1":{"name":"{{{name}}}","conditions":{"$is":[1]} } } }""")).Errors);
    }

    [Theory]
    [InlineData("customer.segment", "seg_1", "seg_2")]
    [InlineData("redemption.api_key", "key_1", "key_2")]
    [InlineData("redemption.user.login", "ann", "bob")]
    [InlineData("product.id", "pan", "wok")]
    [InlineData("sku.id", "sku_pot", "sku_wok")]
    public void WhoAndWhat(string name, string right, string wrong)
    {
        Assert.True(Holds(Given.Condition(name, $$"""{"$is":["{{right}}"]}""")));
        Assert.False(Holds(Given.Condition(name, $$"""{"$is":["{{wrong}}"]}""")));
    }

    [Theory]
    [InlineData("product.discount_applicable")]
    [InlineData("product.metadata.discount_applicable")]
    [InlineData("sku.discount_applicable")]
    public void OlderMarks_AlwaysHold(string name) => Assert.True(Holds(Given.Condition(name, """{"$is":[true]}""")));

    [Fact]
    public void PointsUsed_AreWhatTheCardSpends()
    {
        var rule = Given.Condition("redemption.reward.pay_with_points.points_used", """{"$less_than_or_equal":[300]}""");
        Assert.True(Holds(rule, code: Given.Card("GC", 9000, credits: 300)));
        Assert.False(Holds(rule, code: Given.Card("GC", 9000, credits: 301)));
    }

    [Fact]
    public void Holder_IsTheOneItWasPublishedTo()
    {
        var rule = Given.Condition("publication.redeemable_by_linked_customer", """{"$is":[true]}""");
        var code = Given.Code("C", new AmountOff(1));
        Assert.Equal([true, false, false], new[] { "cust_1", "cust_2", null }.Select(holder => Holds(rule, code: code with { HolderId = holder })));
        var no = Given.Condition("publication.redeemable_by_linked_customer", """{"$is":[false]}""");
        Assert.Equal([false, true, true], new[] { "cust_1", "cust_2", null }.Select(holder => Holds(no, code: code with { HolderId = holder })));
    }

    [Theory]
    [InlineData("redemption.count.daily", "redeemable/v_C/redemptions/day/2026-03-11")]
    [InlineData("redemption.count.weekly", "redeemable/v_C/redemptions/week/2026-03-09")]
    [InlineData("redemption.count.monthly", "redeemable/v_C/redemptions/month/2026-03")]
    [InlineData("redemption.count.per_customer", "redeemable/v_C/customer/cust_1/redemptions")]
    [InlineData("redemption.count.per_customer.daily", "redeemable/v_C/customer/cust_1/redemptions/day/2026-03-11")]
    [InlineData("redemption.count.per_customer.weekly", "redeemable/v_C/customer/cust_1/redemptions/week/2026-03-09")]
    [InlineData("redemption.count.per_customer.monthly", "redeemable/v_C/customer/cust_1/redemptions/month/2026-03")]
    [InlineData("redemption.count.per_api_key", "redeemable/v_C/key/key_1/redemptions")]
    [InlineData("redemption.count.per_user", "redeemable/v_C/user/mem_1/redemptions")]
    [InlineData("redemption.gift.amount", "campaign/camp_1/gift")]
    [InlineData("campaign.orders.amount", "campaign/camp_1/orders")]
    [InlineData("campaign.orders.amount_discounted", "campaign/camp_1/discounted")]
    [InlineData("campaign.redemptions.count", "campaign/camp_1/redemptions")]
    [InlineData("campaign.redemptions.count.daily", "campaign/camp_1/redemptions/day/2026-03-11")]
    [InlineData("campaign.redemptions.count.weekly", "campaign/camp_1/redemptions/week/2026-03-09")]
    [InlineData("campaign.redemptions.count.monthly", "campaign/camp_1/redemptions/month/2026-03")]
    [InlineData("campaign.redemptions.customers_count", "campaign/camp_1/customer/cust_1/redemptions")]
    [InlineData("campaign.redemptions.customers_count.daily", "campaign/camp_1/customer/cust_1/redemptions/day/2026-03-11")]
    [InlineData("campaign.redemptions.customers_count.weekly", "campaign/camp_1/customer/cust_1/redemptions/week/2026-03-09")]
    [InlineData("campaign.redemptions.customers_count.monthly", "campaign/camp_1/customer/cust_1/redemptions/month/2026-03")]
    public void Counter_HasItsOwnKey_AlsoForWhatWasRedeemedBeforeTheRule(string name, string key)
    {
        var rule = Given.Condition(name, """{"$less_than_or_equal":[1000]}""");
        var code = Given.Code("C", new AmountOff(500)) with { CampaignId = "camp_1" };
        Assert.Equal([key], RuleCounters.Needed([code.With(rule)], Context, Given.Now));
        Assert.True(RuleCounters.HasAny(rule));
        var past = new PastUse("v_C", "camp_1", "cust_1", "key_1", Given.Now) { UserId = "mem_1", OrderAmount = 5500, Discount = 500, Credits = 40 };
        var delta = key.Split('/')[^1] switch { "orders" => 5500, "discounted" => 500, "gift" => 40, _ => 1 };
        Assert.Equal((key, delta), Assert.Single(RuleCounters.Of(rule, past, TimeZoneInfo.Utc, DayOfWeek.Monday).Select(pair => (pair.Key, pair.Value))));
        // And the redemption that is made now moves the same counter by the same measure.
        var evaluation = Given.Evaluate(Order, Context, code.With(Given.Condition(name, """{"$less_than_or_equal":[10000]}""")));
        var wish = Assert.Single(evaluation.Wishes, wish => wish.Kind == CounterKind.Rule);
        Assert.Equal((key, delta == 40 ? 0L : delta), (wish.Key, wish.Delta));
    }

    [Fact]
    public void CountersNobodyOwnsYet_AreNotCounted()
    {
        var rule = Given.Condition("redemption.count.per_customer", """{"$less_than_or_equal":[1]}""");
        Assert.Empty(RuleCounters.Of(rule, new PastUse("v_C", null, null, null, Given.Now), TimeZoneInfo.Utc, DayOfWeek.Monday));
        Assert.Empty(RuleCounters.Of(Given.Condition("redemption.count.per_api_key", """{"$less_than":[1]}"""), new PastUse("v_C", null, null, null, Given.Now), TimeZoneInfo.Utc, DayOfWeek.Monday));
        Assert.False(RuleCounters.HasAny(Given.Condition("order.amount", """{"$less_than":[1]}""")));
        Assert.True(RuleCounters.HasAny(Given.Rule("""{"rules":{"1":{"name":"order.amount","conditions":{"$less_than":[1]}},"2":{"name":"campaign.redemptions.count","conditions":{"$less_than":[1]}}}}""")));
        Assert.Empty(RuleCounters.Needed([Given.Code("A", new AmountOff(1))], Context, Given.Now));
        Assert.Single(RuleCounters.Needed([Given.Code("A", new AmountOff(1)), Given.Code("B", new AmountOff(1)).With(rule)], Context, Given.Now));
    }

    [Fact]
    public void RedemptionCount_HasOnlyItsDocumentedForms() =>
        Assert.NotEmpty(ValidationRule.Parse("v", Given.Json("""{"rules":{"1":{"name":"redemption.count","conditions":{"$less_than":[1]}}}}""")).Errors);

    private static ValidationRule Items(string which, string conditions, string sub = "") =>
        Given.Condition("order.items." + which, conditions, sub.Length == 0 ? "" : $$$""","rules":{"1":{{{sub}}} }""");

    [Theory]
    [InlineData("any", """{"$is":["pan","wok"]}""", true)]
    [InlineData("any", """{"$in":["wok","pan"]}""", true)]
    [InlineData("any", """{"$in":["wok"]}""", false)]
    [InlineData("any", """{"$is_not":["pan"]}""", true)]
    [InlineData("any", """{"$is_not":["pan","pot"]}""", false)]
    [InlineData("any", """{"$not_in":["pan","pot"]}""", false)]
    [InlineData("every", """{"$is_not":["wok"]}""", true)]
    [InlineData("every", """{"$is_not":["pot"]}""", false)]
    [InlineData("every", """{"$is":["pan"]}""", false)]
    [InlineData("none", """{"$is":["wok"]}""", true)]
    [InlineData("none", """{"$is":["pot"]}""", false)]
    [InlineData("any", """{"$is":["sku_pan"]}""", true)]
    [InlineData("any", """{"$is":["sku_wok"]}""", false)]
    [InlineData("any", """{"$is":["pc_1"]}""", true)]
    [InlineData("any", """{"$is":["pc_2"]}""", false)]
    [InlineData("any", """{"$is":[{"object":"sku","id":"sku_pot"}]}""", true)]
    [InlineData("any", """{"$is":[{"object":"sku","id":"pot"}]}""", false)]
    [InlineData("any", """{"$is":["pan"],"$from":["pc_2","pc_1"]}""", true)]
    [InlineData("any", """{"$is":["pot"],"$from":["pc_1"]}""", false)]
    [InlineData("cheapest", """{"$is":["pot"],"$from":["pot"]}""", true)]
    [InlineData("cheapest", """{"$is":["pan"],"$from":["wok"]}""", false)]
    [InlineData("most_expensive", """{"$is":["pan"],"$from":["pc_1"]}""", true)]
    public void Items_AreSelectedByWhatTheyAre(string which, string conditions, bool holds) => Assert.Equal(holds, Holds(Items(which, conditions)));

    [Fact]
    public void Extremes_MustAllBeWhatIsNamed()
    {
        var tied = Given.Cart(Given.Item("pan", 1000), Given.Item("pot", 1000), new OrderItem { ProductId = "wok" });
        Assert.False(Holds(Items("cheapest", """{"$is":["pan"]}"""), tied));
        Assert.True(Holds(Items("cheapest", """{"$is":["pan","pot"]}"""), tied));
        Assert.False(Holds(Items("cheapest", """{"$is":["wok"]}"""), Given.Cart(new OrderItem { ProductId = "wok" })));
        Assert.True(Holds(Items("cheapest", """{"$is":["pan"]}""", """{"name":"order.items.aggregated_quantity","conditions":{"$is":[3]}}""")));
    }

    [Theory]
    [InlineData("any", "[2500]", true)]
    [InlineData("every", "[2500]", false)]
    [InlineData("every", "[1000,2500]", true)]
    public void SubRules_OfAny_WantOneLine_AndOfEvery_All(string which, string prices, bool holds) => Assert.Equal(holds,
        Holds(Items(which, """{"$is":["pan","pot"]}""", $$$"""{"name":"order.items.price","conditions":{"$in":{{{prices}}}}}""")));

    [Fact]
    public void ALineMustMeetAllOperatorsAtOnce() =>
        Assert.False(Holds(Given.Condition("order.items.price", """{"$more_than":[1000],"$less_than":[2500]}""")));

    [Fact]
    public void Rule_KnowsWhatItNames()
    {
        var rule = Given.Rule("""
            {"rules":{"1":{"name":"customer.segment","conditions":{"$in":["seg_1","seg_2"]}},"2":{"name":"order.items.any","conditions":{"$is":["pc_a"],"$is_not":["pc_b"],"$from":["pc_c"]},
            "rules":{"1":{"name":"order.items.any","conditions":{"$is":["pc_d","prod_1"]}}}},"logic":"1 or 2"},
            "bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["pc_e"]}}},
            "applicable_to":{"included":[{"object":"products_collection","id":"pc_f"}],"excluded":[{"object":"products_collection","id":"pc_a"}]}}
            """);
        Assert.Equal(["seg_1", "seg_2"], rule.SegmentIds);
        Assert.Equal(["pc_a", "pc_b", "pc_c", "pc_d", "pc_e", "pc_f"], rule.CollectionIds.Order());
        Assert.True(rule.AsksForItems);
        Assert.True(Items("any", """{"$is":["p"]}""").AsksForItems);
        Assert.False(Given.Rule("""{"applicable_to":{"included":[{"object":"product","id":"p"}]}}""").AsksForItems);
        Assert.False(Given.Condition("order.amount", """{"$is":[1]}""").AsksForItems);
        Assert.Equal((TargetObject.ProductsCollection, "s-1"), (rule.ApplicableTo.Included[0].Object, Given.Rule("""{"applicable_to":{"included":[{"object":"product","id":"p","source_id":"s-1"}]}}""").ApplicableTo.Included[0].SourceId));
    }
}
