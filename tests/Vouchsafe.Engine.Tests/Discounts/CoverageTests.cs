using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Tests.Discounts;

/// <summary>Which lines and units a discount reaches.</summary>
public class CoverageTests
{
    private static readonly AmountOff Unit = new(1) { Effect = DiscountEffect.ApplyToItemsByQuantity };

    private static Evaluation Take(OrderSnapshot order, params IncludedTarget[] targets) => Given.Evaluate(order, Given.Code("C", Unit).With(Given.Only(targets)));

    private static long[] Units(OrderSnapshot order, params IncludedTarget[] targets) => [.. Take(order, targets).Order!.Items.Select(item => item.DiscountAmount)];

    /// <summary>The same answer as counting every unit by itself, in the order that the target asks for.</summary>
    [Fact]
    public void Units_AgreeWithCountingEachByItself() =>
        Gen.Select(Gen.Select(Gen.Long[100, 900], Gen.Long[0, 7]).Array[1, 6], Gen.Int[0, 4], Gen.Int[0, 6], Gen.Int[1, 4], Gen.Long[0, 3], Gen.Long[0, 9]).Sample((lines, effect, skip, repeat, limit, most) =>
        {
            var target = Given.Product("p") with
            {
                Effect = (TargetEffect)effect, Target = TargetKind.Unit, SkipInitially = skip, Repeat = repeat,
                QuantityLimit = limit == 0 ? null : limit, AggregatedQuantityLimit = most == 0 ? null : most,
            };
            var order = Given.Cart([.. lines.Select(line => Given.Item("p", line.Item1, line.Item2))]);
            var byPrice = Enumerable.Range(0, lines.Length);
            byPrice = target.Effect switch
            {
                TargetEffect.ApplyToCheapest or TargetEffect.ApplyFromCheapest => byPrice.OrderBy(i => lines[i].Item1),
                TargetEffect.ApplyToMostExpensive or TargetEffect.ApplyFromMostExpensive => byPrice.OrderByDescending(i => lines[i].Item1),
                _ => byPrice,
            };
            var counted = byPrice.SelectMany(i => Enumerable.Range(1, (int)lines[i].Item2).Select(unit => (Line: i, Unit: (long)unit))).ToList();
            var picked = counted.Where((_, place) => place >= skip && (place - skip) % repeat == 0).ToList();
            if (target.Effect is TargetEffect.ApplyToCheapest or TargetEffect.ApplyToMostExpensive) picked = [.. picked.Take(1)];
            if (target.QuantityLimit is { } each) picked = [.. picked.GroupBy(one => one.Line).SelectMany(line => line.Take((int)each))];
            if (target.AggregatedQuantityLimit is { } all) picked = [.. picked.Take((int)all)];

            var evaluation = Take(order, target);
            Assert.Equal(Enumerable.Range(0, lines.Length).Select(i => (long)picked.Count(one => one.Line == i)), evaluation.Order!.Items.Select(item => item.DiscountAmount));
            var coverage = evaluation.Results[0].ApplicableTo[0];
            Assert.Equal(picked.Select(one => one.Line).Distinct(), coverage.LineIndices);
            Assert.Equal(picked.GroupBy(one => one.Line).Select(line => line.Select(one => one.Unit).ToArray()), coverage.Units.Select(units => units.Units.ToArray()));
        }, iter: Tries.Of(2_000));

