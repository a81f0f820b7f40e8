using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

public class BundleTests
{
    private static string Part(string id, int quantity = 1) =>
        $$$"""{"name":"order.items.any","conditions":{"$is":[{"id":"{{{id}}}","type":"product_or_sku","object":"product"}]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[{{{quantity}}}]}},"logic":"1"}}""";

    private static Evaluation Take(OrderSnapshot order, Discount discount, string applicable = "", int? limit = 10) =>
        Given.Evaluate(order, Given.Code("C", discount).With(Given.Rule(
            $$$"""{"rules":{},"bundle_rules":{"1":{{{Part("lap")}}},"2":{{{Part("bag")}}}{{{(limit is null ? "" : $",\"limit\":{limit}")}}}}{{{applicable}}}}""")));

    private static OrderSnapshot Cart(long laptops, long bags, long mice = 0) =>
        Given.Cart(Given.Item("lap", 90000, laptops), Given.Item("bag", 5000, bags), Given.Item("mouse", 4000, mice));

    [Theory]
    [InlineData(5, 5, 500)]
    [InlineData(5, 1, 100)]
    [InlineData(20, 20, 1000)] // cut at the limit
    public void OrderDiscounts_GrowWithTheBundles(long laptops, long bags, long discount)
    {
        var evaluation = Take(Cart(laptops, bags), new AmountOff(100) { Effect = DiscountEffect.ApplyToOrder });
        Assert.Equal(discount, evaluation.Order!.TotalDiscountAmount);
        Assert.Equal(discount / 100, evaluation.Results[0].Bundle!.Quantity);
    }

    [Fact]
    public void WithoutALimit_OneBundleCounts() =>
        Assert.Equal(100, Take(Cart(5, 5), new AmountOff(100) { Effect = DiscountEffect.ApplyToOrder }, limit: null).Order!.TotalDiscountAmount);

    [Fact]
    public void AnIncompleteBundle_IsRefused() =>
        Assert.Equal("order_rules_violated", Take(Cart(5, 0), new AmountOff(100)).FirstReason?.Key);

    [Theory]
    [InlineData(5, 0, true, false)]
    [InlineData(1, 2, true, true)]
    public void Explain_SaysWhichPartOfTheBundleIsThere(long laptops, long bags, bool first, bool second)
    {
        var rule = Given.Rule($$$"""{"bundle_rules":{"1":{{{Part("lap")}}},"2":{{{Part("bag", 2)}}}} }""");
        var result = Given.Evaluate(Cart(laptops, bags), new EvaluationContext { Explain = true }, Given.Code("C", new AmountOff(1)).With(rule)).Results[0];
        var findings = Assert.Single(result.Explanations).Findings;
        Assert.Equal([first, second], findings.Select(finding => finding.Holds));
        Assert.Equal(("bundle.2", "2 of bag", bags.ToString(System.Globalization.CultureInfo.InvariantCulture)), (findings[1].Path, findings[1].Expected, findings[1].Actual));
        Assert.Equal(first && second, result.Explanations[0].Holds);
    }

    [Fact]
    public void ANewPrice_IsNotMultiplied() =>
        Assert.Equal(5000, Take(Cart(2, 2), new FixedAmount(5000) { Effect = DiscountEffect.ApplyToOrder }).Order!.TotalAmount);

    private const string Mouse = ""","applicable_to":{"included":[{"object":"product","id":"mouse"QTY}],"included_all":false}""";

    [Theory]
    [InlineData(DiscountEffect.ApplyToItemsByQuantity, ",\"quantity_limit\":1", 4000)] // two units of 20.00
    [InlineData(DiscountEffect.ApplyToItems, "", 4000)] // twice 20.00 off the line
    [InlineData(DiscountEffect.ApplyToItemsProportionally, "", 4000)]
    public void ItemDiscounts_GrowWithTheBundles(DiscountEffect effect, string limit, long discount) =>
        Assert.Equal(discount, Take(Cart(2, 2, 3), new AmountOff(2000) { Effect = effect },
            Mouse.Replace("QTY", limit, StringComparison.Ordinal)).Order!.ItemsDiscountAmount);

