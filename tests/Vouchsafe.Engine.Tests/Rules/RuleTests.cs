using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

public class RuleTests
{
    private static bool Holds(ValidationRule rule, OrderSnapshot? order, EvaluationContext? context = null) =>
        Given.Evaluate(order, context ?? new EvaluationContext(), Given.Code("C", new AmountOff(100) { Effect = DiscountEffect.ApplyToOrder }).With(rule)).Valid;

    private static OrderSnapshot Tagged(string json) => Given.Order(1000) with { Metadata = Given.Json($$"""{"tag":{{json}}}""") };

    [Theory]
    [InlineData("$more_than", 9999, false)]
    [InlineData("$more_than", 10000, true)]
    [InlineData("$more_than_or_equal", 9998, false)]
    [InlineData("$more_than_or_equal", 9999, true)]
    [InlineData("$less_than", 9999, false)]
    [InlineData("$less_than_or_equal", 9999, true)]
    public void OrderAmount_IsComparedStrictlyOrNot(string name, long amount, bool holds) =>
        Assert.Equal(holds, Holds(Given.Condition("order.amount", $$"""{"{{name}}":[9999]}"""), Given.Order(amount)));

    [Fact]
    public void ARefusal_NamesTheRuleAndCarriesTheAuthorsMessage()
    {
        var rule = Given.Rule("""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[5000]}},"logic":"1"},"error":{"message":"Spend a little more."}}""", "val_min");
        var reason = Given.Evaluate(Given.Order(5000), Given.Code("C", new AmountOff(1)).With(rule)).FirstReason!;
        Assert.Equal((400, "order_rules_violated", "order does not match validation rules"), (reason.Code, reason.Key, reason.Message));
        Assert.Equal("Discount Coupon cannot be redeemed because of violated validation rules: val_min", reason.Details);
        Assert.Equal("Spend a little more.", reason.CustomMessage);
        var own = Given.Condition("order.amount", """{"$more_than":[5000]}""", ""","error":{"message":"Own."}""");
        Assert.Equal("Own.", Given.Evaluate(Given.Order(5000), Given.Code("C", new AmountOff(1)).With(own)).FirstReason!.CustomMessage);
    }

    [Theory]
    [InlineData(2000, "north", false, true)]
    [InlineData(2000, "south", true, true)]
    [InlineData(100, "north", true, false)]
    [InlineData(2000, "south", false, false)]
    public void Logic_FollowsItsBrackets(long amount, string shop, bool staff, bool holds)
    {
        var rule = Given.Rule("""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1000]}},"2":{"name":"order.metadata","property":"shop","conditions":{"$is":["north"]}},"3":{"name":"order.metadata","property":"staff","conditions":{"$is":[true]}},"logic":"1 and (2 or 3)"}}""");
        var metadata = Given.Json($$"""{"shop":"{{shop}}","staff":{{(staff ? "true" : "false")}}}""");
        Assert.Equal(holds, Holds(rule, Given.Order(amount) with { Metadata = metadata }));
    }

    [Fact]
    public void Amounts_AreThoseOfThePlaceInTheStack()
    {
        var partial = new StackingRules { ApplicationMode = ApplicationMode.Partial };
        var rule = Given.Rule("""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1000]}},"2":{"name":"order.initial_amount","conditions":{"$less_than":[1100]}},"logic":"1 and 2"}}""");
        var coupon = Given.Code("COUP", new AmountOff(50)).With(rule);
        Assert.Equal(900, Given.Evaluate(Given.Order(1050), partial, coupon, Given.Card("GIFT", 100)).Order!.TotalAmount);
        var late = Given.Evaluate(Given.Order(1050), partial, Given.Card("GIFT", 100), coupon);
        Assert.Equal([null, "order_rules_violated"], late.Keys());
        Assert.Equal(950, late.Order!.TotalAmount);
    }

    [Theory]
    [InlineData(900, true)]
    [InlineData(901, false)]
    public void TotalAmount_IsTheAmountAfterItsOwnDiscount(long least, bool holds) =>
        Assert.Equal(holds, Holds(Given.Condition("order.total_amount", $$"""{"$more_than_or_equal":[{{least}}]}"""), Given.Order(1000)));

