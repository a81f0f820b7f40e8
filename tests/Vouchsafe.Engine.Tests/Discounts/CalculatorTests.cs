using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Discounts;

/// <summary>Limits, bundles, formulas and the two calculation modes, for every kind of discount.</summary>
public class CalculatorTests
{
    // Two bundles of one pan and one pot; six lids beside them, at 10.00.
    private static readonly OrderSnapshot TwoBundles = Given.Cart(Given.Item("pan", 3000, 2), Given.Item("pot", 2000, 3), Given.Item("lid", 1000, 6));

    private static ValidationRule Bundle(string target = "") => Given.Rule($$$"""
        {"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["pan"]}},"2":{"name":"order.items.any","conditions":{"$is":["pot"]}},"limit":10},
        "applicable_to":{"included":[{"object":"product","id":"lid"{{{target}}}}]} }
        """);

    private static CalculatedOrder After(Discount discount, string target = "") => Given.Evaluate(TwoBundles, Given.Code("C", discount).With(Bundle(target))).Order!;

    public static TheoryData<Discount, string, long> Bundled => new()
    {
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToOrder }, "", 200 },
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToOrder, AggregatedAmountLimit = 150 }, "", 150 },
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToItems }, "", 200 },
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToItems, AggregatedAmountLimit = 70 }, "", 140 },
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToItemsByQuantity }, "", 600 }, // a unit gets no more for two bundles
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToItemsByQuantity }, ",\"quantity_limit\":1", 200 },
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToItemsByQuantity }, ",\"aggregated_quantity_limit\":2", 400 },
        { new AmountOff(5000) { Effect = DiscountEffect.ApplyToItemsByQuantity }, ",\"quantity_limit\":1", 2000 }, // no more than the units cost
        { new AmountOff(100) { Effect = DiscountEffect.ApplyToItemsProportionally, AggregatedAmountLimit = 150 }, "", 150 },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToOrder }, "", 3600 }, // 20 % of 180.00
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToOrder, AmountLimit = 1000 }, "", 2000 },
        { new PercentOff(60) { Effect = DiscountEffect.ApplyToOrder }, "", 18000 }, // no more than all of it
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, "", 1200 },
        { new PercentOff(60) { Effect = DiscountEffect.ApplyToItems }, "", 6000 },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, ",\"quantity_limit\":1", 200 },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, ",\"aggregated_quantity_limit\":2", 400 },
        { new PercentOff(60) { Effect = DiscountEffect.ApplyToItems }, ",\"quantity_limit\":1", 1000 }, // all of one unit, not more of two
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, ",\"quantity_limit\":4", 800 }, // 20 % of four units
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems, AmountLimit = 300 }, "", 600 },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, ",\"amount_limit\":300", 600 },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, ",\"aggregated_amount_limit\":250", 500 },
        { new FixedAmount(400) { Effect = DiscountEffect.ApplyToItems }, "", 3600 },
    };

    [Theory]
    [MemberData(nameof(Bundled))]
    public void Bundles_MultiplyTheValueOrItsUnits_AndEveryLimit(Discount discount, string target, long off) => Assert.Equal(off, After(discount, target).TotalDiscountAmount);

    [Fact]
    public void Bundles_MultiplyFreeUnits() => Assert.Equal(2, Given.Evaluate(TwoBundles, Given.Code("C", new UnitOff([new FreeUnits(1, "cup", DiscountEffect.AddNewItems)])).With(Bundle()))
        .Order!.Items.Single(item => item.Source.ProductId == "cup").DiscountQuantity);

    [Fact]
    public void OfSeveralBundleRules_TheFewestCount_AndThatOnesLimitIsShown()
    {
        static ValidationRule Of(string id, int limit) => Given.Rule($$$"""{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["{{{id}}}"]}},"limit":{{{limit}}} } }""");
        var result = Given.Evaluate(TwoBundles, Given.Code("C", new AmountOff(1)).With(Of("lid", 5), Of("pan", 9), Of("pot", 7))).Results[0];
        Assert.Equal((2, 9), (result.Bundle!.Quantity, result.Bundle.Limit));
        Assert.Equal("order_rules_violated", Given.Evaluate(null, Given.Code("C", new AmountOff(1)).With(Of("lid", 5))).FirstReason?.Key);
        Assert.True(Given.Evaluate(null, new EvaluationContext { RuleReach = RuleReach.AudienceOnly }, Given.Code("C", new AmountOff(1)).With(Of("lid", 5))).Valid);
    }

    [Fact]
    public void ProductsOfABundle_AreTakenBeforeCollections()
    {
        var rule = Given.Rule("""{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":["pc_1"]}},"2":{"name":"order.items.any","conditions":{"$is":["a"]}},"limit":10}}""");
        var order = Given.Cart(Given.Item("a", 5) with { CollectionIds = ["pc_1"] }, Given.Item("b", 5) with { CollectionIds = ["pc_1"] });
        Assert.Equal(1, Given.Evaluate(order, Given.Code("C", new AmountOff(1)).With(rule)).Results[0].Bundle!.Quantity);
    }

    [Theory]
    [InlineData("included", DiscountEffect.ApplyToItems)]
    [InlineData("excluded", DiscountEffect.ApplyToItems)]
    [InlineData("neither", DiscountEffect.ApplyToOrder)]
    public void WithoutAnEffect_NamedProductsDecide_IncludedOrExcluded(string list, DiscountEffect effect)
    {
        var rule = Given.Rule($$$"""{"applicable_to":{"{{{list}}}":[{"object":"product","id":"lid"}]} }""");
        foreach (Discount discount in new Discount[] { new AmountOff(100), new PercentOff(10), new FixedAmount(500) })
            Assert.Equal(effect, Given.Evaluate(TwoBundles, Given.Code("C", discount).With(rule)).Results[0].Discount!.Effect);
    }

    private static readonly StackingRules FromInitial = new() { CalculationMode = DiscountCalculationMode.InitialAmount };

    [Theory]
    [InlineData(DiscountCalculationMode.InitialAmount, 2000)]
    [InlineData(DiscountCalculationMode.DiscountedAmount, 1000)]
    public void AFixedOrderPrice_IsMeasuredAsTheModeSays(DiscountCalculationMode mode, long second) => Assert.Equal(second, Given.Evaluate(
        Given.Order(10_000), new StackingRules { CalculationMode = mode }, Given.Code("A", new AmountOff(1_000)), Given.Code("B", new FixedAmount(8_000))).Results[1].AppliedAmount);

    [Fact]
    public void CategoriesOfTheDiscountedMode_BeatTheProjectsInitialOne()
    {
        var rules = FromInitial with { DiscountedAmountModeCategories = ["d"] };
        Assert.Equal(800, Given.Evaluate(Given.Order(10_000), rules, Given.Code("A", new AmountOff(2_000)), Given.Code("B", new PercentOff(10)).In(("d", 1))).Results[1].AppliedAmount);
        Assert.Equal(1_000, Given.Evaluate(Given.Order(10_000), rules, Given.Code("A", new AmountOff(2_000)), Given.Code("B", new PercentOff(10)).In(("e", 1))).Results[1].AppliedAmount);
    }

    [Theory]
    [InlineData(DiscountEffect.ApplyToItemsProportionally)]
    [InlineData(DiscountEffect.ApplyToItemsByQuantity)]
    [InlineData(DiscountEffect.ApplyToItems)]
    public void AmountsOnLines_NeverTakeMoreThanIsLeft_InEitherMode(DiscountEffect effect)
    {
        var order = Given.Evaluate(Given.Cart(Given.Item("a", 100), Given.Item("b", 100)), FromInitial,
            Given.Code("A", new PercentOff(90) { Effect = DiscountEffect.ApplyToItems }), Given.Code("B", new AmountOff(500) { Effect = effect })).Order!;
        Assert.Equal((0L, 200L), (order.TotalAmount, order.ItemsDiscountAmount));
    }

    [Fact]
    public void ASplit_IsByWhatIsLeft_OrByTheInitialAmounts()
    {
        long[] Second(StackingRules rules) => [.. Given.Evaluate(Given.Cart(Given.Item("a", 1000), Given.Item("b", 1000)), rules,
            Given.Code("A", new AmountOff(500) { Effect = DiscountEffect.ApplyToItems }).With(Given.Only(Given.Product("a"))),
            Given.Code("B", new AmountOff(300) { Effect = DiscountEffect.ApplyToItemsProportionally })).Results[1].Order!.Items.Select(item => item.AppliedDiscountAmount)];
        Assert.Equal([100, 200], Second(StackingRules.Default));
        Assert.Equal([150, 150], Second(FromInitial));
    }

    private static Formula Parse(string text) => Formula.Read(text)!;

    [Fact]
    public void NewPrices_OfATargetBeatTheDiscounts_AndAFormulaThatCannotBeToldFallsBackToThem()
    {
        var cart = Given.Cart(Given.Item("a", 1000), Given.Item("b", 1000), Given.Item("c", 1000), Given.Item("d", 1000));
        var rule = Given.Only(Given.Product("a") with { Price = 900 }, Given.Product("b") with { PriceFormula = Parse("8") },
            Given.Product("c") with { Price = 700, PriceFormula = Parse("ORDER_METADATA(\"none\")") }, Given.Product("d") with { PriceFormula = Parse("ORDER_METADATA(\"none\")") });
        var result = Given.Evaluate(cart, Given.Code("C", new FixedAmount(600) { Effect = DiscountEffect.ApplyToItems }).With(rule)).Results[0];
        Assert.Equal([100, 200, 300, 400], result.Order!.Items.Select(item => item.DiscountAmount));
        Assert.True(result.Discount!.IsDynamic);
        Assert.False(Given.Evaluate(cart, Given.Code("C", new FixedAmount(600) { Effect = DiscountEffect.ApplyToItems }).With(Given.Only(Given.Product("a") with { Price = 1 }))).Results[0].Discount!.IsDynamic);
    }

    [Fact]
    public void IsDynamic_ExactlyWhenAFormulaGaveTheValue()
    {
        static bool Dynamic(Discount discount) => Given.Evaluate(Given.Order(1000), Given.Code("C", discount)).Results[0].Discount!.IsDynamic;
        Assert.True(Dynamic(new PercentOff(5) { Formula = Parse("6") }));
        Assert.False(Dynamic(new PercentOff(5) { Formula = Parse("ORDER_METADATA(\"none\")") }));
        Assert.False(Dynamic(new PercentOff(5)));
        Assert.True(Dynamic(new FixedAmount(5) { Formula = Parse("6") }));
        Assert.False(Dynamic(new AmountOff(5) { Formula = Parse("ORDER_METADATA(\"none\")") }));
        var one = new FreeUnits(1, "a", DiscountEffect.AddNewItems);
        Assert.True(Dynamic(new UnitOff([one, one with { UnitType = "b", Formula = Parse("2") }])));
        Assert.False(Dynamic(new UnitOff([one, one with { UnitType = "b", Formula = Parse("ORDER_METADATA(\"none\")") }])));
    }

    private static FreeUnits Missing(string type, long count, OrderItem? item = null) => new(count, type, DiscountEffect.AddMissingItems) { Item = item };

    [Fact]
    public void MissingUnits_AreTakenLineByLine_AndNotTwice()
    {
        var cart = Given.Cart(Given.Item("tee", 2000, 2), Given.Item("tee", 1000, 2));
        CalculatedOrder Twice(long first, long second) => Given.Evaluate(cart, Given.Code("A", new UnitOff([Missing("tee", first)])), Given.Code("B", new UnitOff([Missing("tee", second)]))).Order!;
        Assert.Equal([2, 1], Twice(1, 2).Items.Select(item => item.DiscountQuantity));
        Assert.Equal((0L, 5000L), (Twice(1, 2).Items[0].AppliedQuantity, Twice(1, 2).TotalDiscountAmount));
        Assert.Equal([2, 2], Twice(3, 1).Items.Select(item => item.DiscountQuantity));
        // Three are free already, so of two more only one is in the cart.
        Assert.Equal((3L, 3L, 2L), (Twice(3, 2).Items[0].Quantity, Twice(3, 2).Items[0].DiscountQuantity, Twice(3, 2).Items[1].DiscountQuantity));
    }

    [Fact]
    public void FreeUnits_FindTheirLineByProductSkuOrSource()
    {
        long[] Quantities(FreeUnits units, OrderItem item) => [.. Given.Evaluate(Given.Cart(item), Given.Code("C", new UnitOff([units with { Effect = DiscountEffect.AddNewItems }]))).Order!.Items.Select(one => one.Quantity)];
        var sku = new OrderItem { SkuId = "sku_1", ProductId = "prod", Price = 5 };
        Assert.Equal([2], Quantities(Missing("sku_1", 1), sku));
        Assert.Equal([1, 1], Quantities(Missing("sku_2", 1), sku));
        Assert.Equal([2], Quantities(Missing("shirt-m", 1, new OrderItem { SkuId = "shirt-m", SourceId = "src" }), new OrderItem { SkuId = "shirt-m", Price = 5 }));
        Assert.Equal([2], Quantities(Missing("prod_1", 1, new OrderItem { ProductId = "prod_1", SourceId = "src" }), new OrderItem { SourceId = "src", RelatedObject = "product", Price = 5 }));
        Assert.Equal([1, 1], Quantities(Missing("prod_1", 1), new OrderItem { SourceId = "src", RelatedObject = "product", Price = 5 }));
    }

    [Fact]
    public void AnAddedLine_IsWhatTheUnitTypeIs()
    {
        CalculatedItem Added(OrderItem? item) => Given.Evaluate(Given.Order(100), Given.Code("C", new UnitOff([Missing("prod_1", 1, item)]))).Order!.Items[0];
        Assert.Equal(("prod_1", null, null), (Added(null).Source.ProductId, Added(null).Price, Added(null).Amount));
        Assert.Equal(("s", 7L), (Added(new OrderItem { SourceId = "s", Price = 7, StoredPrice = 9 }).Source.SourceId, Added(new OrderItem { Price = 7, StoredPrice = 9 }).Price));
        Assert.Equal(9L, Added(new OrderItem { StoredPrice = 9 }).Price);
        Assert.Empty(Given.Evaluate(Given.Order(100), Given.Code("C", new UnitOff([Missing("prod_1", 0)]))).Order!.Items);
    }

    [Fact]
    public void GiftCardsOnItems_PayOneLineAfterAnother_WithinWhatWasAskedAndEveryLimit()
    {
        long[] Paid(long? credits, params IncludedTarget[] targets) => [.. Given.Evaluate(Given.Cart(Given.Item("a", 300), Given.Item("b", 500, 2)), Given.Card("GC", 900) with
        {
            Benefit = new GiftBenefit(900) { ApplyToItems = true, RequestedCredits = credits }, Rules = targets.Length == 0 ? [] : [Given.Only(targets)],
        }).Order!.Items.Select(item => item.DiscountAmount)];
        Assert.Equal([300, 600], Paid(null));
        Assert.Equal([300, 50], Paid(350));
        Assert.Equal([0, 500], Paid(null, Given.Product("b") with { QuantityLimit = 1 }));
        Assert.Equal([120, 600], Paid(null, Given.Product("a") with { AmountLimit = 120 }, Given.Product("b") with { AggregatedAmountLimit = 600 }));
    }

    [Theory]
    [InlineData(100L, 100, 100)]
    [InlineData(null, 100, 100)]
    public void AllThatACardHolds_CanBeAskedFor(long? credits, long balance, long paid) =>
        Assert.Equal(paid, Given.Evaluate(Given.Order(5000), Given.Card("GC", balance, credits)).Results[0].Credits);
}
