using Vouchsafe.Engine.Codes;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Money;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Tests.Discounts;

/// <summary>What may be stored ends exactly where it says; a refusal names the field and says what must hold.</summary>
public class BorderTests
{
    private static string[] Fields(IReadOnlyList<FieldError> errors)
    {
        // Each is a sentence that begins after the field's name.
        Assert.All(errors, error => Assert.Matches("^(is|must|needs|the|unexpected|unknown|a |'|text|malformed)", error.Problem));
        return [.. errors.Select(error => error.Field)];
    }

    private static DiscountDefinition Amount => new() { Type = "AMOUNT", AmountOff = 1 };
    private static DiscountDefinition Percent => new() { Type = "PERCENT", PercentOff = 10 };
    private static DiscountDefinition Fixed => new() { Type = "FIXED", FixedAmount = 10 };
    private static DiscountDefinition Unit => new() { Type = "UNIT", UnitOff = 1, UnitType = "prod_1" };
    private static DiscountDefinition Many(int kinds) => new()
    {
        Type = "UNIT", Effect = "ADD_MANY_ITEMS", Units = [.. Enumerable.Range(0, kinds).Select(i => new UnitDefinition { UnitOff = 1, UnitType = $"prod_{i}" })],
    };

    public static TheoryData<DiscountDefinition, string?> Discounts => new()
    {
        { Amount with { AmountOff = Minor.Max }, null },
        { Amount with { AmountOffFormula = "1 + 1" }, null },
        { Percent with { PercentOff = 100 }, null },
        { Percent with { PercentOff = 0.01m }, null },
        { Percent with { PercentOffFormula = "1 +" }, "discount.percent_off_formula" },
        { Percent with { AggregatedAmountLimit = 0 }, "discount.aggregated_amount_limit" },
        { Percent with { AggregatedAmountLimit = 1, AmountLimit = 1 }, null },
        { Fixed with { FixedAmountFormula = "1 +" }, "discount.fixed_amount_formula" },
        { Fixed with { Effect = "APPLY_TO_ITEMS_BY_QUANTITY" }, "discount.effect" },
        { Fixed with { Effect = "APPLY_TO_ITEMS" }, null },
        { Unit, null },
        { Unit with { Effect = "ADD_MISSING_ITEMS" }, null },
        { Unit with { Effect = "APPLY_TO_ORDER" }, "discount.effect" },
        { Unit with { Effect = "ADD_SAME_ITEMS" }, "discount.effect" },
        { Unit with { UnitOff = null }, "discount.unit_off" },
        { Unit with { UnitType = "" }, "discount.unit_type" },
        { Unit with { UnitOffFormula = "1 +" }, "discount.unit_off_formula" },
        { Unit with { Units = [] }, "discount.units" },
        { Many(0), "discount.units" },
        { Many(1), null },
        { Many(50), null },
        { Many(51), "discount.units" },
    };

    [Theory]
    [MemberData(nameof(Discounts))]
    public void Discount_AtTheBorder(DiscountDefinition definition, string? field) => Assert.Equal(field is null ? [] : [field], Fields(definition.Check()));

    [Fact]
    public void Discount_EverythingWritten_IsRead()
    {
        var amount = Assert.IsType<AmountOff>((Amount with { Effect = "APPLY_TO_ITEMS", AggregatedAmountLimit = 7, AmountOffFormula = "2" }).ToDiscount());
        Assert.Equal((1, DiscountEffect.ApplyToItems, 7L, "2"), (amount.Amount, amount.Effect, amount.AggregatedAmountLimit, amount.Formula?.Text));
        var percent = Assert.IsType<PercentOff>((Percent with { Effect = "APPLY_TO_ITEMS", AmountLimit = 5, AggregatedAmountLimit = 7, PercentOffFormula = "2" }).ToDiscount());
        Assert.Equal((10m, DiscountEffect.ApplyToItems, 5L, 7L, "2"), (percent.Percent, percent.Effect, percent.AmountLimit, percent.AggregatedAmountLimit, percent.Formula?.Text));
        var price = Assert.IsType<FixedAmount>((Fixed with { Effect = "APPLY_TO_ITEMS", FixedAmountFormula = "2" }).ToDiscount());
        Assert.Equal((10L, DiscountEffect.ApplyToItems, "2"), (price.Amount, price.Effect, price.Formula?.Text));
        var unit = Assert.IsType<UnitOff>((Unit with { Effect = "ADD_NEW_ITEMS", UnitOffFormula = "2" }).ToDiscount(id => new OrderItem { ProductId = id, StoredPrice = 5 }));
        Assert.Equal((DiscountEffect.AddNewItems, 1L, "prod_1", DiscountEffect.AddNewItems, "2", 5L),
            (unit.Effect, unit.Units[0].Count, unit.Units[0].UnitType, unit.Units[0].Effect, unit.Units[0].Formula?.Text, unit.Units[0].Item?.StoredPrice));
        Assert.Equal(DiscountEffect.AddMissingItems, Assert.IsType<UnitOff>(Unit.ToDiscount()).Units[0].Effect);
        Assert.Throws<InvalidOperationException>(() => new DiscountDefinition().ToDiscount());
    }

