using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

public class CounterTests
{
    private static readonly CustomerSnapshot Buyer = new() { Id = "cust_1" };

    private static Redeemable Coupon(ValidationRule rule, string code = "C") =>
        Given.Code(code, new AmountOff(400)).With(rule) with { CampaignId = "camp_1" };

    private static Evaluation At(ValidationRule rule, long counted)
    {
        var context = new EvaluationContext { Customer = Buyer };
        var key = Assert.Single(RuleCounters.Needed([Coupon(rule)], context, Given.Now));
        return Given.Evaluate(Given.Order(1000), context with { Counters = new Dictionary<string, long> { [key] = counted } }, Coupon(rule));
    }

    [Theory]
    [InlineData("redemption.count.per_customer", "$less_than_or_equal", 1, 0, true)]
    [InlineData("redemption.count.per_customer", "$less_than_or_equal", 1, 1, false)]
    [InlineData("redemption.count.per_customer", "$less_than", 2, 0, true)]
    [InlineData("redemption.count.per_customer", "$less_than", 2, 1, false)]
    [InlineData("campaign.redemptions.count", "$less_than_or_equal", 2, 1, true)]
    [InlineData("campaign.redemptions.count", "$less_than_or_equal", 2, 2, false)]
    [InlineData("campaign.orders.amount_discounted", "$less_than_or_equal", 1000, 600, true)]
    [InlineData("campaign.orders.amount_discounted", "$less_than_or_equal", 1000, 601, false)]
    [InlineData("campaign.orders.amount", "$less_than_or_equal", 1500, 500, true)]
    [InlineData("campaign.orders.amount", "$less_than_or_equal", 1500, 501, false)]
    public void TheRedemptionBeingMade_Counts(string name, string @operator, long limit, long counted, bool holds)
    {
        var evaluation = At(Given.Condition(name, $$"""{"{{@operator}}":[{{limit}}]}"""), counted);
        Assert.Equal(holds, evaluation.Valid);
        Assert.Equal(holds ? null : "redemption_rules_violated", evaluation.FirstReason?.Key);
    }

    [Fact]
    public void TheWish_CarriesTheKeyTheDeltaAndTheLimitToEnforce()
    {
        var wish = Assert.Single(At(Given.Condition("campaign.orders.amount_discounted", """{"$less_than":[1000]}"""), 0).Wishes, wish => wish.Kind == CounterKind.Rule);
        Assert.Equal(("campaign/camp_1/discounted", 400L, 999L), (wish.Key, wish.Delta, wish.Limit));
    }

    [Theory]
    [InlineData("redemption.count.daily", "redeemable/v_C/redemptions/day/2026-03-11")]
    [InlineData("redemption.count.weekly", "redeemable/v_C/redemptions/week/2026-03-09")]
    [InlineData("redemption.count.monthly", "redeemable/v_C/redemptions/month/2026-03")]
    [InlineData("campaign.redemptions.customers_count.daily", "campaign/camp_1/customer/cust_1/redemptions/day/2026-03-11")]
    [InlineData("redemption.count.per_customer", "redeemable/v_C/customer/cust_1/redemptions")]
    public void Keys_NameOwnerAndCalendarPeriod(string name, string key) => Assert.Equal([key],
        RuleCounters.Needed([Coupon(Given.Condition(name, """{"$less_than":[5]}"""))], new EvaluationContext { Customer = Buyer }, Given.Now));

    [Theory]
    [InlineData(DayOfWeek.Monday, "2026-03-09")]
    [InlineData(DayOfWeek.Sunday, "2026-03-08")]
    [InlineData(DayOfWeek.Saturday, "2026-03-07")]
    public void Weeks_BeginOnTheProjectsFirstDay_AlsoThoseOfEarlierUses(DayOfWeek first, string week)
    {
        var rule = Given.Condition("redemption.count.weekly", """{"$less_than":[5]}""");
        string[] expected = ["redeemable/v_C/redemptions/week/" + week];
        Assert.Equal(expected, RuleCounters.Needed([Coupon(rule)], new EvaluationContext { FirstDayOfWeek = first }, Given.Now));
        Assert.Equal(expected, RuleCounters.Of(rule, new PastUse("v_C", null, null, null, Given.Now), TimeZoneInfo.Utc, first).Keys);
    }

