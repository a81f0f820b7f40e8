using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

/// <summary>What the people of a shop are told about a verdict.</summary>
public class ExplanationTests
{
    private static readonly EvaluationContext Context = new() { Explain = true };

    private static RuleFinding Finding(ValidationRule rule, OrderSnapshot? order) =>
        Given.Evaluate(order, Context, Given.Code("C", new AmountOff(1)).With(rule)).Results[0].Explanations[0].Findings[0];

    [Fact]
    public void Expected_ListsEveryOperatorWithItsOperands()
    {
        var items = Finding(Given.Condition("order.items.any", """{"$is":["a","b"],"$is_not":["c","d"],"$from":["pc_1","pc_2"]}"""), Given.Cart(Given.Item("a", 5)));
        Assert.Equal("$is a, b; $is_not c, d; $from pc_1, pc_2", items.Expected);
        var value = Finding(Given.Condition("order.metadata", """{"$in":["x",1,true],"$is_not":["y"]}""", ""","property":"tag" """), Given.Order(5));
        Assert.Equal(("$in x, 1, true; $is_not y", "tag", "(none)"), (value.Expected, value.Property, value.Actual));
        Assert.True(value.IsJudged);
    }

    [Theory]
    [InlineData("""{"tag":[1,"x",false]}""", "[1, x, false]")]
    [InlineData("""{"tag":true}""", "true")]
    [InlineData("""{"tag":false}""", "false")]
    [InlineData("""{"tag":{}}""", "(none)")]
    public void Actual_IsTheValueThatWasFound(string metadata, string actual) => Assert.Equal(actual,
        Finding(Given.Condition("order.metadata", """{"$is":[7]}""", ""","property":"tag" """), Given.Order(5) with { Metadata = Given.Json(metadata) }).Actual);

    [Fact]
    public void WithoutAnOrder_ThatIsWhatIsSaid()
    {
        Assert.Equal("(no order)", Finding(Given.Condition("order.amount", """{"$is":[7]}"""), null).Actual);
        Assert.Equal("(no order)", Finding(Given.Condition("order.items.any", """{"$is":["a"]}"""), null).Actual);
        var bundle = Finding(Given.Rule("""{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]}}}}"""), null);
        Assert.Equal(("bundle.1", "bundle", "1 of a", "(no order)", false), (bundle.Path, bundle.Name, bundle.Expected, bundle.Actual, bundle.Holds));
    }

    [Fact]
    public void Lines_AreCalledBySku_ThenProduct_ThenSource()
    {
        var order = Given.Cart(Given.Item("p", 5) with { SkuId = "sku_1" }, Given.Item("p", 5), new OrderItem { SourceId = "s-1", Price = 5 }, new OrderItem { Price = 5 });
        Assert.Equal(["sku_1", "p", "s-1", ""], Finding(Given.Condition("order.items.any", """{"$is":["x"]}"""), order).Lines.Select(line => line.Actual));
    }

    [Fact]
    public void ABundlesPart_CountsTheUnitsOfAllItsLines()
    {
        var rule = Given.Rule("""{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[4]}}}}}}""");
        var finding = Finding(rule, Given.Cart(Given.Item("a", 5, 2), Given.Item("b", 5, 9), Given.Item("a", 5, 3)));
        Assert.Equal(("4 of a", "5", true), (finding.Expected, finding.Actual, finding.Holds));
        Assert.Equal([true, false, true], finding.Lines.Select(line => line.Holds));
    }

    [Fact]
    public void ARuleWithoutConditions_IsExplainedAsHeld()
    {
        var explanation = Given.Evaluate(Given.Order(5), Context, Given.Code("C", new AmountOff(1)).With(Given.Rule("{}", "val_empty"))).Results[0].Explanations[0];
        Assert.Equal(("val_empty", true, 0), (explanation.RuleId, explanation.Holds, explanation.Findings.Count));
    }

    [Fact]
    public void AnIncompleteBundle_IsExplainedOnlyWhenAsked()
    {
        var code = Given.Code("C", new AmountOff(1)).With(Given.Rule("""{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["a"]}}},"error":{"message":"Take both."}}"""));
        Assert.Single(Given.Evaluate(Given.Order(5), Context, code).Results[0].Explanations);
        var plain = Given.Evaluate(Given.Order(5), code).Results[0];
        Assert.Empty(plain.Explanations);
        Assert.Equal("Take both.", plain.Reason?.CustomMessage);
    }

    [Fact]
    public void Extremes_AreExplainedByTheLinesThatDecide()
    {
        var order = Given.Cart(Given.Item("a", 5), Given.Item("b", 9), Given.Item("c", 5));
        Assert.Equal([(0, true), (2, false)], Finding(Given.Condition("order.items.cheapest", """{"$is":["a"]}"""), order).Lines.Select(line => (line.Index, line.Holds)));
        Assert.Empty(Finding(Given.Condition("order.items.cheapest", """{"$is":["a"],"$from":["x"]}"""), order).Lines);
    }
}