    [Theory]
    [InlineData("$is", "[\"north\"]", "\"north\"", true)]
    [InlineData("$is", "[\"north\"]", "\"south\"", false)]
    [InlineData("$is", "[\"north\"]", "null", false)]
    [InlineData("$is_not", "[\"north\"]", "\"south\"", true)]
    [InlineData("$is_not", "[\"north\"]", "\"north\"", false)]
    [InlineData("$is_not", "[\"north\"]", "null", true)]
    [InlineData("$in", "[\"a\",\"b\"]", "\"b\"", true)]
    [InlineData("$not_in", "[\"a\",\"b\"]", "\"b\"", false)]
    [InlineData("$in", "[\"a\"]", "[\"z\",\"a\"]", true)]
    [InlineData("$is", "[3]", "3", true)]
    [InlineData("$is", "[3]", "\"3\"", true)]
    [InlineData("$is", "[true]", "\"true\"", true)]
    [InlineData("$is", "[true]", "1", false)]
    [InlineData("$starts_with", "[\"web-\"]", "\"web-shop\"", true)]
    [InlineData("$starts_with", "[\"web-\"]", "\"my-web-shop\"", false)]
    [InlineData("$ends_with", "[\"-de\"]", "\"shop-de\"", true)]
    [InlineData("$contains", "[\"shop\"]", "\"web-shop-de\"", true)]
    [InlineData("$contains", "[\"shop\"]", "[\"shop\"]", true)]
    [InlineData("$contains", "[\"shop\"]", "\"till\"", false)]
    [InlineData("$count", "[2]", "[1,2]", true)]
    [InlineData("$count", "[2]", "\"ab\"", false)]
    [InlineData("$count_more", "[2]", "[1,2]", false)]
    [InlineData("$count_less", "[2]", "[1]", true)]
    [InlineData("$not_intersect", "[\"a\"]", "[\"b\"]", true)]
    [InlineData("$not_differ", "[\"a\",\"b\"]", "[\"b\",\"a\"]", true)]
    [InlineData("$not_differ", "[\"a\",\"b\"]", "[\"a\"]", false)]
    [InlineData("$more_than", "[\"2026-01-01T00:00:00Z\"]", "\"2026-01-02T00:00:00Z\"", true)]
    [InlineData("$after", "[\"2026-01-01\"]", "\"2025-12-31T10:00:00Z\"", false)]
    [InlineData("$before", "[\"2026-01-01\"]", "\"2025-12-31T10:00:00Z\"", true)]
    [InlineData("$more_than", "[5]", "\"many\"", false)]
    [InlineData("$dow", "[1]", "\"2026-03-02T10:00:00.000Z\"", true)]
    [InlineData("$dow", "[1]", "\"2026-03-03T10:00:00.000Z\"", false)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:01;1\"]", "\"2026-03-02T19:00:00.000Z\"", true)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:01;1\"]", "\"2026-03-02T17:00:00.000Z\"", false)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:01;1\"]", "\"2026-03-03T19:00:00.000Z\"", false)]
    [InlineData("$timeframe", "[\"2026-03-01T10:00:00Z;P1D;PT1H\"]", "\"2026-03-05T10:30:00Z\"", true)]
    [InlineData("$timeframe", "[\"2026-03-01T10:00:00Z;P1D;PT1H\"]", "\"2026-03-05T11:30:00Z\"", false)]
    [InlineData("$timeframe_absolute", "[\"2026-03-01T10:00:00Z;2026-03-02T10:00:00Z\"]", "\"2026-03-02T09:00:00Z\"", true)]
    [InlineData("$more_than_ago", "[3]", "\"2026-03-01T12:00:00Z\"", true)]
    [InlineData("$more_than_ago", "[3]", "\"2026-03-08T12:00:00Z\"", false)]
    [InlineData("$less_than_ago", "[3]", "\"2026-03-10T12:00:00Z\"", true)]
    [InlineData("$is_days_ago", "[1]", "\"2026-03-10T23:00:00Z\"", true)]
    [InlineData("$more_than_future", "[3]", "\"2026-03-20T12:00:00Z\"", true)]
    [InlineData("$less_than_future", "[3]", "\"2026-03-20T12:00:00Z\"", false)]
    [InlineData("$is_days_in_future", "[2]", "\"2026-03-13T01:00:00Z\"", true)]
    public void Operator_JudgesMetadata(string name, string operands, string value, bool holds) =>
        Assert.Equal(holds, Holds(Given.Condition("order.metadata", $$"""{"{{name}}":{{operands}}}""", ""","property":"tag" """), Tagged(value)));

    [Fact]
    public void CustomerRules_WithoutACustomer_SayThatOneIsMissing()
    {
        var age = Given.Condition("customer.metadata", """{"$more_than_or_equal":[18]}""", ""","property":"age" """);
        var code = Given.Code("C", new AmountOff(1)).With(age);
        Assert.Equal("missing_customer", Given.Evaluate(Given.Order(1), code).FirstReason?.Key);
        EvaluationContext Aged(int years) => new() { Customer = new CustomerSnapshot { Metadata = Given.Json($$"""{"age":{{years}}}""") } };
        Assert.Equal("customer_rules_violated", Given.Evaluate(Given.Order(1), Aged(17), code).FirstReason?.Key);
        Assert.True(Given.Evaluate(Given.Order(1), Aged(18), code).Valid);
    }

    [Fact]
    public void OrderRules_WithoutAnOrder_FailClosed() =>
        Assert.Equal("missing_order", Given.Evaluate(null, Given.Code("C", new AmountOff(1)).With(Given.Condition("order.amount", """{"$less_than":[5]}"""))).FirstReason?.Key);

    [Theory]
    [InlineData("$is", "in", true)]
    [InlineData("$is", "out", false)]
    [InlineData("$is_not", "in", false)]
    [InlineData("$is_not", "out", true)]
    public void Segments_AdmitAndBar(string name, string segment, bool holds)
    {
        var rule = Given.Condition("customer.segment", $$"""{"{{name}}":["in"]}""");
        Assert.Equal(["in"], rule.SegmentIds);
        Assert.Equal(holds, Holds(rule, Given.Order(1000), new EvaluationContext { Customer = new CustomerSnapshot { SegmentIds = [segment] } }));
    }

    [Fact]
    public void HolderKeyAndLogin_AreChecked()
    {
        var holder = Given.Condition("publication.redeemable_by_linked_customer", """{"$is":[true]}""");
        var code = Given.Code("C", new AmountOff(1)).With(holder) with { HolderId = "cust_1" };
        Assert.True(Given.Evaluate(Given.Order(1), new EvaluationContext { Customer = new CustomerSnapshot { Id = "cust_1" } }, code).Valid);
        Assert.False(Given.Evaluate(Given.Order(1), new EvaluationContext { Customer = new CustomerSnapshot { Id = "cust_2" } }, code).Valid);
        var key = Given.Condition("redemption.api_key", """{"$is":["key_1"]}""");
        Assert.True(Holds(key, Given.Order(1), new EvaluationContext { ApiKeyId = "key_1" }));
        Assert.False(Holds(key, Given.Order(1)));
    }

    private static ValidationRule Items(string which, string sub = "") => Given.Condition("order.items." + which,
        """{"$is":[{"id":"kettle","type":"product_or_sku","object":"product"}]}""",
        sub.Length == 0 ? "" : $$$""","rules":{"1":{{{sub}}},"logic":"1"}""");

    private static readonly OrderItem Kettle = Given.Item("kettle", 4000, 2);
    private static readonly OrderItem Cup = Given.Item("cup", 2000, 5);

    [Theory]
    [InlineData("any", true, true)]
    [InlineData("every", true, false)]
    [InlineData("none", false, false)]
    [InlineData("most_expensive", true, true)]
    [InlineData("cheapest", true, false)]
    public void Items_AnyEveryNoneAndTheExtremes(string which, bool kettleAlone, bool withCup)
    {
        Assert.Equal(kettleAlone, Holds(Items(which), Given.Cart(Kettle)));
        Assert.Equal(withCup, Holds(Items(which), Given.Cart(Kettle, Cup)));
    }

    [Theory]
    [InlineData("""{"name":"order.items.aggregated_quantity","conditions":{"$more_than_or_equal":[3]}}""", 1, true)]
    [InlineData("""{"name":"order.items.aggregated_quantity","conditions":{"$more_than_or_equal":[3]}}""", 0, false)]
    [InlineData("""{"name":"order.items.price","conditions":{"$more_than":[3999]}}""", 0, true)]
    [InlineData("""{"name":"order.items.price","conditions":{"$more_than":[4000]}}""", 0, false)]
    [InlineData("""{"name":"order.items.aggregated_amount","conditions":{"$is":[8000]}}""", 0, true)]
    public void SubRules_LookOnlyAtTheMatchingLines(string sub, long moreKettles, bool holds) =>
        Assert.Equal(holds, Holds(Items("any", sub), Given.Cart(Kettle, Cup, Given.Item("kettle", 4000, moreKettles))));

    [Fact]
    public void From_AsksForTheSameLineInAnotherCollection()
    {
        var rule = Given.Condition("order.items.any", """{"$is":[{"id":"pc_1","object":"products_collection"}],"$from":[{"id":"pc_2","object":"products_collection"}]}""");
        Assert.Equal(["pc_1", "pc_2"], rule.CollectionIds.Order());
        Assert.True(Holds(rule, Given.Cart(Kettle with { CollectionIds = ["pc_1", "pc_2"] })));
        Assert.False(Holds(rule, Given.Cart(Kettle with { CollectionIds = ["pc_1"] }, Cup with { CollectionIds = ["pc_2"] })));
    }

    [Fact]
    public void AudienceOnly_LooksAtCustomersAlone()
    {
        var context = new EvaluationContext { RuleReach = RuleReach.AudienceOnly };
        Assert.True(Holds(Given.Condition("order.amount", """{"$more_than":[5000]}"""), Given.Order(1), context));
        Assert.False(Holds(Given.Condition("customer.segment", """{"$is":["s"]}"""), Given.Order(1), context));
    }

    [Fact]
    public void Explain_SaysWhatEachConditionSawOnWhichLine()
    {
        var rule = Items("any", """{"name":"order.items.price","conditions":{"$more_than":[5000]}}""");
        var evaluation = Given.Evaluate(Given.Cart(Cup, Kettle), new EvaluationContext { Explain = true }, Given.Code("C", new AmountOff(1)).With(rule));
        var findings = Assert.Single(evaluation.Results[0].Explanations).Findings;
        Assert.Equal(["1", "1.1"], findings.Select(finding => finding.Path));
        Assert.Equal([false, true], findings[0].Lines.Select(line => line.Holds));
        Assert.Equal(("$more_than 5000", "[4000]", false), (findings[1].Expected, findings[1].Actual, findings[1].Holds));
        Assert.Equal([new LineFinding(1, "4000", false)], findings[1].Lines);
    }

    [Fact]
    public void Explain_NotAskedFor_ExplainsNothing()
    {
        var code = Given.Code("C", new AmountOff(1)).With(Items("any"));
        Assert.Empty(Given.Evaluate(Given.Cart(Cup, Kettle), code).Results[0].Explanations);
        Assert.Empty(Given.Evaluate(Given.Cart(Cup), code).Results[0].Explanations);
    }

    [Fact]
    public void Explain_TheVerdictIsTheSame_AndEveryRuleHasItsOwn()
    {
        var code = Given.Code("C", new AmountOff(1)).With(
            Given.Condition("order.amount", """{"$more_than":[10]}"""), Given.Condition("order.amount", """{"$less_than":[20]}"""));
        var context = new EvaluationContext { Explain = true };
        foreach (var amount in (long[])[5, 15, 25])
        {
            var explained = Given.Evaluate(Given.Order(amount), context, code);
            Assert.Equal(Given.Evaluate(Given.Order(amount), code).FirstReason, explained.FirstReason);
            Assert.Equal([amount > 10, amount < 20], explained.Results[0].Explanations.Select(rule => rule.Holds));
        }
    }

    [Fact]
    public void Explain_NoneOfTheLines_NamesTheLineThatIsInTheWay()
    {
        var evaluation = Given.Evaluate(Given.Cart(Cup, Kettle), new EvaluationContext { Explain = true }, Given.Code("C", new AmountOff(1)).With(Items("none")));
        Assert.Equal(
            [new LineFinding(0, "cup", true), new LineFinding(1, "kettle", false)], evaluation.Results[0].Explanations[0].Findings[0].Lines);
    }

    [Fact]
    public void Explain_WhatTheQuestionDoesNotReach_IsNotJudged()
    {
        var context = new EvaluationContext { Explain = true, RuleReach = RuleReach.AudienceOnly };
        var finding = Given.Evaluate(Given.Order(1), context, Given.Code("C", new AmountOff(1)).With(Given.Condition("order.amount", """{"$more_than":[5000]}""")))
            .Results[0].Explanations[0].Findings[0];
        Assert.Equal((false, true), (finding.IsJudged, finding.Holds));
    }

    [Fact]
    public void Explain_WithoutWhatIsAskedFor_SaysWhatIsMissing()
    {
        var context = new EvaluationContext { Explain = true };
        var finding = Given.Evaluate(Given.Order(1), context, Given.Code("C", new AmountOff(1)).With(Given.Condition("customer.segment", """{"$is":["s"]}""")))
            .Results[0].Explanations[0].Findings[0];
        Assert.Equal((false, "(no customer)"), (finding.Holds, finding.Actual));
    }

    [Fact]
    public void SeveralRules_MustAllHold()
    {
        var code = Given.Code("C", new AmountOff(1)).With(
            Given.Condition("order.amount", """{"$more_than":[10]}"""), Given.Condition("order.amount", """{"$less_than":[20]}"""));
        Assert.True(Given.Evaluate(Given.Order(15), code).Valid);
        Assert.False(Given.Evaluate(Given.Order(25), code).Valid);
    }
}