    [Fact]
    public void ALimitThatAnotherBranchMakesUnnecessary_IsCountedButNotEnforced()
    {
        var rule = Given.Rule("""{"rules":{"1":{"name":"campaign.redemptions.count","conditions":{"$less_than_or_equal":[2]}},"2":{"name":"order.amount","conditions":{"$more_than":[10]}},"logic":"1 or 2"}}""");
        Assert.Null(Assert.Single(At(rule, 0).Wishes, wish => wish.Kind == CounterKind.Rule).Limit);
        Assert.True(At(rule, 5).Valid);
    }

    private static CounterWish[] LimitedBy(string logic, params string[] counters)
    {
        var rules = counters.Select((name, i) => $$$"""
            "{{{i + 1}}}":{"name":"{{{name}}}","conditions":{"$less_than_or_equal":[{{{i + 2}}}]}}
            """);
        var rule = Given.Rule("{\"rules\":{" + string.Join(',', rules) + $",\"logic\":\"{logic}\"" + "}}");
        var evaluation = Given.Evaluate(Given.Order(1000), new EvaluationContext { Customer = Buyer }, Coupon(rule));
        Assert.True(evaluation.Valid);
        return [.. evaluation.Wishes.Where(wish => wish.Kind == CounterKind.Rule)];
    }

    [Theory]
    [InlineData("1 or 2", new[] { false, true })]
    [InlineData("1 and 2", new[] { true, true })]
    [InlineData("1 or 2 or 3", new[] { false, false, true })]
    [InlineData("1 and (2 or 3)", new[] { true, false, true })]
    [InlineData("(1 or 2) and (1 or 3)", new[] { false, true, true })]
    public void WhereEitherOfTwoLimitsIsEnough_OneIsEnforced(string logic, bool[] enforced)
    {
        // Each is unnecessary as long as the other holds; if neither were enforced, requests at the same time would pass both.
        string[] names = ["campaign.redemptions.count", "redemption.count.per_customer", "redemption.count.daily"];
        Assert.Equal(enforced, LimitedBy(logic, names[..enforced.Length]).Select(wish => wish.Limit is not null));
    }

    [Theory]
    [InlineData("""{"$is":[3]}""", 3L)]
    [InlineData("""{"$in":[1,4,2]}""", 4L)]
    [InlineData("""{"$less_than":[7],"$less_than_or_equal":[5]}""", 5L)]
    [InlineData("""{"$less_than":[5],"$less_than_or_equal":[7]}""", 4L)]
    [InlineData("""{"$is_not":[3]}""", null)]
    [InlineData("""{"$more_than_or_equal":[1]}""", null)]
    public void EveryConditionWithAnUpperBound_IsEnforcedAtIt(string conditions, long? limit)
    {
        var rule = Given.Condition("campaign.redemptions.count", conditions);
        var wish = Assert.Single(At(rule, limit is null ? 0 : limit.Value - 1).Wishes, wish => wish.Kind == CounterKind.Rule);
        Assert.Equal(limit, wish.Limit);
    }

    [Fact]
    public void TwoCodesOfOneCampaign_ShareItsBudgetWithinARequest()
    {
        var rule = Given.Condition("campaign.redemptions.count", """{"$less_than_or_equal":[1]}""");
        var evaluation = Given.Evaluate(Given.Order(5000), Coupon(rule, "A"), Coupon(rule, "B"));
        Assert.Equal([null, "redemption_rules_violated"], evaluation.Keys());
    }

    [Fact]
    public void PerCustomerCounts_NeedACustomer_AndKnowThatANewOneHasNone()
    {
        var rule = Given.Condition("redemption.count.per_customer", """{"$less_than_or_equal":[1]}""");
        Assert.Equal("missing_customer", Given.Evaluate(Given.Order(1), Coupon(rule)).FirstReason?.Key);
        var stranger = new EvaluationContext { Customer = new CustomerSnapshot { SourceId = "new" } };
        Assert.True(Given.Evaluate(Given.Order(1), stranger, Coupon(rule)).Valid);
    }

    [Fact]
    public void Qualifications_LeaveCountersOut()
    {
        var rule = Given.Condition("campaign.redemptions.count", """{"$less_than_or_equal":[0]}""");
        Assert.False(Given.Evaluate(Given.Order(1), Coupon(rule)).Valid);
        Assert.True(Given.Evaluate(Given.Order(1), new EvaluationContext { RuleReach = RuleReach.NoCounters }, Coupon(rule)).Valid);
    }
}
