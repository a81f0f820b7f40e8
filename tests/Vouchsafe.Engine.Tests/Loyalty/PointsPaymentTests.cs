using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Money;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Loyalty;

public class PointsPaymentTests
{
    private static readonly CoinReward TwentyForAHundred = new(Points: 100, Amount: 2_000);

    private static Redeemable Card(long balance, PointsReward? reward, long? points = null, long held = 0, string code = "LC") => new()
    {
        Kind = RedeemableKind.LoyaltyCard, Id = code, ResourceId = "v_" + code,
        Benefit = new PointsBenefit(balance) { Held = held, RequestedPoints = points, Reward = reward },
    };

    [Theory]
    [InlineData(8_000, null, 45_000, 2_300, 45_000)] // the documentation's example: the last exchange is taken whole
    [InlineData(8_000, 100L, 45_000, 100, 2_000)]
    [InlineData(8_000, 300L, 6_000, 300, 6_000)]
    [InlineData(250, null, 45_000, 200, 4_000)] // what the card has, in whole exchanges
    [InlineData(8_000, 199L, 45_000, 100, 2_000)] // what does not make an exchange stays on the card
    [InlineData(8_000, 5_000L, 45_000, 2_300, 45_000)] // never more than is due
    [InlineData(8_000, null, 0, 0, 0)]
    public void PointsPay_InWholeExchanges(long balance, long? asked, long due, long spent, long off)
    {
        var evaluation = Given.Evaluate(Given.Order(due), Card(balance, TwentyForAHundred, asked));
        Assert.Equal(spent, evaluation.Results[0].Credits);
        Assert.Equal(off, evaluation.Order!.TotalDiscountAmount);
    }

    [Theory]
    [InlineData(8_000, 8_001L, 0, "loyalty_card_points_exceeded")]
    [InlineData(8_000, 200L, 7_900, "loyalty_card_points_exceeded")] // held by locks of others
    [InlineData(99, null, 0, "loyalty_card_points_exceeded")]
    [InlineData(8_000, 99L, 0, "invalid_points")]
    public void PointsThatCannotBeSpent_AreRefused(long balance, long? asked, long held, string key)
    {
        var evaluation = Given.Evaluate(Given.Order(45_000), Card(balance, TwentyForAHundred, asked, held));
        Assert.Equal(key, evaluation.FirstReason?.Key);
        Assert.Empty(evaluation.Wishes);
    }

    [Fact]
    public void ARewardWithAPrice_TakesIt_AndLeavesTheOrder()
    {
        var evaluation = Given.Evaluate(Given.Order(5_000), Card(1_000, new PricedReward(700)));
        Assert.Equal(5_000, evaluation.Order!.TotalAmount);
        Assert.Contains(new CounterWish("v_LC", CounterKind.Credits, -700, null), evaluation.Wishes);
        Assert.Equal("loyalty_card_points_exceeded", Given.Evaluate(null, Card(699, new PricedReward(700))).FirstReason?.Key);
    }

    [Fact]
    public void ARewardWithAPrice_IsAnEffect_WhereRedeemablesWithoutOneAreSkipped()
    {
        var rules = new StackingRules { NoEffectRule = NoEffectRule.Skip };
        Assert.True(Given.Evaluate(Given.Order(0), rules, Card(1_000, new PricedReward(700))).Valid);
    }

    [Fact]
    public void WithoutAReward_ACardIsRefused_ButQualifies()
    {
        Assert.Equal(new Reason(400, "missing_reward", "Missing reward", "A reward is required when redeeming a LOYALTY_CARD"),
            Given.Evaluate(Given.Order(100), Card(1_000, null)).FirstReason);
        Assert.True(Given.Evaluate(Given.Order(100), new EvaluationContext { RuleReach = RuleReach.NoCounters }, Card(1_000, null)).Valid);
    }

    [Fact]
    public void PointsNeedAnOrderWithAnAmount()
    {
        Assert.Equal("missing_order", Given.Evaluate(null, Card(1_000, TwentyForAHundred)).FirstReason?.Key);
        Assert.Equal("missing_amount", Given.Evaluate(new OrderSnapshot(), Card(1_000, TwentyForAHundred)).FirstReason?.Key);
    }

    [Theory]
    [InlineData("cust_1", null)]
    [InlineData("cust_2", "invalid_customer")]
    [InlineData(null, "invalid_customer")] // somebody whom nobody knows yet
    public void OnlyTheHolder_SpendsACard(string? customerId, string? key)
    {
        var context = new EvaluationContext { Customer = new CustomerSnapshot { Id = customerId } };
        var card = Card(1_000, TwentyForAHundred) with { HolderId = "cust_1" };
        Assert.Equal(key, Given.Evaluate(Given.Order(100), context, card).FirstReason?.Key);
    }

    [Theory]
    [InlineData("cust_1", "referrer_not_permitted_to_redeem")]
    [InlineData("cust_2", null)]
    public void AReferralCode_IsForAnybodyButItsOwner(string customerId, string? key)
    {
        var context = new EvaluationContext { Customer = new CustomerSnapshot { Id = customerId } };
        var code = Given.Code("REF", new PercentOff(30)) with { HolderId = "cust_1", IsReferralCode = true };
        Assert.Equal(key, Given.Evaluate(Given.Order(100), context, code).FirstReason?.Key);
    }

    [Fact]
    public void PointsSpent_AreNeverMoreThanTheCardHas_AndPayNoMoreThanIsDueOrTheyAreWorth() =>
        Gen.Select(
            Gen.Long[0, 10_000], Gen.Long[0, 10_000], Gen.Long[0, 2_000], Gen.Long[1, 500], Gen.Long[1, 5_000], Gen.Long[0, 100_000])
            .Sample((balance, asked, held, points, amount, due) =>
            {
                var evaluation = Given.Evaluate(
                    Given.Order(due), Card(balance, new CoinReward(points, amount), asked == 0 ? null : asked, held), Given.Card("GC", 700));
                var result = evaluation.Results.First(r => r.Redeemable.Kind == RedeemableKind.LoyaltyCard);
                if (result.Status != RedeemableStatus.Applicable) return evaluation.Wishes.Count == 0;
                var spent = result.Credits!.Value;
                var full = spent / points * amount;
                return spent % points == 0 && spent <= balance - held && (asked == 0 || spent <= asked)
                    && result.AppliedAmount == Math.Min(full, due)
                    && full - result.AppliedAmount < amount
                    && evaluation.Order!.TotalAmount >= 0;
            });

    [Fact]
    public void HugePoints_DoNotOverflow()
    {
        var evaluation = Given.Evaluate(Given.Order(Minor.Max), Card(Minor.Max, new CoinReward(1, Minor.Max)));
        Assert.Equal(1, evaluation.Results[0].Credits);
        Assert.Equal(0, evaluation.Order!.TotalAmount);
        Assert.Equal(Minor.Max, Given.Evaluate(Given.Order(Minor.Max), Card(Minor.Max, new CoinReward(1, 1))).Results[0].Credits);
    }
}
