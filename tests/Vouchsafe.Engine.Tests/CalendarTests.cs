using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests;

/// <summary>A date without a time is a day of the project's calendar, not of Greenwich's.</summary>
public class CalendarTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    // It is eight in the morning there.
    private static readonly EvaluationContext There = new() { TimeZone = NewYork, Customer = new CustomerSnapshot { Birthdate = new DateOnly(1990, 3, 11) } };

    [Theory]
    [InlineData("DAY_OF_MONTH(CUSTOMER_BIRTHDATE)", 11)]
    [InlineData("YEARS_SINCE(CUSTOMER_BIRTHDATE)", 36)]
    [InlineData("DAY_OF_MONTH(DATE(\"2026-03-11\"))", 11)]
    [InlineData("DAYS_SINCE(DATE(\"2026-03-10\"))", 1)]
    [InlineData("DAYS_UNTIL(\"2026-03-12\")", 1)]
    [InlineData("DAY_OF_MONTH(DATE_TIME(\"2026-03-12T02:00:00Z\"))", 11)]
    [InlineData("IF(DATE_IS(DATE_TIME(\"2026-03-12T02:00:00Z\");DATE(\"2026-03-11\"));1;2)", 1)]
    [InlineData("IF(DATE_IS_NOT(DATE_TIME(\"2026-03-12T02:00:00Z\");DATE(\"2026-03-12\"));1;2)", 1)]
    [InlineData("IF(TODAY = DATE(\"2026-03-11\");1;2)", 1)]
    [InlineData("IF(IS_AFTER(TODAY;DATE(\"2026-03-11\"));1;2)", 2)]
    [InlineData("IF(IS_AFTER(NOW;DATE(\"2026-03-11\"));1;2)", 1)]
    [InlineData("IF(IS_BEFORE(DATE_TIME(\"2026-03-11T03:00:00Z\");DATE(\"2026-03-11\"));1;2)", 1)]
    public void Formulas(string text, decimal value)
    {
        Assert.True(Formula.TryParse(text, out var formula, out var problem), problem);
        var result = Given.Evaluate(Given.Order(100_000), There, Given.Code("C", new AmountOff(1) { Formula = formula })).Results[0];
        Assert.Equal(value, ((AmountOff)result.Discount!).Amount / 100m);
    }

    [Theory]
    [InlineData("2026-03-11", "$is_days_ago", "0", true)]
    [InlineData("2026-03-10", "$is_days_ago", "1", true)]
    [InlineData("2026-03-12", "$is_days_in_future", "1", true)]
    [InlineData("2026-03-11", "$dow", "3", true)]
    [InlineData("2026-03-12T02:00:00Z", "$dow", "3", true)]
    [InlineData("2026-03-11T03:00:00Z", "$after", "\"2026-03-11\"", false)]
    [InlineData("2026-03-11T05:00:00Z", "$after", "\"2026-03-11\"", true)]
    [InlineData("2026-03-11T03:00:00Z", "$less_than", "\"2026-03-11\"", true)]
    [InlineData("2026-03-11", "$timeframe_daily_hours", "\"00:00;01:00\"", true)]
    [InlineData("2026-03-11T04:30:00Z", "$timeframe", "\"2026-03-01;P1D;PT1H\"", true)]
    [InlineData("2026-03-11T05:30:00Z", "$timeframe", "\"2026-03-01;P1D;PT1H\"", false)]
    [InlineData("2026-03-11T04:00:00Z", "$timeframe", "\"2026-03-10;P1D;PT1H\"", true)]
    public void Conditions(string written, string name, string operand, bool holds)
    {
        var rule = Given.Condition("order.metadata", $$"""{"{{name}}":[{{operand}}]}""", ",\"property\":\"when\"");
        var order = Given.Order(1000) with { Metadata = Given.Json($$"""{"when":"{{written}}"}""") };
        Assert.Equal(holds, Given.Evaluate(order, There, Given.Code("C", new AmountOff(1)).With(rule)).Valid);
    }

    [Fact]
    public void ADayWhoseMidnightTheClocksSkip_BeginsAnHourLater()
    {
        // Beirut goes from 00:00 to 01:00 on the last Sunday of March.
        var clock = new ProjectClock(Given.Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut"));
        Assert.Equal(new DateTimeOffset(2026, 3, 28, 22, 0, 0, TimeSpan.Zero), clock.Midnight(new DateOnly(2026, 3, 29)));
        Assert.Equal(29, clock.ToLocal(clock.Midnight(new DateOnly(2026, 3, 29))).Day);
        foreach (var day in new[] { DateOnly.MinValue, DateOnly.MaxValue })
            foreach (var zone in new[] { NewYork, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati") })
                Assert.Equal(day.DayNumber, DateOnly.FromDateTime(new ProjectClock(Given.Now, zone).Midnight(day).DateTime).DayNumber);
    }
}
