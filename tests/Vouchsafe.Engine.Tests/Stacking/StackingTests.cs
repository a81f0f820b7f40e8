namespace Vouchsafe.Engine.Tests.Stacking;

public class StackingTests
{
    private static readonly StackingRules Partial = new() { ApplicationMode = ApplicationMode.Partial };
    private static readonly Redeemable Expired = Given.Code("OLD", new AmountOff(300)) with
    {
        Availability = new Availability { ExpirationDate = Given.Now.AddDays(-1) },
    };

    private static Redeemable Half(string code) => Given.Code(code, new PercentOff(50));

    [Fact]
    public void EachRedeemable_CarriesTheRunningOrderAndItsOwnShare()
    {
        var evaluation = Given.Evaluate(Given.Order(200000),
            Given.Card("GIFT", 20500, credits: 100), Given.Code("PCT", new PercentOff(20)), Given.Code("TIER", new AmountOff(8000)));

        Assert.Equal([100, 39980, 8000], evaluation.Results.Select(result => result.Order!.AppliedDiscountAmount));
        Assert.Equal([100, 40080, 48080], evaluation.Results.Select(result => result.Order!.DiscountAmount));
        Assert.Equal([199900, 159920, 151920], evaluation.Results.Select(result => result.Order!.TotalAmount));
        Assert.Equal((48080L, 48080L), (evaluation.Order!.AppliedDiscountAmount, evaluation.Order.TotalAppliedDiscountAmount));
    }

    [Fact]
    public void OverTheApplicableLimit_TheRestIsSkippedAndAllModeStaysValid()
    {
        var evaluation = Given.Evaluate(Given.Order(10000),
            [.. Enumerable.Range(0, 7).Select(i => Given.Code($"S{i}", new AmountOff(1)))]);

        Assert.True(evaluation.Valid);
        Assert.Equal(9995, evaluation.Order!.TotalAmount);
        Assert.Equal(5, evaluation.Wishes.Count);
        Assert.Equal("applicable_redeemables_limit_exceeded", evaluation.Results[5].Reason?.Key);
        Assert.Equal(RedeemableStatus.Skipped, evaluation.Results[6].Status);
    }

    [Fact]
    public void All_OneRefused_SkipsTheRestAndRedeemsNothing()
    {
        var evaluation = Given.Evaluate(Given.Order(10000),
            Redeemable.Refused(RedeemableKind.Voucher, "NONE", Reasons.NotFound("voucher", "NONE")), Given.Code("GOOD", new AmountOff(1)));

        Assert.False(evaluation.Valid);
        Assert.Null(evaluation.Order);
        Assert.Empty(evaluation.Wishes);
        Assert.Equal(["not_found", "preceding_validation_failed"], evaluation.Keys());
        Assert.Equal([RedeemableStatus.Inapplicable, RedeemableStatus.Skipped], evaluation.Statuses());
        Assert.Equal("Cannot find voucher with id NONE", evaluation.FirstReason?.Details);
    }

    [Fact]
    public void Partial_WhatIsValidIsApplied()
    {
        var evaluation = Given.Evaluate(Given.Order(10000), Partial, Expired, Given.Code("OK", new AmountOff(500)));
        Assert.True(evaluation.Valid);
        Assert.Equal(9500, evaluation.Order!.TotalAmount);
        Assert.Equal("v_OK", Assert.Single(evaluation.Wishes).RedeemableId);
    }

    [Fact]
    public void Partial_NothingValid_IsNotValid() => Assert.False(Given.Evaluate(Given.Order(10000), Partial, Expired).Valid);

    [Fact]
    public void TheSameTwice_IsRefusedAsAWhole()
    {
        var code = Given.Code("DUP", new AmountOff(10));
        Assert.Equal("duplicated_redeemables", Given.Evaluate(Given.Order(1000), code, code).Refused?.Key);
        // By code and by id: the same voucher.
        Assert.Equal("duplicated_redeemables", Given.Evaluate(Given.Order(1000), code, code with { Id = "v_DUP" }).Refused?.Key);
    }