    [Fact]
    public void Lines_AgreeWithCountingEachByItself() =>
        Gen.Select(Gen.Select(Gen.Long[100, 900], Gen.Long[1, 4]).Array[1, 7], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 3]).Sample((lines, effect, skip, repeat) =>
        {
            var target = Given.Product("p") with { Effect = (TargetEffect)effect, SkipInitially = skip, Repeat = repeat };
            var places = Enumerable.Range(0, lines.Length);
            places = effect switch { 1 or 2 => places.OrderBy(i => lines[i].Item1), 3 or 4 => places.OrderByDescending(i => lines[i].Item1), _ => places };
            var picked = places.Where((_, place) => place >= skip && (place - skip) % repeat == 0).Take(effect is 1 or 3 ? 1 : int.MaxValue).ToHashSet();
            var order = Given.Cart([.. lines.Select(line => Given.Item("p", line.Item1, line.Item2))]);
            Assert.Equal(lines.Select((line, i) => picked.Contains(i) ? line.Item2 : 0), Units(order, target));
        }, iter: Tries.Of(1_000));

    [Fact]
    public void ALineIsClaimedByTheFirstTargetThatNamesIt() =>
        Assert.Equal([1, 2], Units(Given.Cart(Given.Item("a", 100, 3), Given.Item("b", 100, 2)), Given.Product("a") with { QuantityLimit = 1 }, Given.Product("a"), Given.Product("b")));

    [Fact]
    public void WithEverythingIncluded_TargetsOnlyLimitWhatTheyName()
    {
        var rule = Given.Rule("""{"applicable_to":{"included":[{"object":"product","id":"a","quantity_limit":1}],"included_all":true}}""");
        var order = Given.Cart(Given.Item("a", 100, 3), Given.Item("b", 100, 2));
        Assert.Equal([1, 2], Given.Evaluate(order, Given.Code("C", Unit).With(rule)).Order!.Items.Select(item => item.DiscountAmount));
    }

    [Fact]
    public void SeveralRules_IncludeWhatAnyIncludes_AndExcludeWhatAnyExcludes()
    {
        var order = Given.Cart(Given.Item("a", 100), Given.Item("b", 100), Given.Item("c", 100));
        long[] Reached(params ValidationRules[] rules) => [.. Given.Evaluate(order, Given.Code("C", Unit).With([.. rules.Select(rule => Given.Rule(rule.Json))])).Order!.Items.Select(item => item.DiscountAmount)];
        ValidationRules a = new("""{"applicable_to":{"included":[{"object":"product","id":"a"}]}}"""), b = new("""{"applicable_to":{"included":[{"object":"product","id":"b"}]}}""");
        ValidationRules notB = new("""{"applicable_to":{"excluded":[{"object":"product","id":"b"}]}}"""), all = new("""{"applicable_to":{"included":[{"object":"product","id":"a","quantity_limit":1}],"included_all":true}}""");
        Assert.Equal([1, 1, 0], Reached(a, b));
        Assert.Equal([1, 0, 0], Reached(a, notB));
        Assert.Equal([1, 0, 1], Reached(notB, all));
        Assert.Equal([1, 1, 1], Reached(all, new ValidationRules("{}")));
    }

    private sealed record ValidationRules(string Json);

    [Fact]
    public void Skus_AreMatchedAsSkus_AndProductsWithAllTheirs()
    {
        var order = Given.Cart(
            Given.Item("prod", 100) with { SkuId = "sku_1" }, new OrderItem { SkuId = "sku_2", Price = 100 }, new OrderItem { SourceId = "s-1", RelatedObject = "sku", Price = 100 },
            new OrderItem { SourceId = "s-1", RelatedObject = "product", Price = 100 }, new OrderItem { SourceId = "s-1", Price = 100 },
            new OrderItem { ProductSourceId = "s-1", Price = 100 }, new OrderItem { SkuSourceId = "s-1", Price = 100 });
        Assert.Equal([1, 0, 0, 0, 0, 0, 0], Units(order, new IncludedTarget(TargetObject.Sku, "sku_1")));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0], Units(order, Given.Product("prod")));
        Assert.Equal([0, 0, 1, 0, 0, 0, 1], Units(order, new IncludedTarget(TargetObject.Sku, "sku_9") { SourceId = "s-1" }));
        Assert.Equal([0, 0, 1, 0, 0, 0, 1], Units(order, new IncludedTarget(TargetObject.Sku, "s-1")));
        Assert.Equal([0, 0, 0, 1, 1, 1, 0], Units(order, Given.Product("prod_9") with { SourceId = "s-1" }));
    }

    [Fact]
    public void WithoutAUnitPrice_TheLinesShareDecidesWhatIsCheapest()
    {
        var order = Given.Cart(new OrderItem { ProductId = "p", Amount = 1000, Quantity = 3 }, new OrderItem { ProductId = "p", Amount = 700, Quantity = 2 }, new OrderItem { ProductId = "p", Amount = 50, Quantity = 0 });
        Assert.Equal([1, 0, 0], Units(order, Given.Product("p") with { Effect = TargetEffect.ApplyToCheapest, SkipInitially = 1, QuantityLimit = 1 }));
        Assert.Equal([0, 1, 0], Units(order, Given.Product("p") with { Effect = TargetEffect.ApplyToMostExpensive, QuantityLimit = 1 }));
    }

    [Theory]
    [InlineData(999, 1, true)]
    [InlineData(1000, 1, false)]
    public void Units_AreListedUpToAThousandInTheOrder(long units, long others, bool listed)
    {
        var coverage = Take(Given.Cart(Given.Item("a", 1, units), Given.Item("b", 1, others)), Given.Product("a")).Results[0].ApplicableTo[0].Units[0];
        Assert.Equal((listed ? units : 0, !listed), (coverage.Units.Count, coverage.UnitsLimitExceeded));
    }

    [Fact]
    public void Excluded_IsListedWithItsLines_AlsoWithoutAnOrder()
    {
        var rule = Given.Rule("""{"applicable_to":{"excluded":[{"object":"product","id":"b"}]}}""");
        var code = Given.Code("C", new AmountOff(1)).With(rule);
        Assert.Equal([1, 2], Given.Evaluate(Given.Cart(Given.Item("a", 9), Given.Item("b", 9), Given.Item("b", 9)), code).Results[0].InapplicableTo[0].LineIndices);
        Assert.Empty(Given.Evaluate(null, code).Results[0].InapplicableTo[0].LineIndices);
        Assert.Empty(Given.Evaluate(Given.Order(100), code).Results[0].ApplicableTo);
    }

    [Fact]
    public void APartOfALine_IsTheSameShareOfWhatIsLeft()
    {
        var half = new PercentOff(50) { Effect = DiscountEffect.ApplyToItems };
        var order = Given.Evaluate(Given.Cart(Given.Item("a", 1000, 4)), Given.Code("A", new AmountOff(1000) { Effect = DiscountEffect.ApplyToItems }),
            Given.Code("B", half).With(Given.Only(Given.Product("a") with { QuantityLimit = 1 }))).Order!;
        Assert.Equal(1000 + 375, order.ItemsDiscountAmount); // half of a quarter of 30.00
        var initial = new StackingRules { CalculationMode = DiscountCalculationMode.InitialAmount };
        Assert.Equal(1000 + 500, Given.Evaluate(Given.Cart(Given.Item("a", 1000, 4)), initial, Given.Code("A", new AmountOff(1000) { Effect = DiscountEffect.ApplyToItems }),
            Given.Code("B", half).With(Given.Only(Given.Product("a") with { QuantityLimit = 1 }))).Order!.ItemsDiscountAmount);
    }
}