    [Fact]
    public void AUnit_CountsForOnePartOnly()
    {
        var rule = Given.Rule($$$"""{"bundle_rules":{"1":{{{Part("lap")}}},"2":{{{Part("lap", 2)}}},"limit":10}}""");
        Assert.Equal(2, Given.Evaluate(Cart(6, 0), Given.Code("C", new AmountOff(1)).With(rule)).Results[0].Bundle!.Quantity);
    }

    private static ValidationRule Mixed(int limit = 10) => Given.Rule($$$"""
        {"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["pc_1"]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[3]} } } },
        "2":{{{Part("lap")}}},"3":{"name":"order.items.any","conditions":{"$is":["sku_1"]} },"limit":{{{limit}}} } }
        """);

    private static OrderItem Variant(long quantity) => new() { SkuId = "sku_1", ProductId = "lap", Price = 100, Quantity = quantity, CollectionIds = ["pc_1"] };

    private static BundleCount Found(params OrderItem[] items) => Given.Evaluate(Given.Cart(items), Given.Code("C", new AmountOff(1)).With(Mixed())).Results[0].Bundle!;

    // One variant, one of the product, three of the collection; the narrower part takes first.
    [Fact]
    public void Bundle_NamesTheUnitsThatMakeItUp_AndNoMoreThanThose()
    {
        var bundle = Found(Variant(7), Given.Item("mouse", 100), Given.Item("pad", 100, 4) with { CollectionIds = ["pc_1"] });
        Assert.Equal(2, bundle.Quantity);
        Assert.Equal([new BundledUnits(0, TargetObject.Sku, "sku_1", 7), new BundledUnits(2, TargetObject.Product, "pad", 3)], bundle.Identified);
        Assert.Empty(bundle.Missing);
    }

    [Fact]
    public void AnIncompleteBundle_NamesWhatIsThere_AndWhatIsMissing()
    {
        var bundle = Found(Given.Item("lap", 100, 4), Given.Item("pad", 100) with { CollectionIds = ["pc_1"] });
        Assert.Equal((0, 10), (bundle.Quantity, bundle.Limit));
        Assert.Equal([new BundledUnits(0, TargetObject.Product, "lap", 1), new BundledUnits(1, TargetObject.Product, "pad", 1)], bundle.Identified);
        Assert.Equal([("sku_1", 1L), ("pc_1", 2L)], bundle.Missing.Select(missing => (missing.Target.Id, missing.Quantity)));
    }

    [Theory]
    [InlineData(RuleReach.NoCountersNorBundles)]
    [InlineData(RuleReach.AudienceOnly)]
    public void WhereABundleMayBeIncomplete_TheDiscountIsOffered_AndTakesNothingYet(RuleReach reach)
    {
        var context = new EvaluationContext { RuleReach = reach, StackingRules = new StackingRules { NoEffectRule = NoEffectRule.Skip } };
        var rule = Given.Rule($$$"""{"bundle_rules":{"1":{{{Part("lap", 2)}}} },"applicable_to":{"included":[{"object":"product","id":"mouse","quantity_limit":1}]} }""");
        foreach (Discount discount in new Discount[] { new AmountOff(100), new PercentOff(10), new FixedAmount(1), new AmountOff(100) { Effect = DiscountEffect.ApplyToItemsByQuantity } })
        {
            var lacking = Given.Evaluate(Cart(1, 0, 3), context, Given.Code("C", discount).With(rule));
            Assert.True(lacking.Valid);
            Assert.Equal((0, 0L), (lacking.Results[0].Bundle!.Quantity, lacking.Order!.TotalDiscountAmount));
            Assert.Equal([2], lacking.Results[0].ApplicableTo[0].LineIndices);
            Assert.True(Given.Evaluate(Cart(2, 0, 3), context, Given.Code("C", discount).With(rule)).Order!.TotalDiscountAmount > 0);
        }
    }
}