    [Fact]
    public void UnknownCodes_DifferingInCase_AreDuplicatesOnlyWhereCaseIsIgnored()
    {
        Redeemable[] twice = [
            Redeemable.Refused(RedeemableKind.Voucher, "no", Reasons.NotFound("voucher", "no")),
            Redeemable.Refused(RedeemableKind.Voucher, "NO", Reasons.NotFound("voucher", "NO")),
        ];
        Assert.Null(Given.Evaluate(null, twice).Refused);
        var context = new EvaluationContext { CodesIgnoreCase = true };
        Assert.Equal("duplicated_redeemables", PromotionEngine.Evaluate(null, twice, context, Given.Now).Refused?.Key);
    }

    [Fact]
    public void TooManyNoneAndAStackInCompany_AreRefusedAsAWhole()
    {
        Redeemable[] many = [.. Enumerable.Range(0, 31).Select(i => Given.Code($"U{i}", new AmountOff(1)))];
        Assert.NotNull(Given.Evaluate(Given.Order(1), many).Refused);
        Assert.NotNull(Given.Evaluate(Given.Order(1)).Refused);
        var stack = Given.Code("S", new AmountOff(1)) with { Kind = RedeemableKind.PromotionStack };
        Assert.Equal("invalid_redeemables", Given.Evaluate(Given.Order(1), stack, many[0]).Refused?.Key);
    }

    [Theory]
    [InlineData(SortingRule.RequestedOrder, 3000)]
    [InlineData(SortingRule.CategoryHierarchy, 2800)]
    public void SortingRule_DecidesWhichComesFirst(SortingRule rule, long discount)
    {
        var evaluation = Given.Evaluate(Given.Order(10000), new StackingRules { SortingRule = rule },
            Given.Code("PCT", new PercentOff(10)).In(("hi", 2)), Given.Code("AMT", new AmountOff(2000)).In(("lo", 1)));
        Assert.Equal(discount, evaluation.Order!.TotalDiscountAmount);
    }

    [Fact]
    public void AnExclusiveCategory_KeepsCommonCodesOutWhateverTheOrder()
    {
        var rules = Partial with { ExclusiveCategories = ["ex"] };
        var evaluation = Given.Evaluate(Given.Order(10000), rules, Given.Code("NEWS", new PercentOff(10)), Half("VIP").In(("ex", 1)));
        Assert.Equal(["exclusion_rules_not_met", null], evaluation.Keys());
        Assert.Equal(5000, evaluation.Order!.TotalAmount);
    }

    [Fact]
    public void AnExclusiveCodeThatIsRefused_KeepsNobodyOut()
    {
        var rules = Partial with { ExclusiveCategories = ["ex"] };
        var evaluation = Given.Evaluate(Given.Order(10000), rules, Given.Code("NEWS", new PercentOff(10)), Expired.In(("ex", 1)));
        Assert.Equal([null, "voucher_expired"], evaluation.Keys());
        Assert.Equal(9000, evaluation.Order!.TotalAmount);
    }

    [Theory]
    [InlineData(GroupedSortingRule.JointAlwaysLast, 6000)]
    [InlineData(GroupedSortingRule.SortingRule, 5500)]
    public void JointCodes_StandBesideExclusiveOnes(GroupedSortingRule grouped, long discount)
    {
        var rules = Partial with { ExclusiveCategories = ["ex"], JointCategories = ["jo"], GroupedSortingRule = grouped };
        var evaluation = Given.Evaluate(Given.Order(10000), rules,
            Given.Code("GIVE", new AmountOff(1000)).In(("jo", 2)), Half("VIP").In(("ex", 1)));
        Assert.Equal(discount, evaluation.Order!.TotalDiscountAmount);
    }

