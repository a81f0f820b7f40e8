using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Tests.Orders;

/// <summary>Every amount that an answer shows, checked against every other, whatever was applied, refused and taken back.</summary>
public class OrderArithmeticTests
{
    private static readonly Gen<OrderItem> AnyItem = Gen.Select(Gen.Long[0, 3_000], Gen.Long[0, 6], Gen.Int[0, 4], Gen.Double[0, 1], Gen.Bool).Select((price, quantity, product, share, prior) =>
        Given.Item($"p{product}", price, quantity) with
        {
            PriorDiscountAmount = prior ? (long)(price * quantity * share) : 0, PriorDiscountQuantity = prior ? (long)(quantity * share) : 0,
        });

    private static readonly Gen<OrderSnapshot> AnyOrder = Gen.Select(AnyItem.Array[1, 6], Gen.Long[0, 2_000], Gen.Bool).Select((items, prior, priors) =>
        Given.Cart(items) with { PriorDiscountAmount = priors ? prior : 0 });

    private static readonly DiscountEffect[] ItemEffects =
    [
        DiscountEffect.ApplyToItems, DiscountEffect.ApplyToItemsByQuantity, DiscountEffect.ApplyToItemsProportionally, DiscountEffect.ApplyToItemsProportionallyByQuantity,
    ];

    private static readonly Gen<Discount> AnyDiscount = Gen.OneOf(
        Gen.Select(Gen.Long[1, 2_000], Gen.Int[0, 3]).Select((amount, effect) => (Discount)new AmountOff(amount) { Effect = ItemEffects[effect] }),
        Gen.Int[1, 10_000].Select(percent => (Discount)new PercentOff(percent / 100m) { Effect = DiscountEffect.ApplyToItems }),
        Gen.Long[0, 2_000].Select(price => (Discount)new FixedAmount(price) { Effect = DiscountEffect.ApplyToItems }),
        Gen.Long[1, 2_000].Select(amount => (Discount)new AmountOff(amount)),
        Gen.Select(Gen.Int[0, 6], Gen.Long[0, 4], Gen.Bool).Select((product, count, isNew) => (Discount)new UnitOff(
            [new FreeUnits(count, $"p{product}", isNew ? DiscountEffect.AddNewItems : DiscountEffect.AddMissingItems) { Item = new OrderItem { ProductId = $"p{product}", StoredPrice = 700 } }])));

    // Half of them look at the outcome and take their own step back, whatever it was.
    private static readonly Gen<Redeemable[]> AnyStack = Gen.Select(AnyDiscount, Gen.Bool, Gen.Long[0, 9_000]).Array[1, 5].Select(stack => stack.Select((one, i) =>
        Given.Code($"R{i}", one.Item1).With(one.Item2 ? [Given.Condition("order.total_amount", $$"""{"$more_than_or_equal":[{{one.Item3}}]}""")] : [])).ToArray());

    private static readonly StackingRules Partial = new() { ApplicationMode = ApplicationMode.Partial };

    private static void ForAny(Action<OrderSnapshot, Evaluation> check) => Gen.Select(AnyOrder, AnyStack).Sample((order, stack) =>
        check(order, Given.Evaluate(order, Partial, stack)), iter: Tries.Of(2_000));

    [Fact]
    public void Items_SumToTheOrder_AndCostPriceTimesQuantity() => ForAny((_, evaluation) =>
    {
        foreach (var order in evaluation.Results.Select(result => result.Order).Append(evaluation.Order).OfType<CalculatedOrder>())
        {
            Assert.Equal(order.ItemsDiscountAmount, order.Items.Sum(item => item.DiscountAmount));
            Assert.Equal(order.ItemsAppliedDiscountAmount, order.Items.Sum(item => item.AppliedDiscountAmount));
            Assert.Equal(order.TotalAppliedDiscountAmount, order.AppliedDiscountAmount + order.ItemsAppliedDiscountAmount);
            Assert.Equal(order.Amount, order.Items.Sum(item => item.Amount));
            Assert.All(order.Items, item => Assert.Equal(item.Price * item.Quantity, item.Amount));
            Assert.All(order.Items, item => Assert.InRange(item.DiscountAmount, 0, item.Amount!.Value));
            Assert.All(order.Items, item => Assert.InRange(item.DiscountQuantity, 0, item.Quantity));
            Assert.All(order.Items, item => Assert.Equal(item.Amount - item.DiscountAmount, item.SubtotalAmount));
            Assert.Equal(order.TotalAmount, order.Amount - order.DiscountAmount - order.ItemsDiscountAmount);
            Assert.True(order.TotalAmount >= 0);
        }
    });

    [Fact]
    public void EachStep_ShowsWhatItChanged_AndARefusedOneChangesNothing() => ForAny((order, evaluation) =>
    {
        var before = OrderPricing.Price(order).Order!;
        foreach (var result in evaluation.Results)
        {
            if (result.Order is not { } after) continue;
            AssertStep(before, after, after);
            before = after;
        }

        if (evaluation.Order is { } last) AssertStep(OrderPricing.Price(order).Order!, last, before);
    });

