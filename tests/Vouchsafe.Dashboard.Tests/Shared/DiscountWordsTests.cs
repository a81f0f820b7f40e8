using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Tests.Shared;

/// <summary>A sentence says all that a discount's definition says, and nothing else.</summary>
public sealed class DiscountWordsTests
{
    public static TheoryData<DiscountDefinition, string> Discounts { get; } = new()
    {
        { new() { Type = "PERCENT", PercentOff = 10, AmountLimit = 2000 }, "10 % off the whole order, at most $20.00" },
        { new() { Type = "PERCENT", PercentOff = 12.5m, Effect = "APPLY_TO_ITEMS", AmountLimit = 500, AggregatedAmountLimit = 1500 }, "12.5 % off each line that qualifies, at most $5.00 a line, at most $15.00 in one order" },
        { new() { Type = "AMOUNT", AmountOff = 1000 }, "$10.00 off the whole order" },
        { new() { Type = "AMOUNT", AmountOff = 250, Effect = "APPLY_TO_ITEMS" }, "$2.50 off each line that qualifies" },
        { new() { Type = "AMOUNT", AmountOff = 250, Effect = "APPLY_TO_ITEMS_BY_QUANTITY", AggregatedAmountLimit = 1000 }, "$2.50 off each unit that qualifies, at most $10.00 in one order" },
        { new() { Type = "AMOUNT", AmountOff = 250, Effect = "APPLY_TO_ITEMS_PROPORTIONALLY" }, "$2.50 off, shared by the qualifying lines as their amounts are" },
        { new() { Type = "AMOUNT", AmountOff = 250, Effect = "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY" }, "$2.50 off, shared by the qualifying lines as their quantities are" },
        { new() { Type = "AMOUNT", AmountOff = 250, AmountOffFormula = "ORDER_AMOUNT / 10" }, "As much as ORDER_AMOUNT / 10 says off the whole order" },
        { new() { Type = "FIXED", FixedAmount = 999 }, "The whole order for $9.99" },
        { new() { Type = "FIXED", FixedAmount = 999, Effect = "APPLY_TO_ITEMS" }, "Each unit that qualifies for $9.99" },
        { new() { Type = "UNIT", UnitOff = 2, UnitType = "coffee" }, "2 free coffee" },
        { new() { Type = "UNIT", UnitOff = 2, UnitType = "coffee", Effect = "ADD_NEW_ITEMS" }, "2 free coffee on top of the order" },
        { new() { Type = "UNIT", Effect = "ADD_MANY_ITEMS", Units = [new() { UnitOff = 1, UnitType = "a" }, new() { UnitOff = 2, UnitType = "b", Effect = "ADD_NEW_ITEMS" }, new() { UnitOff = 3, UnitType = "c" }] }, "1 free a, 2 free b on top of the order and 3 free c" },
        // Not filled in yet, while somebody types.
        { new() { Type = "PERCENT" }, "… % off the whole order" },
        { new() { Type = "AMOUNT" }, "… off the whole order" },
    };

    [Theory]
    [MemberData(nameof(Discounts))]
    public void EachKindAndEffect_HasItsWords(DiscountDefinition discount, string words) => Assert.Equal(words, DiscountWords.Of(discount, "USD"));

    [Theory]
    [InlineData(null, "10 % off the whole order")]
    [InlineData(1L, "10 % off the whole order, once per voucher")]
    [InlineData(2L, "10 % off the whole order, twice per voucher")]
    [InlineData(1500L, "10 % off the whole order, 1,500 times per voucher")]
    public void TheLimit_IsSaid_UnlessThereIsNone(long? uses, string words) =>
        Assert.Equal(words, DiscountWords.Sentence(new() { Type = "PERCENT", PercentOff = 10 }, "USD", uses, null));

    [Fact]
    public void TheWholeSentence_ReadsAsAPersonWouldSayIt() =>
        Assert.Equal(
            "10 % off the whole order, at most $20.00, once per voucher, from 1 Mar 2026, until 31 Dec 2026, on Mondays and Fridays, between 09:00 and 12:00",
            DiscountWords.Sentence(new() { Type = "PERCENT", PercentOff = 10, AmountLimit = 2000 }, "USD", 1, new AvailabilityDefinition
            {
                StartDate = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
                ExpirationDate = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero),
                ValidityDayOfWeek = [5, 1],
                ValidityHours = new([new("09:00", "12:00", null)]),
            }));

    [Fact]
    public void AnInstantWithinADay_KeepsItsTime() =>
        Assert.Equal(["until 31 Dec 2026, 00:00 UTC"], DiscountWords.When(new() { ExpirationDate = new(2026, 12, 31, 1, 0, 0, TimeSpan.FromHours(1)) }));

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, "on weekdays")]
    [InlineData(new[] { 6, 0 }, "at weekends")]
    [InlineData(new[] { 0, 6, 3 }, "on Wednesdays, Saturdays and Sundays")]
    public void Days_AreSaidInTheOrderOfTheWeek(int[] days, string words) => Assert.Equal([words], DiscountWords.When(new() { ValidityDayOfWeek = days }));

    [Fact]
    public void AllDays_AreNoRestriction() => Assert.Empty(DiscountWords.When(new() { ValidityDayOfWeek = [0, 1, 2, 3, 4, 5, 6] }));

    [Fact]
    public void AGiftCard_IsMoneyToPayWith() =>
        Assert.Equal("€50.00 to pay with, taken off the items, until 1 May 2027", DiscountWords.GiftSentence(5000, "APPLY_TO_ITEMS", "EUR", null, new() { ExpirationDate = new(2027, 5, 1, 23, 59, 0, TimeSpan.Zero) }));

    [Theory]
    [InlineData(0, "USD", "$0.00")]
    [InlineData(123_456, "EUR", "€1,234.56")]
    [InlineData(-2_500, "GBP", "−£25.00")]
    [InlineData(500, "CHF", "5.00 CHF")]
    [InlineData(500, null, "5.00")]
    public void Amounts_AreUnitsOfTheCurrency(int minor, string? currency, string text) => Assert.Equal(text, MoneyText.Of(minor, currency));
}