    [Fact]
    public void UnitTypes_AreThoseOfUnitDiscountsAlone()
    {
        Assert.Equal(["prod_1"], Unit.UnitTypes());
        Assert.Equal(["prod_0", "prod_1"], Many(2).UnitTypes());
        Assert.Empty((Many(2) with { Units = null }).UnitTypes());
        Assert.Empty((Amount with { UnitType = "prod_1" }).UnitTypes());
    }

    [Fact]
    public void UnitDiscounts_AreEqualWhenAllTheyGiveIs()
    {
        var one = Unit.ToDiscount();
        Assert.Equal(one, Unit.ToDiscount());
        Assert.Equal(one.GetHashCode(), Unit.ToDiscount().GetHashCode());
        Assert.NotEqual(one, (Unit with { UnitOff = 2 }).ToDiscount());
        Assert.NotEqual(one, one with { IsDynamic = true });
        Assert.NotEqual(one, one with { Effect = DiscountEffect.AddNewItems });
        Assert.False(one.Equals(null));
    }

    public static TheoryData<CodeConfig, string?> Codes => new()
    {
        { new() { Length = 128 }, null },
        { new() { Length = 1 }, null },
        { new() { Length = 129 }, "code_config.length" },
        { new() { Length = 100, Prefix = new string('A', 28) }, null },
        { new() { Length = 100, Prefix = new string('A', 20), Postfix = new string('A', 9) }, "code_config.length" },
        { new() { Pattern = new string('#', 100), Postfix = new string('A', 29) }, "code_config.length" },
        { new() { Pattern = new string('#', 100), Length = 128 }, null },
        { new() { Prefix = new string('A', 129) }, "code_config.prefix" },
        { new() { Postfix = "\n" }, "code_config.postfix" },
        { new() { Prefix = "A B" }, null },
        { new() { Prefix = "A\u00a0B" }, "code_config.prefix" },
        { new() { Pattern = "#\u0007" }, "code_config.pattern" },
        { new() { Charset = "AB" }, null },
        { new() { Charset = "AA" }, "code_config.charset" },
        { new() { Charset = "AB\ud83d" }, "code_config.charset" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_AtTheBorder(CodeConfig config, string? field) => Assert.Equal(field is null ? [] : [field], Fields(config.Check()));

    [Fact]
    public void Codes_HaveLettersOfOneCase_WhereCaseIsIgnored()
    {
        Assert.Equal(62, CodePattern.DefaultCharset(caseSensitive: true).Distinct().Count());
        var one = CodePattern.DefaultCharset(caseSensitive: false);
        Assert.Equal((36, one), (one.ToUpperInvariant().Distinct().Count(), one.ToLowerInvariant()));
    }

    [Theory]
    [InlineData(null, null, "gift.amount")]
    [InlineData("0", "APPLY_TO_ORDER", null)]
    [InlineData("1.5", null, "gift.amount")]
    public void Gift_AtTheBorder(string? amount, string? effect, string? field) => Assert.Equal(field is null ? [] : [field],
        Fields(new GiftDefinition { Amount = amount is null ? null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Effect = effect }.Check()));

    [Fact]
    public void LoyaltyCard_NeedsPoints_AndPromisesNoExpiry()
    {
        Assert.Equal(["loyalty_card.points"], Fields(new LoyaltyCardDefinition().Check()));
        Assert.Equal(["loyalty_card.points"], Fields(new LoyaltyCardDefinition { Points = -1 }.Check()));
        Assert.Empty(new LoyaltyCardDefinition { Points = 0, ExpirationRules = Given.Json("null") }.Check());
        Assert.Equal(["loyalty_card.expiration_rules"], Fields(new LoyaltyCardDefinition { Points = 1, ExpirationRules = Given.Json("{}") }.Check()));
    }

    [Fact]
    public void EarningRates_AreCheckedToTheLastField()
    {
        EarningDefinition Rate(EarningDefinition.Rate? rate) => new() { Type = "PROPORTIONAL", CalculationType = "ORDER_AMOUNT", Order = new(rate, null) };
        Assert.Equal(["loyalty.order.amount"], Fields(Rate(null).Check()));
        Assert.Equal(["loyalty.order.amount.points"], Fields(Rate(new() { Every = 1 }).Check()));
        Assert.Equal(["loyalty.order.amount.points_formula"], Fields(Rate(new() { Every = 1, Points = 1, PointsFormula = "1" }).Check()));
        Assert.Equal(["loyalty.points_formula"], Fields(new EarningDefinition { PointsFormula = "1" }.Check()));
        Assert.Equal(["loyalty.type"], Fields(new EarningDefinition().Check()));
        Assert.Equal(["loyalty.calculation_type"], Fields(new EarningDefinition { Type = "PROPORTIONAL" }.Check()));
    }

    public static TheoryData<AvailabilityDefinition, string?> Times => new()
    {
        { new() { ValidityDayOfWeek = [0, 6] }, null },
        { new() { ValidityDayOfWeek = [3, -1] }, "validity_day_of_week" },
        { new() { ValidityDayOfWeek = [3, 7] }, "validity_day_of_week" },
        { new() { ValidityDayOfWeek = [3, 3] }, "validity_day_of_week" },
        { new() { StartDate = Given.Now, ExpirationDate = Given.Now }, "expiration_date" },
        { new() { StartDate = Given.Now, ExpirationDate = Given.Now.AddTicks(1) }, null },
        { new() { ExpirationDate = Given.Now }, null },
        { new() { ValidityTimeframe = new("P1D", "PT1H") }, "start_date" },
        { new() { StartDate = Given.Now, ValidityTimeframe = new("PT0S", "PT1H") }, "validity_timeframe.interval" },
        { new() { StartDate = Given.Now, ValidityTimeframe = new("P1D", "soon") }, "validity_timeframe.duration" },
        { new() { ValidityHours = new([new("09:00", "09:00", null)]) }, "validity_hours.daily[0].expiration_time" },
        { new() { ValidityHours = new([new("9:00", null, null)]) }, "validity_hours.daily[0].start_time" },
        { new() { ValidityHours = new([new(null, null, [1])]) }, null },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Availability_AtTheBorder(AvailabilityDefinition definition, string? field) => Assert.Equal(field is null ? [] : [field], Fields(definition.Check("")));

    [Fact]
    public void Availability_EverythingWritten_IsRead()
    {
        var read = new AvailabilityDefinition
        {
            Active = false, StartDate = Given.Now, ExpirationDate = Given.Now.AddDays(1), ValidityTimeframe = new("P1D", "PT1H"), ValidityDayOfWeek = [1, 2],
            ValidityHours = new([new("09:00", "17:00", [1]), new(null, null, null)]),
        }.ToAvailability();
        Assert.Equal((false, Given.Now, Given.Now.AddDays(1)), (read.Active, read.StartDate!.Value, read.ExpirationDate!.Value));
        Assert.Equal((new IsoDuration(0, 1, TimeSpan.Zero), new IsoDuration(0, 0, TimeSpan.FromHours(1))), (read.Timeframe!.Interval, read.Timeframe.Duration));
        Assert.Equal([1, 2], read.DaysOfWeek);
        Assert.Equal((new TimeOnly(9, 0), new TimeOnly(17, 0)), (read.Hours[0].Start!.Value, read.Hours[0].Expiration!.Value));
        Assert.Equal([1], read.Hours[0].DaysOfWeek);
        Assert.Equal((null, null, 0), (read.Hours[1].Start, read.Hours[1].Expiration, read.Hours[1].DaysOfWeek.Count));
        Assert.True(new AvailabilityDefinition().ToAvailability().Active);
        Assert.Throws<InvalidOperationException>(() => new AvailabilityDefinition { ValidityTimeframe = new("x", "y") }.ToAvailability());
    }

    [Theory]
    [InlineData("P2W", 0, 14, 0)]
    [InlineData("P1Y2M", 14, 0, 0)]
    [InlineData("PT1H2M3S", 0, 0, 3723)]
    [InlineData("P100Y", 1200, 0, 0)]
    [InlineData("P36600D", 0, 36600, 0)]
    [InlineData("PT878400H", 0, 0, 3162240000)]
    public void Duration_EveryUnit_IsRead(string text, int months, int days, long seconds)
    {
        Assert.True(IsoDuration.TryParse(text, out var read));
        Assert.Equal(new IsoDuration(months, days, TimeSpan.FromSeconds(seconds)), read);
    }

    [Theory]
    [InlineData("P1201M")]
    [InlineData("P36601D")]
    [InlineData("PT878401H")]
    [InlineData("P1TT1H")]
    [InlineData("PT1HT1M")]
    [InlineData("P1234567890D")]
    [InlineData("P1DT")]
    public void Duration_PastTheBorder_IsRefused(string text) => Assert.Equal((false, true), (IsoDuration.TryParse(text, out var read), read.IsZero));
}
