using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Tests.Discounts;

public class ItemDiscountTests
{
    // Lamp 2 x 10, print 3 x 15, shirt 3 x 20, flask 2 x 25: the documentation's sample order.
    private static readonly OrderSnapshot Sample = Given.Cart(
        Given.Item("lamp", 1000, 2), Given.Item("print", 1500, 3), Given.Item("shirt", 2000, 3), Given.Item("flask", 2500, 2));

    private static readonly IncludedTarget[] Brand = [Given.Product("lamp"), Given.Product("print"), Given.Product("shirt")];

    private static Evaluation Take(OrderSnapshot order, Discount discount, params IncludedTarget[] targets) =>
        Given.Evaluate(order, Given.Code("C", discount).With(Given.Only(targets)));

    private static long[] Lines(Evaluation evaluation) => [.. evaluation.Order!.Items.Select(item => item.DiscountAmount)];

    public static TheoryData<Discount, long[]> Effects => new()
    {
        { new AmountOff(1000) { Effect = DiscountEffect.ApplyToItems }, [1000, 1000, 1000, 0] },
        { new AmountOff(1000) { Effect = DiscountEffect.ApplyToItemsByQuantity }, [2000, 3000, 3000, 0] },
        { new AmountOff(1000) { Effect = DiscountEffect.ApplyToItemsProportionally }, [160, 360, 480, 0] },
        { new AmountOff(1000) { Effect = DiscountEffect.ApplyToItemsProportionallyByQuantity }, [250, 375, 375, 0] },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }, [200, 450, 600, 0] },
        { new PercentOff(10) { Effect = DiscountEffect.ApplyToItems, AmountLimit = 300 }, [200, 300, 300, 0] },
        { new FixedAmount(1000) { Effect = DiscountEffect.ApplyToItems }, [0, 1500, 3000, 0] },
        { new AmountOff(1000) { Effect = DiscountEffect.ApplyToItems, AggregatedAmountLimit = 2500 }, [1000, 1000, 500, 0] },
        { new AmountOff(1000), [1000, 1000, 1000, 0] }, // without an effect, a rule that includes products means items
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public void Effect_TakesItsShareOffEachIncludedLine(Discount discount, long[] expected)
    {
        var evaluation = Take(Sample, discount, Brand);
        Assert.Equal(expected, Lines(evaluation));
        var order = evaluation.Order!;
        Assert.Equal((expected.Sum(), 0L, 17500 - expected.Sum()), (order.ItemsDiscountAmount, order.DiscountAmount, order.TotalAmount));
        Assert.Equal(expected.Sum(), order.ItemsAppliedDiscountAmount);
    }

    [Fact]
    public void Excluded_BeatsIncluded()
    {
        var rule = Given.Rule("""{"applicable_to":{"included":[{"object":"product","id":"lamp"},{"object":"product","id":"print"}],"excluded":[{"object":"product","id":"print"}],"included_all":false}}""");
        Assert.Equal([200, 0, 0, 0], Lines(Given.Evaluate(Sample, Given.Code("C", new PercentOff(10)).With(rule))));
    }

    [Fact]
    public void WithoutAnyRule_ItemEffectsReachEveryLine() =>
        Assert.Equal([200, 450, 600, 500],
            Lines(Given.Evaluate(Sample, Given.Code("C", new PercentOff(10) { Effect = DiscountEffect.ApplyToItems }))));

    [Fact]
    public void AmountOff_IsCutAtTheLine() =>
        Assert.Equal([1000, 700], Lines(Take(Given.Cart(Given.Item("a", 2000), Given.Item("b", 700)),
            new AmountOff(1000) { Effect = DiscountEffect.ApplyToItems }, Given.Product("a"), Given.Product("b"))));

    [Fact]
    public void UnitLimits_HoldPerLineAndOverAllLines()
    {
        var order = Given.Cart(Given.Item("a", 2000, 3), Given.Item("b", 2000, 4), Given.Item("b", 2000, 2));
        Assert.Equal([500, 1000, 500], Lines(Take(order, new AmountOff(500) { Effect = DiscountEffect.ApplyToItemsByQuantity },
            Given.Product("a") with { QuantityLimit = 1, AggregatedQuantityLimit = 1 },
            Given.Product("b") with { QuantityLimit = 2, AggregatedQuantityLimit = 3 })));
    }

    [Fact]
    public void AmountLimits_OfATarget_HoldPerLineAndOverAllLines()
    {
        var order = Given.Cart(Given.Item("a", 2000), Given.Item("a", 2000), Given.Item("a", 2000));
        Assert.Equal([300, 300, 100], Lines(Take(order, new PercentOff(50), Given.Product("a") with { AmountLimit = 300, AggregatedAmountLimit = 700 })));
    }

    private static readonly OrderSnapshot Mixed = new()
    {
        Items = [.. new[] { ("shirt", 2000L, 3L), ("print", 1500L, 5L), ("lamp", 1000L, 2L), ("socks", 500L, 4L), ("flask", 2500L, 2L) }.Select(line =>
            Given.Item(line.Item1, line.Item2, line.Item3) with { CollectionIds = line.Item1 == "flask" ? [] : ["pc_brand"] })],
    };

    private static readonly IncludedTarget EveryOther = new(TargetObject.ProductsCollection, "pc_brand")
    {
        Effect = TargetEffect.ApplyFromMostExpensive, SkipInitially = 1, Repeat = 2,
    };

    [Fact]
    public void EverySecondUnit_FromTheMostExpensive_SkippingTheFirst()
    {
        var evaluation = Take(Mixed, new AmountOff(500) { Effect = DiscountEffect.ApplyToItemsByQuantity }, EveryOther with { Target = TargetKind.Unit });
        Assert.Equal([500, 1500, 500, 1000, 0], Lines(evaluation));
        var coverage = Assert.Single(evaluation.Results[0].ApplicableTo);
        Assert.Equal([0, 1, 2, 3], coverage.LineIndices);
        Assert.Equal([[2], [1, 3, 5], [2], [2, 4]], coverage.Units.Select(units => units.Units.ToArray()));
    }

    [Fact]
    public void EverySecondLine_FromTheMostExpensive_SkippingTheFirst() =>
        Assert.Equal([0, 500, 0, 500, 0], Lines(Take(Mixed, new AmountOff(500) { Effect = DiscountEffect.ApplyToItems }, EveryOther)));

    [Theory]
    [InlineData(TargetEffect.ApplyToMostExpensive, new long[] { 900, 0, 0 })]
    [InlineData(TargetEffect.ApplyToCheapest, new long[] { 0, 0, 50 })]
    public void OneUnitOfTheExtremeLine(TargetEffect effect, long[] expected) =>
        Assert.Equal(expected, Lines(Take(Given.Cart(Given.Item("a", 9000, 2), Given.Item("a", 6500), Given.Item("a", 500, 3)), new PercentOff(10),
            Given.Product("a") with { Effect = effect, AggregatedQuantityLimit = 1 })));

    [Fact]
    public void TheSourceId_IdentifiesALineToo()
    {
        var order = Given.Cart(new OrderItem { SourceId = "s-1", RelatedObject = "product", Price = 100 });
        Assert.Equal([10], Lines(Take(order, new PercentOff(10), Given.Product("prod_1") with { SourceId = "s-1" })));
    }

    [Theory]
    [InlineData(ProductsApplicationMode.Stack, 1900)]
    [InlineData(ProductsApplicationMode.Once, 1000)]
    public void ProductsApplicationMode_DecidesWhetherALineIsDiscountedTwice(ProductsApplicationMode mode, long discount)
    {
        var percent = new PercentOff(10) { Effect = DiscountEffect.ApplyToItems };
        var evaluation = Given.Evaluate(Given.Cart(Given.Item("a", 10000)), new StackingRules { ProductsApplicationMode = mode },
            Given.Code("A", percent), Given.Code("B", percent));
        Assert.Equal(discount, evaluation.Order!.ItemsDiscountAmount);
    }

    [Fact]
    public void GiftCardOnItems_PaysOnlyForThose_AndSaysSoWhenThereAreNone()
    {
        var card = Given.Card("GC", 10000) with { Benefit = new GiftBenefit(10000) { ApplyToItems = true }, Rules = [Given.Only(Given.Product("a"))] };
        var evaluation = Given.Evaluate(Given.Cart(Given.Item("a", 3000), Given.Item("b", 5000)), card);
        Assert.Equal((5000L, 3000L), (evaluation.Order!.TotalAmount, evaluation.Results[0].Credits));
        Assert.Equal("missing_order_items_amount", Given.Evaluate(Given.Cart(Given.Item("b", 5000)), card).FirstReason?.Key);
    }
}
