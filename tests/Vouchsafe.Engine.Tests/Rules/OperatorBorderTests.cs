using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

/// <summary>Operators at their borders: what they judge, and which operands are refused when a rule is written.</summary>
public class OperatorBorderTests
{
    private const string Property = ""","property":"tag" """;

    private static bool Holds(string name, string operands, string value) => Given.Evaluate(
        Given.Order(1000) with { Metadata = Given.Json($$"""{"tag":{{value}}}""") },
        Given.Code("C", new AmountOff(1)).With(Given.Condition("order.metadata", $$"""{"{{name}}":{{operands}}}""", Property))).Valid;

    [Theory]
    [InlineData("$count", "[2]", "[1]", false)]
    [InlineData("$count_more", "[2]", "[1,2,3]", true)]
    [InlineData("$count_less", "[2]", "[1,2]", false)]
    [InlineData("$count", "[0]", "[]", true)]
    [InlineData("$is", "[\"x\",\"3\"]", "3", true)]
    [InlineData("$is", "[false]", "\"false\"", true)]
    [InlineData("$is", "[false]", "\"no\"", false)]
    [InlineData("$is", "[true]", "\"True\"", false)]
    [InlineData("$is", "[\"2026-01-01T00:00:00Z\"]", "\"2026-01-01T01:00:00+01:00\"", true)]
    [InlineData("$is", "[-1.5]", "\"-1.5\"", true)]
    [InlineData("$is", "[5]", "\" 5\"", false)]
    [InlineData("$not_in", "[\"a\",\"b\"]", "\"c\"", true)]
    [InlineData("$not_intersect", "[\"a\",\"b\"]", "[\"b\",\"c\"]", false)]
    [InlineData("$not_differ", "[\"a\",\"b\"]", "[\"a\",\"b\",\"c\"]", false)]
    [InlineData("$not_differ", "[\"a\"]", "[]", false)]
    [InlineData("$less_than", "[5]", "\"4\"", true)]
    [InlineData("$less_than_or_equal", "[5]", "6", false)]
    [InlineData("$more_than_or_equal", "[5]", "4.99", false)]
    [InlineData("$greater_than_or_equal", "[5]", "5", true)]
    [InlineData("$greater_than_or_equal", "[5]", "4.99", false)]
    [InlineData("$less_than", "[\"2026-01-02\"]", "\"2026-01-01\"", true)]
    [InlineData("$less_than", "[\"2026-01-02\"]", "20260101", false)]
    [InlineData("$starts_with", "[\"a\",\"b\"]", "\"bcd\"", true)]
    [InlineData("$ends_with", "[\"x\",\"d\"]", "\"bcd\"", true)]
    [InlineData("$contains", "[\"x\",\"c\"]", "\"bcd\"", true)]
    [InlineData("$contains", "[\"x\",\"c\"]", "[\"a\",\"c\"]", true)]
    [InlineData("$contains", "[\"b\"]", "[\"abc\"]", false)]
    [InlineData("$starts_with", "[\"1\"]", "12", false)]
    [InlineData("$after", "[\"2026-01-01T00:00:00Z\"]", "\"2026-01-01T00:00:00Z\"", false)]
    [InlineData("$before", "[\"2026-01-01T00:00:00Z\"]", "\"2026-01-01T00:00:00Z\"", false)]
    [InlineData("$after", "[\"2026-01-01T00:00:00Z\"]", "\"2026-01-01T00:00:01Z\"", true)]
    [InlineData("$after", "[\"2026-01-01\"]", "5", false)]
    [InlineData("$more_than_ago", "[3]", "\"2026-03-08\"", false)] // now is 11 March, noon
    [InlineData("$more_than_ago", "[3]", "\"2026-03-07T23:59:59Z\"", true)]
    [InlineData("$less_than_ago", "[3]", "\"2026-03-08\"", false)]
    [InlineData("$less_than_ago", "[3]", "\"2026-03-09\"", true)]
    [InlineData("$less_than_ago", "[3]", "\"2026-03-11T23:00:00Z\"", true)] // today
    [InlineData("$less_than_ago", "[3]", "\"2026-03-12\"", false)] // tomorrow
    [InlineData("$is_days_ago", "[0]", "\"2026-03-11\"", true)]
    [InlineData("$is_days_ago", "[1]", "\"2026-03-09\"", false)]
    [InlineData("is_days_ago", "[2]", "\"2026-03-09\"", true)]
    [InlineData("is_days_ago", "[2]", "\"2026-03-10\"", false)]
    [InlineData("$more_than_future", "[3]", "\"2026-03-14\"", false)]
    [InlineData("$more_than_future", "[3]", "\"2026-03-15\"", true)]
    [InlineData("$less_than_future", "[3]", "\"2026-03-14\"", false)]
    [InlineData("$less_than_future", "[3]", "\"2026-03-13\"", true)]
    [InlineData("$less_than_future", "[3]", "\"2026-03-11\"", true)]
    [InlineData("$less_than_future", "[3]", "\"2026-03-10\"", false)]
    [InlineData("$is_days_in_future", "[2]", "\"2026-03-14\"", false)]
    [InlineData("$dow", "[0,3]", "\"2026-03-11\"", true)]
    [InlineData("$dow", "[\"3\"]", "\"2026-03-11\"", true)]
    [InlineData("$dow", "[6,0]", "\"2026-03-08\"", true)]
    [InlineData("$timeframe_absolute", "[\"2026-03-01;2026-03-02\"]", "\"2026-03-01\"", true)]
    [InlineData("$timeframe_absolute", "[\"2026-03-01;2026-03-02\"]", "\"2026-03-02\"", true)]
    [InlineData("$timeframe_absolute", "[\"2026-03-01;2026-03-02\"]", "\"2026-03-02T00:00:01Z\"", false)]
    [InlineData("$timeframe_absolute", "[\"2026-03-01;2026-03-02\"]", "\"2026-02-28\"", false)]
    [InlineData("$timeframe_absolute", "[\"2025-03-01;2025-03-02\",\"2026-03-01;2026-03-01\"]", "\"2026-03-01\"", true)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00\"]", "\"2026-03-03T18:00:00Z\"", true)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00\"]", "\"2026-03-03T20:00:00Z\"", true)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00\"]", "\"2026-03-03T20:00:01Z\"", false)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;\"]", "\"2026-03-03T19:00:00Z\"", true)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;0,2,6\"]", "\"2026-03-03T19:00:00Z\"", true)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;0,6\"]", "\"2026-03-03T19:00:00Z\"", false)]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;0,6\"]", "\"2026-03-07T19:00:00Z\"", true)]
    public void Operator(string name, string operands, string value, bool holds) => Assert.Equal(holds, Holds(name, operands, value));

    [Theory]
    [InlineData("$is", "[]", "needs at least one value")]
    [InlineData("$is", "[null]", "needs at least one value")]
    [InlineData("$is", "[1,{}]", "needs at least one value")]
    [InlineData("$not_in", "[]", "needs at least one value")]
    [InlineData("$less_than", "[]", "needs exactly one value")]
    [InlineData("$less_than", "[1,2]", "needs exactly one value")]
    [InlineData("$less_than", "[null]", "needs exactly one value")]
    [InlineData("$less_than", "[\"much\"]", "needs a number or a date")]
    [InlineData("$less_than", "[true]", "needs a number or a date")]
    [InlineData("$count", "[1,2]", "needs exactly one value")]
    [InlineData("$count", "[-1]", "needs a number of 0 or more")]
    [InlineData("$count", "[0]", null)]
    [InlineData("$starts_with", "[]", "needs at least one value")]
    [InlineData("$starts_with", "[\"a\",1]", "needs text values")]
    [InlineData("$contains", "[1]", "needs text values")]
    [InlineData("$after", "[\"2026-01-01\",\"2026-01-02\"]", "needs exactly one value")]
    [InlineData("$after", "[\"soon\"]", "needs a date")]
    [InlineData("$after", "[5]", "needs a date")]
    [InlineData("$more_than_ago", "[1,2]", "needs exactly one value")]
    [InlineData("$more_than_ago", "[-1]", "needs a number of days, 0 or more")]
    [InlineData("$more_than_ago", "[0]", null)]
    [InlineData("$dow", "[]", "needs at least one value")]
    [InlineData("$dow", "[0,6]", null)]
    [InlineData("$dow", "[-1]", "needs days from 0 (Sunday) to 6")]
    [InlineData("$dow", "[1.5]", "needs days from 0 (Sunday) to 6")]
    [InlineData("$dow", "[1,7]", "needs days from 0 (Sunday) to 6")]
    [InlineData("$timeframe", "[]", "needs at least one value")]
    [InlineData("$timeframe", "[\"2026-01-01T00:00:00Z;P1D\"]", "needs values like 2026-01-01T00:00:00Z;P1D;PT1H")]
    [InlineData("$timeframe", "[\"2026-01-01T00:00:00Z;P1D;PT1H\",\"x\"]", "needs values like 2026-01-01T00:00:00Z;P1D;PT1H")]
    [InlineData("$timeframe", "[5]", "needs values like 2026-01-01T00:00:00Z;P1D;PT1H")]
    [InlineData("$timeframe_absolute", "[\"2026-03-02;2026-03-01\"]", "needs values like 2026-01-01T00:00:00Z;2026-02-01T00:00:00Z")]
    [InlineData("$timeframe_absolute", "[\"2026-03-01\"]", "needs values like 2026-01-01T00:00:00Z;2026-02-01T00:00:00Z")]
    [InlineData("$timeframe_daily_hours", "[\"18:00\"]", "needs values like 18:00;20:00;1,2")]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;1;2\"]", "needs values like 18:00;20:00;1,2")]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;7\"]", "needs values like 18:00;20:00;1,2")]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;1,x\"]", "needs values like 18:00;20:00;1,2")]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;11\"]", "needs values like 18:00;20:00;1,2")]
    [InlineData("$timeframe_daily_hours", "[\"18:00;20:00;/\"]", "needs values like 18:00;20:00;1,2")]
    public void Operands_ThatCannotBeJudged_AreRefusedWithWhatIsNeeded(string name, string operands, string? problem)
    {
        var errors = ValidationRule.Parse("v", Given.Json($$$$"""{"rules":{"1":{"name":"order.metadata","property":"tag","conditions":{"{{{{name}}}}":{{{{operands}}}}} } } }""")).Errors;
        Assert.Equal(problem, errors.Count == 0 ? null : Assert.Single(errors).Problem);
    }

    [Fact]
    public void ATimeframeOfNothing_IsNeverOpen()
    {
        Assert.False(Holds("$timeframe", "[\"2026-03-01T10:00:00Z;PT0S;PT1H\"]", "\"2026-03-01T10:00:00Z\""));
        Assert.False(Holds("$timeframe", "[\"2026-03-01T10:00:00Z;P1D;PT0S\"]", "\"2026-03-01T10:00:00Z\""));
        Assert.False(Holds("$timeframe", "[\"2026-03-01T10:00:00Z;P1D;PT1H\"]", "\"2026-02-01T10:30:00Z\"")); // before it began
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { """{"rules":{"1":7}}""", "rules.1", "must be an object" },
        { """{"rules":{"one":{}}}""", "rules.one", "is not a rule number" },
        { """{"rules":{"1":{"name":"x"}}}""", "rules.1.name", "'x' is not a rule" },
        { """{"rules":{"1":{}}}""", "rules.1.name", "is required" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$x":[1]}}}}""", "rules.1.conditions.$x", "is not a condition" },
        { """{"rules":{"1":{"name":"order.amount"}}}""", "rules.1.conditions", "needs at least one condition" },
        { """{"rules":{"1":{"name":"order.items.any","conditions":{"$x":["a"]}}}}""", "rules.1.conditions.$x", "is not a condition on products" },
        { """{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"object":"shelf","id":"a"}]}}}}""", "rules.1.conditions.$is", "needs objects with the id of a product, SKU or products collection" },
        { """{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"object":"product","id":""}]}}}}""", "rules.1.conditions.$is", "needs objects with the id of a product, SKU or products collection" },
        { """{"rules":{"1":{"name":"campaign.redemptions.count","conditions":{}}}}""", "rules.1.conditions", "needs at least one condition" },
        { """{"rules":{"1":{"name":"campaign.redemptions.count","conditions":{"$is":[1],"$less_than":[1.5]}}}}""", "rules.1.conditions", "needs whole numbers of 0 or more" },
        { """{"rules":{"1":{"name":"campaign.redemptions.count","conditions":{"$in":[1,-1]}}}}""", "rules.1.conditions", "needs whole numbers of 0 or more" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"1 and"}}""", "rules.logic", "a rule number is missing" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"1 or 5"}}""", "rules.logic", "'5' is not the number of a rule" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"(1"}}""", "rules.logic", "a closing bracket is missing" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"(5"}}""", "rules.logic", "'5' is not the number of a rule" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"1 )"}}""", "rules.logic", "unexpected ')'" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":7}}""", "rules.logic", "must be a string" },
        { """{"rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{"name":"order.items.price"}}}}}""", "rules.1.rules.1.conditions", "needs at least one condition" },
        { """{"rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":[]}}}""", "rules.1.rules", "must be an object" },
        { """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]},"error":{"message":1}}}}""", "rules.1.error.message", "must be a string" },
        { """{"rules":{"1":{"name":"order.metadata","property":5,"conditions":{"$is":[1]}}}}""", "rules.1.property", "must be a string" },
        { """{"bundle_rules":{"x":{"name":"order.items.any","conditions":{"$is":["a"]}}}}""", "bundle_rules.x", "is not a rule number" },
        { """{"bundle_rules":{"1":{"name":"order.items.every","conditions":{"$is":["a"]}}}}""", "bundle_rules.1.name", "must be order.items.any" },
        { """{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a","b"]}}}}""", "bundle_rules.1.conditions.$is", "needs one object with the id of a product, SKU or products collection" },
        { """{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[0]}}}}}}""", "bundle_rules.1.rules", "must be one order.items.aggregated_quantity with $is and a number from 1" },
        { """{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[1000001]}}}}}}""", "bundle_rules.1.rules", "must be one order.items.aggregated_quantity with $is and a number from 1" },
        { """{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{"name":"order.items.price","conditions":{"$is":[1]}}}}}}""", "bundle_rules.1.rules", "must be one order.items.aggregated_quantity with $is and a number from 1" },
        { """{"bundle_rules":{"limit":0}}""", "bundle_rules.limit", "must be an integer from 1 to 100" },
        { """{"bundle_rules":[]}""", "bundle_rules", "must be an object" },
        { """{"applicable_to":[]}""", "applicable_to", "must be an object" },
        { """{"applicable_to":{"included":{}}}""", "applicable_to.included", "must be an array" },
        { """{"applicable_to":{"excluded":["p"]}}""", "applicable_to.excluded[0]", "needs an object (product, sku or products_collection) and an id" },
        { """{"applicable_to":{"included_all":"yes"}}""", "applicable_to.included_all", "must be true or false" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","effect":5}]}}""", "applicable_to.included[0].effect", "must be a string" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","target":"ALL"}]}}""", "applicable_to.included[0].target", "must be one of ITEM, UNIT" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","price":-1}]}}""", "applicable_to.included[0].price", "must be an integer from 0 to 9007199254740991" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","amount_limit":0}]}}""", "applicable_to.included[0].amount_limit", "must be an integer from 1 to 9007199254740991" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","aggregated_amount_limit":1.5}]}}""", "applicable_to.included[0].aggregated_amount_limit", "must be an integer from 1 to 9007199254740991" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","aggregated_quantity_limit":"1"}]}}""", "applicable_to.included[0].aggregated_quantity_limit", "must be an integer from 1 to 9007199254740991" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","repeat":1000001}]}}""", "applicable_to.included[0].repeat", "must be an integer from 1 to 1000000" },
        { """{"applicable_to":{"included":[{"object":"product","id":"p","skip_initially":-1}]}}""", "applicable_to.included[0].skip_initially", "must be an integer from 0 to 1000000" },
        { """{"error":7}""", "error", "must be an object" },
        { "[]", "rules", "must be part of an object" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Rule_WhatIsWrong_IsNamedAndExplained(string definition, string field, string problem)
    {
        var (rule, errors) = ValidationRule.Parse("v", Given.Json(definition));
        Assert.Null(rule);
        Assert.Equal((field, problem), (errors[0].Field, errors[0].Problem));
    }

    [Fact]
    public void Rule_EverythingOfATarget_IsRead()
    {
        var target = Given.Rule("""
            {"applicable_to":{"included":[{"object":"sku","id":"s","effect":"APPLY_FROM_CHEAPEST","target":"UNIT","price":5,"price_formula":2.5,"quantity_limit":1,
            "aggregated_quantity_limit":2,"amount_limit":3,"aggregated_amount_limit":4,"repeat":6,"skip_initially":0}],"included_all":true}}
            """).ApplicableTo;
        Assert.True(target.IncludedAll);
        var one = target.Included[0];
        Assert.Equal((Products.TargetObject.Sku, Products.TargetEffect.ApplyFromCheapest, Products.TargetKind.Unit, 5L, "2.5"), (one.Object, one.Effect, one.Target, one.Price, one.PriceFormula?.Text));
        Assert.Equal((1L, 2L, 3L, 4L, 6, 0), (one.QuantityLimit, one.AggregatedQuantityLimit, one.AmountLimit, one.AggregatedAmountLimit, one.Repeat, one.SkipInitially));
        Assert.False(Given.Rule("""{"applicable_to":{"included":[{"object":"product","id":"p"}]}}""").ApplicableTo.IncludedAll);
    }

    [Fact]
    public void Logic_AtItsLongestAndDeepest_IsRead_AndBracketsSideBySideAreNotDeep()
    {
        static bool IsRead(string logic) => ValidationRule.Parse("v", Given.Json($$$$"""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"{{{{logic}}}}"} }""")).Errors.Count == 0;
        Assert.True(IsRead(new string('(', 30) + "1" + new string(')', 30)));
        Assert.False(IsRead(new string('(', 31) + "1" + new string(')', 31)));
        Assert.True(IsRead(string.Join(" OR ", Enumerable.Repeat("(1)", 100))));
        Assert.True(IsRead("1" + new string(' ', 1_999)));
        Assert.False(IsRead("1" + new string(' ', 2_000)));
    }

    [Fact]
    public void Rule_AtItsDeepestAndWidest_IsRead()
    {
        static string Nested(int depth) => depth == 0
            ? """{"name":"order.items.price","conditions":{"$is":[1]}}"""
            : $$$$"""{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{{{{Nested(depth - 1)}}}} } }""";
        static int Errors(string rules) => ValidationRule.Parse("v", Given.Json("{\"rules\":{" + rules + "}}")).Errors.Count;
        Assert.Equal((0, 1), (Errors("\"1\":" + Nested(4)), Errors("\"1\":" + Nested(5))));
        static string Wide(int count) => string.Join(',', Enumerable.Range(1, count).Select(i => $"\"{i}\":" + Nested(0)));
        Assert.Equal((0, 1), (Errors(Wide(100)), Errors(Wide(101))));
    }

    [Fact]
    public void TheRefusal_SpeaksWithTheInnermostMessage_ThenTheConditions_ThenTheRules()
    {
        static Reason Refused(string inner, string outer, string whole) => Given.Evaluate(Given.Cart(Given.Item("a", 5)), Given.Code("C", new AmountOff(1)).With(Given.Rule($$$$"""
            {"rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]}{{{{outer}}}},"rules":{"1":{"name":"order.items.price","conditions":{"$is":[5]}},"2":{"name":"order.items.price","conditions":{"$is":[6]}{{{{inner}}}} } } } }{{{{whole}}}} }
            """))).FirstReason!;
        static string Error(string text) => $$"""
            ,"error":{"message":"{{text}}"}
            """;
        Assert.Equal("inner", Refused(Error("inner"), Error("outer"), Error("whole")).CustomMessage);
        Assert.Equal("outer", Refused("", Error("outer"), Error("whole")).CustomMessage);
        Assert.Equal("whole", Refused("", "", Error("whole")).CustomMessage);
        Assert.Null(Refused("", "", "").CustomMessage);
    }

    [Fact]
    public void TheRefusal_NamesEveryRuleThatFailed()
    {
        var code = Given.Code("C", new AmountOff(1)).With(
            Given.Rule("""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[10]}}}}""", "val_a"), Given.Rule("""{"rules":{"1":{"name":"order.amount","conditions":{"$less_than":[90]}}}}""", "val_b"),
            Given.Rule("""{"rules":{"1":{"name":"redemption.api_key","conditions":{"$is":["k"]}}}}""", "val_c"));
        Assert.EndsWith(": val_a, val_c", Given.Evaluate(Given.Order(5), code).FirstReason!.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void ANestedConditionThatLacksTheCustomer_SaysSo()
    {
        var rule = Given.Rule("""{"rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{"name":"customer.metadata","property":"x","conditions":{"$is":[1]}}}}}}""");
        Assert.Equal("missing_customer", Given.Evaluate(Given.Cart(Given.Item("a", 5)), Given.Code("C", new AmountOff(1)).With(rule)).FirstReason?.Key);
        Assert.Equal("order_rules_violated", Given.Evaluate(Given.Cart(Given.Item("a", 5)), new EvaluationContext { Customer = new CustomerSnapshot() }, Given.Code("C", new AmountOff(1)).With(rule)).FirstReason?.Key);
    }
}
