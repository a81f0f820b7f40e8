using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Tests.Discounts;

public class DefinitionTests
{
    public static TheoryData<DiscountDefinition, string> Wrong => new()
    {
        { new(), "discount.type" },
        { new() { Type = "SHIPPING" }, "discount.type" },
        { new() { Type = "AMOUNT" }, "discount.amount_off" },
        { new() { Type = "AMOUNT", AmountOff = 0 }, "discount.amount_off" },
        { new() { Type = "AMOUNT", AmountOff = -5 }, "discount.amount_off" },
        { new() { Type = "AMOUNT", AmountOff = 1.5m }, "discount.amount_off" },
        { new() { Type = "AMOUNT", AmountOff = Minor.Max + 1m }, "discount.amount_off" },
        { new() { Type = "AMOUNT", AmountOff = 1, Effect = "ADD_NEW_ITEMS" }, "discount.effect" },
        { new() { Type = "AMOUNT", AmountOff = 1, Effect = "apply_to_order" }, "discount.effect" },
        { new() { Type = "AMOUNT", AmountOff = 1, AggregatedAmountLimit = 0 }, "discount.aggregated_amount_limit" },
        { new() { Type = "PERCENT" }, "discount.percent_off" },
        { new() { Type = "PERCENT", PercentOff = 0 }, "discount.percent_off" },
        { new() { Type = "PERCENT", PercentOff = 100.01m }, "discount.percent_off" },
        { new() { Type = "PERCENT", PercentOff = 12.345m }, "discount.percent_off" },
        { new() { Type = "PERCENT", PercentOff = 5, AmountLimit = -1 }, "discount.amount_limit" },
        { new() { Type = "PERCENT", PercentOff = 5, Effect = "APPLY_TO_ITEMS_BY_QUANTITY" }, "discount.effect" },
        { new() { Type = "FIXED" }, "discount.fixed_amount" },
        { new() { Type = "FIXED", FixedAmount = -1 }, "discount.fixed_amount" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Discount_WhatCannotBeStored_NamesTheField(DiscountDefinition definition, string field) =>
        Assert.Equal(field, Assert.Single(definition.Check()).Field);

    [Fact]
    public void Discount_WhatIsRight_BecomesARecord()
    {
        var percent = new DiscountDefinition { Type = "PERCENT", PercentOff = 12.5m, AmountLimit = 300, Effect = "APPLY_TO_ORDER" };
        Assert.Empty(percent.Check());
        Assert.Equal(new PercentOff(12.5m) { AmountLimit = 300, Effect = DiscountEffect.ApplyToOrder }, percent.ToDiscount());
        Assert.Equal(new AmountOff(1), new DiscountDefinition { Type = "AMOUNT", AmountOff = 1 }.ToDiscount());
        Assert.Equal(new FixedAmount(0), new DiscountDefinition { Type = "FIXED", FixedAmount = 0 }.ToDiscount());
    }

    [Fact]
    public void Gift_NeedsAnAmountAndAKnownEffect()
    {
        Assert.Equal("gift.amount", Assert.Single(new GiftDefinition().Check()).Field);
        Assert.Equal("gift.amount", Assert.Single(new GiftDefinition { Amount = -1 }.Check()).Field);
        Assert.Equal("gift.effect", Assert.Single(new GiftDefinition { Amount = 1, Effect = "APPLY" }.Check()).Field);
        Assert.Empty(new GiftDefinition { Amount = 100, Effect = "APPLY_TO_ITEMS" }.Check());
    }

    public static TheoryData<AvailabilityDefinition, string> WrongTimes => new()
    {
        { new() { StartDate = Given.Now, ExpirationDate = Given.Now }, "expiration_date" },
        { new() { ValidityTimeframe = new("P1D", "PT1H") }, "start_date" },
        { new() { StartDate = Given.Now, ValidityTimeframe = new("1 day", "PT1H") }, "validity_timeframe.interval" },
        { new() { StartDate = Given.Now, ValidityTimeframe = new("P1D", "PT0H") }, "validity_timeframe.duration" },
        { new() { ValidityDayOfWeek = [7] }, "validity_day_of_week" },
        { new() { ValidityDayOfWeek = [1, 1] }, "validity_day_of_week" },
        { new() { ValidityHours = new([new("9am", "17:00", null)]) }, "validity_hours.daily[0].start_time" },
        { new() { ValidityHours = new([new("09:00", "24:00", null)]) }, "validity_hours.daily[0].expiration_time" },
        { new() { ValidityHours = new([new("09:00", "09:00", null)]) }, "validity_hours.daily[0].expiration_time" },
        { new() { ValidityHours = new([new("09:00", "17:00", [-1])]) }, "validity_hours.daily[0].days_of_week" },
    };

    [Theory]
    [MemberData(nameof(WrongTimes))]
    public void Availability_WhatCannotBeStored_NamesTheField(AvailabilityDefinition definition, string field) =>
        Assert.Equal(field, Assert.Single(definition.Check()).Field);
}
