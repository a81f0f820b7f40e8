using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Tests;

public class EvaluationPropertyTests
{
    private static readonly Gen<Discount> AnyDiscount = Gen.OneOf(
        Gen.Long[1, 50_000].Select(amount => (Discount)new AmountOff(amount)),
        Gen.Select(Gen.Int[1, 10_000], Gen.Long[0, 5_000]).Select((percent, limit) =>
            (Discount)new PercentOff(percent / 100m) { AmountLimit = limit == 0 ? null : limit }),
        Gen.Long[0, 50_000].Select(amount => (Discount)new FixedAmount(amount)));

    private static readonly DiscountEffect[] ItemEffects =
    [
        DiscountEffect.ApplyToItems, DiscountEffect.ApplyToItemsByQuantity, DiscountEffect.ApplyToItemsProportionally,
        DiscountEffect.ApplyToItemsProportionallyByQuantity,
    ];

    private static readonly Gen<Discount> AnyItemDiscount = Gen.Select(AnyDiscount, Gen.Int[0, 3], Gen.Long[0, 3_000]).Select((discount, effect, limit) =>
        discount switch
        {
            AmountOff amount => amount with { Effect = ItemEffects[effect], AggregatedAmountLimit = limit == 0 ? null : limit },
            _ => discount with { Effect = DiscountEffect.ApplyToItems },
        });

