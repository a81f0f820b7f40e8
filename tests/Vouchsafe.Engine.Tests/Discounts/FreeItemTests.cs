namespace Vouchsafe.Engine.Tests.Discounts;

public class FreeItemTests
{
    private static FreeUnits New(string product, long count, long price) =>
        new(count, product, DiscountEffect.AddNewItems) { Item = new OrderItem { ProductId = product, StoredPrice = price } };

    private static FreeUnits Missing(string product, long count, long price) =>
        New(product, count, price) with { Effect = DiscountEffect.AddMissingItems };

    private static CalculatedOrder After(OrderSnapshot order, params FreeUnits[] units) =>
        Given.Evaluate(order, Given.Code("C", new UnitOff(units))).Order!;

    [Fact]
    public void NewUnits_JoinTheLineOfTheirProduct()
    {
        var order = After(Given.Cart(Given.Item("mug", 1000), Given.Item("flask", 2500, 2)), New("mug", 1, 1000));
        Assert.Equal((7000L, 6000L, 1000L, 6000L), (order.Amount, order.InitialAmount, order.ItemsDiscountAmount, order.TotalAmount));
        var mug = order.Items[0];
        Assert.Equal((2L, 1L, 1L, 2000L, 1000L, 1000L, 1000L),
            (mug.Quantity, mug.InitialQuantity, mug.DiscountQuantity, mug.Amount, mug.InitialAmount, mug.DiscountAmount, mug.SubtotalAmount));
    }

    [Fact]
    public void NewUnits_OfAProductTheCartLacks_FormALine()
    {
        var order = After(Given.Cart(Given.Item("key", 9500), Given.Item("pant", 18500)), New("coat", 3, 29900));
        Assert.Equal((117700L, 28000L, 89700L, 28000L), (order.Amount, order.InitialAmount, order.ItemsDiscountAmount, order.TotalAmount));
        var coat = order.Items[2];
        Assert.Equal(("coat", 3L, 0L, 3L, 0L), (coat.Source.ProductId, coat.Quantity, coat.InitialQuantity, coat.AppliedQuantity, coat.SubtotalAmount));
    }

    [Theory]
    [InlineData(0, 2, 5800)]
    [InlineData(1, 2, 5800)]
    [InlineData(2, 2, 5800)]
    [InlineData(3, 3, 8700)]
    public void MissingUnits_CountWhatTheCartHolds(long held, long quantity, long amount)
    {
        OrderItem[] items = held == 0 ? [] : [Given.Item("tee", 2900, held)];
        var order = After(Given.Cart(items), Missing("tee", 2, 2900));
        Assert.Equal((quantity, amount, 5800L), (order.Items[0].Quantity, order.Amount, order.TotalDiscountAmount));
        Assert.Equal(2, order.Items[0].DiscountQuantity);
    }

    [Fact]
    public void SeveralKinds_EachFollowItsOwnEffect()
    {
        var cart = Given.Cart(Given.Item("red", 2900), Given.Item("blue", 3100)) with { Amount = 6000 };
        var evaluation = Given.Evaluate(cart, Given.Code("C", new UnitOff([Missing("red", 1, 2900), New("blue", 1, 3100)])));
        var order = evaluation.Order!;
        Assert.Equal((9100L, 6000L, 3100L), (order.Amount, order.ItemsDiscountAmount, order.TotalAmount));
        Assert.Equal([0L, 3100L], order.Items.Select(item => item.SubtotalAmount));
        Assert.Equal(DiscountEffect.AddManyItems, evaluation.Results[0].Discount?.Effect);
    }

    [Fact]
    public void ARefusedRedeemable_LeavesNoFreeUnitsBehind()
    {
        var partial = new StackingRules { ApplicationMode = ApplicationMode.Partial };
        var refused = Given.Code("F", new UnitOff([New("coat", 1, 500)])).With(Given.Condition("order.amount", """{"$more_than":[5000]}"""));
        var evaluation = Given.Evaluate(Given.Cart(Given.Item("a", 1000)), partial, refused, Given.Code("OK", new AmountOff(100)));
        Assert.Equal((1000L, 900L), (evaluation.Order!.Amount, evaluation.Order.TotalAmount));
        Assert.Single(evaluation.Order.Items);
    }

    [Fact]
    public void UnitsThatWouldOverflowTheOrder_AreNotAdded()
    {
        var order = After(Given.Cart(Given.Item("mug", 1000)), New("mug", Vouchsafe.Engine.Money.Minor.Max, 1000));
        Assert.Equal((1000L, 1000L), (order.Amount, order.TotalAmount));
    }

    [Fact]
    public void UnitDefinition_IsReadAndChecked()
    {
        var one = new DiscountDefinition { Type = "UNIT", UnitOff = 1, UnitType = "prod_1", Effect = "ADD_NEW_ITEMS" };
        Assert.Empty(one.Check());
        Assert.Equal(DiscountEffect.AddNewItems, Assert.IsType<UnitOff>(one.ToDiscount()).Units[0].Effect);
        Assert.Equal("discount.unit_type", Assert.Single((one with { UnitType = null }).Check()).Field);
        Assert.Equal("discount.unit_off", Assert.Single((one with { UnitOff = 0.5m }).Check()).Field);
        Assert.Equal("discount.units", Assert.Single(new DiscountDefinition { Type = "UNIT", Effect = "ADD_MANY_ITEMS" }.Check()).Field);
        var many = new DiscountDefinition { Type = "UNIT", Effect = "ADD_MANY_ITEMS", Units = [new UnitDefinition { UnitOff = 1, UnitType = "p", Effect = "ADD_SAME_ITEMS" }] };
        Assert.Equal("discount.units[0].effect", Assert.Single(many.Check()).Field);
    }
}
