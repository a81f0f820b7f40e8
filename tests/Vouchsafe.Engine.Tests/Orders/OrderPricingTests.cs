using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Tests.Orders;

public class OrderPricingTests
{
    [Fact]
    public void Amount_WithoutAnOrderAmount_IsTheSumOfPriceTimesQuantity()
    {
        var (order, problem) = OrderPricing.Price(Given.Cart(Given.Item("lamp", 1000, 2), Given.Item("print", 1500, 3)));

        Assert.Null(problem);
        Assert.Equal(6500, order!.Amount);
        Assert.Equal([2000, 4500], order.Items.Select(item => item.Amount));
        Assert.False(order.AmountChanged);
    }

    [Fact]
    public void Amount_StatedForTheOrder_BeatsTheSum() =>
        Assert.Equal(500, OrderPricing.Price(Given.Cart(Given.Item("lamp", 1000)) with { Amount = 500 }).Order!.Amount);

    [Fact]
    public void StoredPrice_FillsOnlyTheGap()
    {
        var stored = new OrderItem { ProductId = "chair", Quantity = 2, StoredPrice = 7000 };
        Assert.Equal(14000, OrderPricing.Price(Given.Cart(stored)).Order!.Amount);
        Assert.Equal(10000, OrderPricing.Price(Given.Cart(stored with { Price = 5000 })).Order!.Amount);
        Assert.Equal(9000, OrderPricing.Price(Given.Cart(stored with { Amount = 9000 })).Order!.Amount);
    }

    [Fact]
    public void LineAmount_WithoutPrice_GivesTheUnitPriceWhereItIsWhole()
    {
        var even = OrderPricing.Price(Given.Cart(new OrderItem { Quantity = 3, Amount = 300 })).Order!.Items[0];
        var odd = OrderPricing.Price(Given.Cart(new OrderItem { Quantity = 3, Amount = 100 })).Order!.Items[0];
        Assert.Equal((100L, 300L), (even.Price, even.Amount));
        Assert.Equal((null, 100L), (odd.Price, odd.Amount));
    }

    [Fact]
    public void LineWithoutAnyPrice_HasNoAmount()
    {
        var item = OrderPricing.Price(new OrderSnapshot { Amount = 10000, Items = [new OrderItem { ProductId = "p" }] }).Order!.Items[0];
        Assert.Null(item.Amount);
        Assert.Null(item.SubtotalAmount);
    }

    [Theory]
    [InlineData(Minor.Max, 2)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void AmountOutOfRange_IsRefusedAndNamesTheLine(long price, long quantity)
    {
        var (order, problem) = OrderPricing.Price(Given.Cart(Given.Item("ok", 1), Given.Item("bad", price, quantity)));
        Assert.Null(order);
        Assert.Equal("invalid_amount", problem!.Key);
        Assert.Contains(".order.items[1].amount", problem.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void OrderAmountOutOfRange_RefusesTheEvaluation()
    {
        var evaluation = Given.Evaluate(Given.Order(-1), Given.Code("A", new AmountOff(1)));
        Assert.False(evaluation.Valid);
        Assert.Equal("invalid_amount", evaluation.Refused?.Key);
        Assert.Empty(evaluation.Wishes);
    }
}