    [Fact]
    public void ExclusiveLimits_SkipWhatIsOver()
    {
        var rules = Partial with { ExclusiveCategories = ["e1", "e2"], ApplicableExclusiveRedeemablesLimit = 1 };
        var codes = new[] { Given.Code("EA", new AmountOff(700)).In(("e1", 1)), Given.Code("EB", new AmountOff(300)).In(("e2", 2)) };
        Assert.Equal([null, "applicable_exclusive_redeemables_limit_exceeded"], Given.Evaluate(Given.Order(10000), rules, codes).Keys());

        var perCategory = rules with { ExclusiveCategories = ["e1"], ApplicableExclusiveRedeemablesLimit = 2 };
        Assert.Equal([null, "applicable_exclusive_redeemables_per_category_limit_exceeded"],
            Given.Evaluate(Given.Order(10000), perCategory, codes[0], codes[1].In(("e1", 1))).Keys());
    }

    [Fact]
    public void CategoryLimits_CountOnlyCodesWithACategory()
    {
        Redeemable Flash(string code) => Given.Code(code, new AmountOff(1)).In(("flash", 1));
        Assert.Equal([null, "applicable_redeemables_per_category_limit_exceeded"],
            Given.Evaluate(Given.Order(100), Flash("A"), Flash("B")).Keys());
        var two = new StackingRules { ApplicableRedeemablesCategoryLimits = new Dictionary<string, int> { ["flash"] = 2 } };
        Assert.Equal([null, null, "applicable_redeemables_per_category_limit_exceeded"],
            Given.Evaluate(Given.Order(100), two, Flash("A"), Flash("B"), Flash("C")).Keys());
        Assert.Equal([null, null], Given.Evaluate(Given.Order(100), Given.Code("A", new AmountOff(1)), Given.Code("B", new AmountOff(1))).Keys());
    }

    [Theory]
    [InlineData(DiscountCalculationMode.DiscountedAmount, 2800)]
    [InlineData(DiscountCalculationMode.InitialAmount, 3000)]
    public void CalculationMode_DecidesWhatPercentagesAreOf(DiscountCalculationMode mode, long discount) =>
        Assert.Equal(discount, Given.Evaluate(Given.Order(10000), new StackingRules { CalculationMode = mode },
            Given.Code("A", new PercentOff(10)), Given.Code("B", new PercentOff(20))).Order!.TotalDiscountAmount);

    [Fact]
    public void CalculationMode_OfACategory_BeatsTheProjects()
    {
        var rules = new StackingRules { InitialAmountModeCategories = ["i"] };
        Assert.Equal(3000, Given.Evaluate(Given.Order(10000), rules,
            Given.Code("A", new PercentOff(10)), Given.Code("B", new PercentOff(20)).In(("i", 1))).Order!.TotalDiscountAmount);
    }

    [Fact]
    public void WithoutEffect_ACodeIsSkippedOrUsedAsTheRulesSay()
    {
        Redeemable[] codes = [Given.Code("ALL", new AmountOff(10000)), Half("NOEF").In(("n", 1))];
        Assert.Equal([null, null], Given.Evaluate(Given.Order(10000), codes).Keys());
        Assert.Equal([null, "no_effect"], Given.Evaluate(Given.Order(10000), new StackingRules { NoEffectRule = NoEffectRule.Skip }, codes).Keys());
        Assert.Equal([null, "no_effect"], Given.Evaluate(Given.Order(10000), new StackingRules { NoEffectSkipCategories = ["n"] }, codes).Keys());
        var anyway = new StackingRules { NoEffectRule = NoEffectRule.Skip, NoEffectRedeemAnywayCategories = ["n"] };
        Assert.Equal([null, null], Given.Evaluate(Given.Order(10000), anyway, codes).Keys());
    }

    [Fact]
    public void AFreeUnitWithoutAPrice_IsAnEffect_AndOneThatIsNotGivenIsNone()
    {
        var rules = new StackingRules { NoEffectRule = NoEffectRule.Skip };
        Redeemable Gift(string code, long count) => Given.Code(code, new UnitOff([new FreeUnits(count, "prod_1", DiscountEffect.AddNewItems)]));
        var evaluation = Given.Evaluate(Given.Order(0), rules, Gift("ONE", 1), Gift("NONE", 0));
        Assert.Equal([null, "no_effect"], evaluation.Keys());
        Assert.Equal(1, Assert.Single(evaluation.Order!.Items).DiscountQuantity);
    }