    // The amounts of "after" are those of "same"; what it says was applied leads from "before" to it.
    private static void AssertStep(CalculatedOrder before, CalculatedOrder after, CalculatedOrder same)
    {
        Assert.Equal((same.Amount, same.DiscountAmount, same.ItemsDiscountAmount), (after.Amount, after.DiscountAmount, after.ItemsDiscountAmount));
        Assert.Equal(before.DiscountAmount + after.AppliedDiscountAmount, after.DiscountAmount);
        Assert.Equal(before.ItemsDiscountAmount + after.ItemsAppliedDiscountAmount, after.ItemsDiscountAmount);
        Assert.Equal(before.InitialAmount, after.InitialAmount);
        for (var i = 0; i < after.Items.Count; i++)
        {
            var (item, old) = (after.Items[i], i < before.Items.Count ? before.Items[i] : null);
            Assert.Equal((old?.DiscountAmount ?? 0) + item.AppliedDiscountAmount, item.DiscountAmount);
            Assert.Equal((old?.DiscountQuantity ?? 0) + item.AppliedDiscountQuantity, item.DiscountQuantity);
            Assert.Equal((old?.Quantity ?? 0) + item.AppliedQuantity, item.Quantity);
            Assert.Equal((old?.Amount ?? 0) + item.AppliedQuantityAmount, item.Amount);
            Assert.Equal((old?.InitialAmount ?? 0, old?.InitialQuantity ?? 0), (item.InitialAmount, item.InitialQuantity));
            Assert.Equal(item.DiscountQuantity > 0 || item.Quantity != item.InitialQuantity, item.HasFreeUnits);
        }
    }

    [Fact]
    public void ACodeBehindARefusedOne_GetsWhatItWouldGetWithoutIt() => Gen.Select(AnyOrder, AnyDiscount, AnyDiscount).Sample((order, first, second) =>
    {
        var refused = Given.Code("NO", first).With(Given.Condition("order.total_amount", """{"$less_than":[0]}"""));
        var after = Given.Evaluate(order, Partial, refused, Given.Code("YES", second)).Order!;
        var alone = Given.Evaluate(order, Partial, Given.Code("YES", second)).Order!;
        Assert.Equal((alone.Amount, alone.DiscountAmount, alone.ItemsDiscountAmount), (after.Amount, after.DiscountAmount, after.ItemsDiscountAmount));
        Assert.Equal(
            alone.Items.Select(item => (item.Quantity, item.Amount, item.DiscountAmount, item.DiscountQuantity)),
            after.Items.Select(item => (item.Quantity, item.Amount, item.DiscountAmount, item.DiscountQuantity)));
    });

    [Theory]
    [InlineData(5, 0, 0, 0)]
    [InlineData(5, 400, 400, 0)]
    [InlineData(2, 400, 200, 2)] // the line was made smaller after the discount: no more than it is now
    public void PriorDiscounts_AreNeverMoreThanTheLineIsNow(long quantity, long prior, long discount, long units)
    {
        var item = Given.Item("p", 100, quantity) with { PriorDiscountAmount = prior, PriorDiscountQuantity = units * 2 };
        var line = OrderPricing.Price(Given.Cart(item)).Order!.Items[0];
        Assert.Equal((discount, units), (line.DiscountAmount, line.DiscountQuantity));
    }

    [Fact]
    public void AStoredOrdersInitialAmounts_AreKept()
    {
        var item = Given.Item("p", 100, 3) with { InitialQuantity = 2, InitialAmount = 200 };
        var order = OrderPricing.Price(Given.Cart(item) with { InitialAmount = 200 }).Order!;
        Assert.Equal((200L, 300L, true), (order.InitialAmount, order.Amount, order.AmountChanged));
        Assert.Equal((2L, 200L, true), (order.Items[0].InitialQuantity, order.Items[0].InitialAmount, order.Items[0].HasFreeUnits));
    }

    [Fact]
    public void AnOrderStatedBelowItsLines_IsNeverDiscountedBelowWhatIsStated()
    {
        var stated = Given.Cart(Given.Item("a", 900) with { PriorDiscountAmount = 800 }) with { Amount = 500, PriorDiscountAmount = 100 };
        var order = Given.Evaluate(stated, Given.Code("C", new PercentOff(100) { Effect = DiscountEffect.ApplyToItems })).Order!;
        Assert.Equal((500L, 0L, 500L, 0L), (order.ItemsDiscountAmount, order.DiscountAmount, order.TotalDiscountAmount, order.TotalAppliedDiscountAmount));
    }

    [Theory]
    [InlineData(null, 100L, 0L, null)] // no units: no unit price to tell
    [InlineData(null, 100L, 3L, null)]
    [InlineData(50L, null, 0L, 50L)]
    public void ALineWithoutUnitsOrWholePrice_KeepsItsAmount(long? price, long? amount, long quantity, long? unit)
    {
        var line = OrderPricing.Price(Given.Cart(new OrderItem { ProductId = "p", Price = price, Amount = amount, Quantity = quantity })).Order!.Items[0];
        Assert.Equal((amount ?? 0, unit, quantity), (line.Amount, line.Price, line.Quantity));
    }

    [Theory]
    [InlineData(-1, 1, true)]
    [InlineData(100, -1, true)]
    [InlineData(Engine.Money.Minor.Max, 1, false)]
    public void ALinesAmount_IsRefusedBelowZeroAndFineUpToTheLargest(long amount, long quantity, bool refused)
    {
        var problem = OrderPricing.Price(Given.Cart(new OrderItem { ProductId = "p", Amount = amount, Quantity = quantity })).Problem;
        Assert.Equal(refused ? ".order.items[0].amount" : null, problem?.Details?.Split(' ')[1]);
    }

    [Fact]
    public void AnOrdersAmountOutOfRange_IsNamed() =>
        Assert.Contains(".order.amount", OrderPricing.Price(Given.Order(-1)).Problem!.Details, StringComparison.Ordinal);

    [Fact]
    public void WithoutAPrice_ALineHasNoAmounts()
    {
        var line = OrderPricing.Price(Given.Cart(new OrderItem { ProductId = "p" })).Order!.Items[0];
        Assert.Equal((null, null, null, false), (line.Amount, line.InitialAmount, line.Price, line.HasFreeUnits));
    }
}