    private static readonly Gen<IncludedTarget> AnyTarget = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Long[0, 4], Gen.Bool)
        .Select((product, effect, skip, repeat, limit, unit) => Given.Product($"p{product}") with
        {
            Effect = (TargetEffect)effect,
            SkipInitially = skip,
            Repeat = repeat,
            Target = unit ? TargetKind.Unit : TargetKind.Item,
            QuantityLimit = limit == 0 ? null : limit,
            AggregatedQuantityLimit = limit > 2 ? limit + 1 : null,
        });

    private static readonly Gen<Discount> AnyUnits = Gen.Select(Gen.Int[0, 9], Gen.Long[0, 5], Gen.Bool).Select((product, count, add) =>
        (Discount)new UnitOff([new FreeUnits(count, $"p{product}", add ? DiscountEffect.AddNewItems : DiscountEffect.AddMissingItems)
        {
            Item = new OrderItem { ProductId = $"p{product}", StoredPrice = 700 },
        }]));

    private static readonly Gen<Redeemable> AnyRedeemable = Gen.OneOf(
        AnyDiscount.Select(discount => Given.Code("x", discount)),
        AnyUnits.Select(discount => Given.Code("x", discount)),
        Gen.Select(AnyItemDiscount, AnyTarget.Array[0, 4]).Select((discount, targets) => Given.Code("x", discount).With(Given.Only(targets))),
        Gen.Select(AnyDiscount, Gen.Long[0, 30_000]).Select((discount, least) =>
            Given.Code("x", discount).With(Given.Condition("order.total_amount", $$"""{"$more_than_or_equal":[{{least}}]}"""))),
        Gen.Select(Gen.Long[0, 30_000], Gen.Long[0, 30_000]).Select((balance, credits) =>
            Given.Card("x", balance, credits == 0 ? null : credits)));

    private static readonly Gen<OrderSnapshot> AnyOrder = Gen.OneOf(
        Gen.Long[0, 100_000].Select(Given.Order),
        Gen.Select(Gen.Long[0, 5_000], Gen.Long[0, 9]).Array[1, 8].Select(lines =>
            Given.Cart([.. lines.Select((line, i) => Given.Item($"p{i}", line.Item1, line.Item2))])));

    private static readonly Gen<StackingRules> AnyRules = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[1, 8]).Select((all, initial, skip, limit) =>
        new StackingRules
        {
            ApplicationMode = all ? ApplicationMode.All : ApplicationMode.Partial,
            CalculationMode = initial ? DiscountCalculationMode.InitialAmount : DiscountCalculationMode.DiscountedAmount,
            NoEffectRule = skip ? NoEffectRule.Skip : NoEffectRule.RedeemAnyway,
            ApplicableRedeemablesLimit = limit,
        });

    private static readonly Gen<(OrderSnapshot Order, Redeemable[] Stack, StackingRules Rules)> AnyRequest =
        Gen.Select(AnyOrder, AnyRedeemable.Array[1, 10].Select(stack =>
            stack.Select((redeemable, i) => redeemable with { Id = $"R{i}", ResourceId = $"v_{i}" }).ToArray()), AnyRules);

    [Fact]
    public void Discounts_NeverExceedTheOrder_AndTotalsNeverFallBelowZero() => AnyRequest.Sample(request =>
    {
        var evaluation = Given.Evaluate(request.Order, request.Rules, request.Stack);
        return evaluation.Results.Select(result => result.Order).Append(evaluation.Order).OfType<CalculatedOrder>().All(order =>
            order.TotalAmount >= 0 && order.TotalDiscountAmount <= order.Amount
            && order.Items.All(item => item.DiscountAmount >= 0 && item.DiscountAmount <= item.Amount)
            && order.Items.Sum(item => item.DiscountAmount) == order.ItemsDiscountAmount);
    });

    [Fact]
    public void AppliedShares_SumToTheWhole() => AnyRequest.Sample(request =>
    {
        var evaluation = Given.Evaluate(request.Order, request.Rules, request.Stack);
        return evaluation.Order is not { } order || evaluation.Results.Sum(result => result.AppliedAmount) == order.TotalAppliedDiscountAmount;
    });

    [Fact]
    public void ARuleOnTheTotalAfterwards_IsNeverBrokenByWhatItLetThrough() => Gen.Select(AnyRequest, Gen.Long[0, 30_000]).Sample((request, least) =>
    {
        var guarded = Given.Code("G", new PercentOff(30)).With(Given.Condition("order.total_amount", $$"""{"$more_than_or_equal":[{{least}}]}"""));
        var evaluation = Given.Evaluate(request.Order, request.Rules, [.. request.Stack.Take(5), guarded]);
        return evaluation.Results.All(result =>
            result.Redeemable.Id != "G" || result.Status != RedeemableStatus.Applicable || result.Order!.TotalAmount >= least);
    });

    [Fact]
    public void TheSameRequest_GetsTheSameAnswer() => AnyRequest.Sample(request =>
    {
        var first = Given.Evaluate(request.Order, request.Rules, request.Stack);
        var second = Given.Evaluate(request.Order, request.Rules, request.Stack);
        Assert.Equal(first.Wishes, second.Wishes);
        Assert.Equivalent(first.Order, second.Order);
        Assert.Equal(first.Keys(), second.Keys());
    }, iter: 50);

    [Fact]
    public void Wishes_AreExactlyWhatTheResultsSay() => AnyRequest.Sample(request =>
    {
        var evaluation = Given.Evaluate(request.Order, request.Rules, request.Stack);
        var applicable = evaluation.Valid ? evaluation.Results.Where(result => result.Status == RedeemableStatus.Applicable).ToArray() : [];
        return evaluation.Wishes.Count(wish => wish.Kind == CounterKind.Uses) == applicable.Length
            && -evaluation.Wishes.Where(wish => wish.Kind == CounterKind.Credits).Sum(wish => wish.Delta) == applicable.Sum(result => result.Credits ?? 0)
            && applicable.All(result => result.Redeemable.Benefit is not GiftBenefit gift || result.Credits <= gift.Balance);
    });

    [Fact]
    public void AfterItsOwnRedemption_ASecondWorthOfTheCardIsRefused() => Gen.Long[1, 10_000].Sample(balance =>
    {
        var spent = Given.Evaluate(Given.Order(20_000), Given.Card("GC", balance)).Results[0].Credits!.Value;
        return !Given.Evaluate(Given.Order(20_000), Given.Card("GC", balance - spent)).Valid;
    });
}
