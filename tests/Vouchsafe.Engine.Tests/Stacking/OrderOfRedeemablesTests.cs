namespace Vouchsafe.Engine.Tests.Stacking;

/// <summary>Where the documentation promises it, the order in which a request names its redeemables changes no total.</summary>
public class OrderOfRedeemablesTests
{
    private static readonly StackingRules FromInitial = new() { CalculationMode = DiscountCalculationMode.InitialAmount, ApplicableRedeemablesLimit = 30 };

    private static readonly StackingRules Wide = new() { ApplicableRedeemablesLimit = 30 };

    private static readonly OrderSnapshot Cart = Given.Cart([.. Enumerable.Range(0, 8).Select(i => Given.Item($"p{i}", 1_000 + (i * 37), i + 1))]);

    private static void AnyOrderIsTheSame(Gen<Discount> discounts, StackingRules rules, Func<int, Redeemable, Redeemable>? reach = null) =>
        Gen.Select(discounts.Array[2, 6], Gen.Int).Sample((stack, seed) =>
        {
            Redeemable[] codes = [.. stack.Select((discount, i) => Given.Code($"R{i}", discount)).Select((code, i) => reach is null ? code : reach(i, code))];
            Redeemable[] shuffled = [.. codes];
            new Random(seed).Shuffle(shuffled);
            var (one, other) = (Given.Evaluate(Cart, rules, codes).Order!, Given.Evaluate(Cart, rules, shuffled).Order!);
            return one.TotalAmount == other.TotalAmount && one.Items.Select(item => item.DiscountAmount).SequenceEqual(other.Items.Select(item => item.DiscountAmount));
        });

    [Fact]
    public void Amounts_OffTheOrder() => AnyOrderIsTheSame(Gen.Long[1, 30_000].Select(amount => (Discount)new AmountOff(amount)), Wide);

    [Fact]
    public void Percentages_OfTheInitialAmount() =>
        AnyOrderIsTheSame(Gen.Int[1, 6_000].Select(percent => (Discount)new PercentOff(percent / 100m)), FromInitial);

    [Fact]
    public void PercentagesAndAmounts_OfTheInitialAmount() => AnyOrderIsTheSame(
        Gen.OneOf(Gen.Int[1, 3_000].Select(percent => (Discount)new PercentOff(percent / 100m)), Gen.Long[1, 20_000].Select(amount => (Discount)new AmountOff(amount))), FromInitial);

    [Fact]
    public void DiscountsOfDifferentProducts() => AnyOrderIsTheSame(
        Gen.OneOf(
            Gen.Int[1, 10_000].Select(percent => (Discount)new PercentOff(percent / 100m)),
            Gen.Long[1, 9_000].Select(amount => (Discount)new AmountOff(amount)),
            Gen.Long[0, 2_000].Select(price => (Discount)new FixedAmount(price) { Effect = DiscountEffect.ApplyToItems }),
            Gen.Long[1, 2_000].Select(amount => (Discount)new AmountOff(amount) { Effect = DiscountEffect.ApplyToItemsByQuantity })),
        Wide, (i, code) => code.With(Given.Only(Given.Product($"p{i}"))));

    [Fact]
    public void InTheDiscountedMode_TheOrderMatters_SoTheseTestsSaySomething() => Assert.NotEqual(
        Given.Evaluate(Cart, Given.Code("A", new PercentOff(10)), Given.Code("B", new AmountOff(5_000))).Order!.TotalAmount,
        Given.Evaluate(Cart, Given.Code("B", new AmountOff(5_000)), Given.Code("A", new PercentOff(10))).Order!.TotalAmount);

    [Fact]
    public void ByHierarchy_TheRequestsOrderChangesNothing() => Gen.Int.Sample(seed =>
    {
        var rules = new StackingRules { SortingRule = SortingRule.CategoryHierarchy, ApplicableRedeemablesLimit = 30 };
        Redeemable[] codes =
        [
            Given.Code("A", new PercentOff(10)).In(("c1", 3)), Given.Code("B", new AmountOff(5_000)).In(("c2", 1)), Given.Code("C", new PercentOff(7)).In(("c3", 9), ("c4", 2)), Given.Code("D", new FixedAmount(40_000)),
        ];
        new Random(seed).Shuffle(codes);
        return Given.Evaluate(Cart, rules, codes).Results.Select(result => result.Redeemable.Id).SequenceEqual(["B", "C", "A", "D"]);
    }, iter: 50);
}
