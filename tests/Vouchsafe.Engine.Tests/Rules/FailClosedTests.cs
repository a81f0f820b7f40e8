using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Engine.Rules.Conditions;
using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Tests.Rules;

/// <summary>What a rule cannot read never lets anybody in, and never makes the engine throw.</summary>
public class FailClosedTests
{
    private static readonly string[] Negative = ["$is_not", "$not_in", "$not_intersect"];

    private static readonly TimeZoneInfo[] Zones =
    [
        TimeZoneInfo.Utc, TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(14), "east", "east"),
        TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-12), "west", "west"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
    ];

    // One set of operands that each operator accepts, and that no value below satisfies by accident.
    private static string Operands(string name) => name switch
    {
        "$timeframe" => """["2020-01-01T00:00:00Z;P1D;PT1S"]""",
        "$timeframe_absolute" => """["2020-01-01T00:00:00Z;2020-01-02T00:00:00Z"]""",
        "$timeframe_daily_hours" => """["18:00;19:00;1"]""",
        "$after" or "$before" => """["2020-01-01"]""",
        "$starts_with" or "$ends_with" or "$contains" => """["wanted"]""",
        _ => "[2]",
    };

    /// <summary>Values that hold nothing which an operator could compare.</summary>
    private static readonly string[] Unreadable = ["null", "{}", """{"a":1}""", "[]", "[null]", "[{}]", "1e400", "-1e400"];

    /// <summary>Values at the edge of what can be read.</summary>
    private static readonly string[] Odd =
    [
        .. Unreadable, "\"\"", "\" \"", "\"NaN\"", "\"1e5\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999Z\"",
        "\"9999-12-31T23:59:59-14:00\"", "\"2026-02-30\"", "\"\\u0000\"", "\"\\ud800\"", "[\"\\udc00\"]", "79228162514264337593543950335", "-79228162514264337593543950335", "0.0000000000000000000000000001",
        "true", "false", "[[1]]", "[1,\"a\",true,null]", "\"٣\"", "\"2\"", "2",
    ];

    private static bool Holds(ValidationRule rule, OrderSnapshot? order, EvaluationContext context) =>
        Given.Evaluate(order, context, Given.Code("C", new AmountOff(1)).With(rule)).Valid;

    private static ValidationRule Rule(string @operator) =>
        Given.Condition("order.metadata", $$"""{"{{@operator}}":{{Operands(@operator)}}}""", ""","property":"tag" """);

    [Fact]
    public void WhatCannotBeRead_SatisfiesOnlyTheNegativeOperators()
    {
        foreach (var name in OperatorTable.All.Keys)
        {
            var rule = Rule(name);
            OrderSnapshot[] orders = [Given.Order(1000), .. Unreadable.Select(value => Given.Order(1000) with { Metadata = Given.Json($$"""{"tag":{{value}}}""") })];
            foreach (var order in orders)
            {
                // A list without elements, or with elements that are nothing, can still be counted.
                if (name.StartsWith("$count", StringComparison.Ordinal)) continue;
                Assert.True(Negative.Contains(name) == Holds(rule, order, new EvaluationContext()), $"{name} on {(order.Metadata.ValueKind == default ? "no metadata" : order.Metadata)}");
            }
        }
    }

    [Fact]
    public void NoValue_MakesAnOperatorThrow_InAnyTimeZone()
    {
        foreach (var zone in Zones)
            foreach (var name in OperatorTable.All.Keys)
                foreach (var value in Odd)
                {
                    var order = Given.Order(1000) with { Metadata = Given.Json($$"""{"tag":{{value}}}""") };
                    var context = new EvaluationContext { TimeZone = zone, Explain = true };
                    var thrown = Record.Exception(() => Holds(Rule(name), order, context));
                    Assert.True(thrown is null, $"{name} on {value} in {zone.Id}: {thrown}");
                }
    }

    [Fact]
    public void NoConditionHolds_WhereTheRequestNamesNothing()
    {
        // An order without lines, and nobody who asks: every condition on what is not there is refused, whatever it is about.
        string[] always = ["product.discount_applicable", "product.metadata.discount_applicable", "sku.discount_applicable"];
        foreach (var (name, condition) in ConditionTable.All)
        {
            if (always.Contains(name)) continue;
            var conditions = condition.SelectsItems ? """{"$is":["prod_1"]}""" : """{"$is":[7]}""";
            var rule = Given.Condition(name, conditions, condition.NeedsProperty ? ""","property":"tag" """ : "");
            var expected = name == "order.items.none";
            Assert.True(expected == Holds(rule, new OrderSnapshot(), new EvaluationContext { Customer = new CustomerSnapshot() }), name + " with an empty order");
            Assert.False(Holds(rule, null, new EvaluationContext()), name + " with nothing");
        }
    }

    [Theory]
    [InlineData("order.items.any", """{"$is":[]}""")]
    [InlineData("order.items.every", """{"$is":[]}""")]
    [InlineData("order.items.any", """{"$is":["a"],"$from":[]}""")]
    public void ASelectionOfNothing_IsRefusedWhenWritten(string name, string conditions) =>
        Assert.NotEmpty(ValidationRule.Parse("v", Given.Json($$$$"""{"rules":{"1":{"name":"{{{{name}}}}","conditions":{{{{conditions}}}} } } }""")).Errors);
}