    [Fact]
    public void ASkippedCode_LeavesTheOrderAsItWas()
    {
        var rules = new StackingRules { NoEffectRule = NoEffectRule.Skip };
        var huge = Given.Code("HUGE", new UnitOff([new FreeUnits(Vouchsafe.Engine.Money.Minor.Max, "prod_1", DiscountEffect.AddNewItems) { Item = new OrderItem { ProductId = "prod_1", Price = 1000 } }]));
        var evaluation = Given.Evaluate(Given.Order(100), rules, huge, Given.Code("OK", new AmountOff(1)));
        Assert.Equal(["no_effect", null], evaluation.Keys());
        Assert.Empty(evaluation.Order!.Items);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, "invalid_payload")]
    public void ARequest_HoldsUpToTheLimit(int count, string? key) => Assert.Equal(key,
        Given.Evaluate(Given.Order(1), [.. Enumerable.Range(0, count).Select(i => Given.Code($"U{i}", new AmountOff(1)))]).Refused?.Key);

    [Fact]
    public void AStack_StandsAlone() =>
        Assert.Null(Given.Evaluate(Given.Order(1), Given.Code("S", new AmountOff(1)) with { Kind = RedeemableKind.PromotionStack }).Refused);

    [Fact]
    public void OneThatAppliesIsEnough_InPartialMode() =>
        Assert.True(Given.Evaluate(Given.Order(100), Partial, Given.Code("OK", new AmountOff(1)), Expired, Given.Code("TOO", new AmountOff(1))).Valid);

    [Fact]
    public void Hierarchy_OfSeveralCategories_IsTheFirst_AndOfNoneTheLast()
    {
        var rules = new StackingRules { SortingRule = SortingRule.CategoryHierarchy };
        var evaluation = Given.Evaluate(Given.Order(100), rules, Given.Code("NONE", new AmountOff(1)), Given.Code("FIVE", new AmountOff(1)).In(("c", 5)), Given.Code("ONE", new AmountOff(1)).In(("a", 9), ("b", 1)));
        Assert.Equal(["ONE", "FIVE", "NONE"], evaluation.Results.Select(result => result.Redeemable.Id));
    }

    [Fact]
    public void ExclusiveLimits_CountExclusiveCategoriesAlone()
    {
        var rules = Partial with { ExclusiveCategories = ["ex"], ApplicableExclusiveRedeemablesLimit = 9, ApplicableExclusiveRedeemablesPerCategoryLimit = 1, ApplicableRedeemablesPerCategoryLimit = null };
        var codes = new[] { Given.Code("A", new AmountOff(1)).In(("ex", 1), ("x", 1)), Given.Code("B", new AmountOff(1)).In(("ex", 1), ("x", 1)) };
        Assert.Equal([null, "applicable_exclusive_redeemables_per_category_limit_exceeded"], Given.Evaluate(Given.Order(100), rules, codes).Keys());
        Assert.Equal([null, null], Given.Evaluate(Given.Order(100), rules with { ExclusiveCategories = ["other"] }, codes).Keys());
        Assert.Equal([null, null], Given.Evaluate(Given.Order(100), rules with { ApplicableExclusiveRedeemablesPerCategoryLimit = 2 }, codes).Keys());
    }

    [Fact]
    public void Uses_OfLocksAndRedemptions_CountAgainstTheQuantity()
    {
        var code = Given.Code("Q", new AmountOff(1));
        Assert.Equal("quantity_exceeded", Given.Evaluate(Given.Order(1), code with { Usage = new Usage(2, 1, 1) }).FirstReason?.Key);
        var last = Given.Evaluate(Given.Order(1), code with { Usage = new Usage(2, 1, 0) });
        Assert.Equal(new CounterWish("v_Q", CounterKind.Uses, 1, 2), Assert.Single(last.Wishes));
    }
}
