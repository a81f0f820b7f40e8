using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Tests.Shared;

/// <summary>Amounts are read and typed in the currency's own units.</summary>
public sealed class MoneyTextTests
{
    [Theory]
    [InlineData(123456, "USD", "$1,234.56")]
    [InlineData(-50, "EUR", "−€0.50")]
    [InlineData(0, "GBP", "£0.00")]
    [InlineData(123456, "JPY", "¥123,456")]
    [InlineData(123456, "KWD", "123.456 KWD")]
    [InlineData(123456, "CLF", "12.3456 CLF")]
    [InlineData(123456, "CHF", "1,234.56 CHF")]
    [InlineData(7, null, "0.07")]
    public void AnAmount_HasTheDigitsOfItsCurrency(long minor, string? currency, string text) => Assert.Equal(text, MoneyText.Of(minor, currency));

    [Theory]
    [InlineData("USD", "1234.56", 123456)]
    [InlineData("JPY", "123456", 123456)]
    [InlineData("KWD", "123.456", 123456)]
    public void WhatIsTyped_IsWhatIsShownAgain(string currency, string typed, long minor)
    {
        Assert.Equal(minor, MoneyText.Minor(decimal.Parse(typed, System.Globalization.CultureInfo.InvariantCulture), currency));
        Assert.Equal(typed, MoneyText.Typed(minor, currency));
    }

    [Fact]
    public void HalvesGoAwayFromZero_AndNothingOverflows()
    {
        Assert.Equal(13, MoneyText.Minor(12.5m, "JPY"));
        Assert.Equal(-13, MoneyText.Minor(-12.5m, "JPY"));
        Assert.Equal(100_000_000_000_000, MoneyText.Minor(decimal.MaxValue, "CLF"));
    }

    [Fact]
    public void NoAmount_IsADash() => Assert.Equal("–", MoneyText.OrDash(null, "EUR"));
}
