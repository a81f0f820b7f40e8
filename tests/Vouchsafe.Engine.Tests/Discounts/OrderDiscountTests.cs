namespace Vouchsafe.Engine.Tests.Discounts;

public class OrderDiscountTests
{
    private static CalculatedOrder After(long amount, Discount discount) =>
        Given.Evaluate(Given.Order(amount), Given.Code("C", discount)).Order!;

    [Fact]
    public void Percent_OfTheOrder()
    {
        var order = After(20050, new PercentOff(10));
        Assert.Equal((20050L, 2005L, 2005L, 18045L), (order.Amount, order.DiscountAmount, order.TotalDiscountAmount, order.TotalAmount));
        Assert.Equal((2005L, 0L), (order.AppliedDiscountAmount, order.ItemsDiscountAmount));
    }

    [Theory]
    [InlineData(10000, 1500)]
    [InlineData(5000, 1000)]
    public void Percent_IsCutAtItsAmountLimit(long amount, long expected) =>
        Assert.Equal(expected, After(amount, new PercentOff(20) { AmountLimit = 1500 }).DiscountAmount);

    [Fact]
    public void Amount_NeverTakesTheOrderBelowZero()
    {
        var order = After(800, new AmountOff(1000));
        Assert.Equal((800L, 0L), (order.DiscountAmount, order.TotalAmount));
    }

    [Theory]
    [InlineData(2500, 1500, 1000)]
    [InlineData(700, 0, 700)] // a fixed price never raises
    public void Fixed_LowersTheOrderToThePrice(long amount, long discount, long left)
    {
        var order = After(amount, new FixedAmount(1000));
        Assert.Equal((discount, left), (order.DiscountAmount, order.TotalAmount));
    }

    [Fact]
    public void WithoutAnEffect_TheResultNamesTheDefault()
    {
        var result = Assert.Single(Given.Evaluate(Given.Order(10000), Given.Code("C", new AmountOff(1))).Results);
        Assert.Equal(DiscountEffect.ApplyToOrder, result.Discount?.Effect);
        Assert.Equal("APPLY_TO_ORDER", WireNames.Of(result.Discount!.Effect!.Value));
    }

    [Fact]
    public void WithoutAnOrder_ADiscountIsApplicableAndTakesNothing()
    {
        var evaluation = Given.Evaluate(null, Given.Code("C", new PercentOff(10)));
        Assert.True(evaluation.Valid);
        Assert.Null(evaluation.Order);
        Assert.Equal(new CounterWish("v_C", CounterKind.Uses, 1, null), Assert.Single(evaluation.Wishes));
    }

    [Fact]
    public void AnotherCodeForAStoredOrder_GetsOnlyWhatIsLeft()
    {
        var stored = new OrderSnapshot { Id = "ord_1", Amount = 10000, PriorDiscountAmount = 9200 };
        var order = Given.Evaluate(stored, Given.Code("B", new AmountOff(1000))).Order!;
        Assert.Equal((10000L, 10000L, 800L, 800L, 0L),
            (order.DiscountAmount, order.TotalDiscountAmount, order.AppliedDiscountAmount, order.TotalAppliedDiscountAmount, order.TotalAmount));
    }
}
