using System.Globalization;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>Minor units as people read and type them. Amounts of the API are hundredths in every currency.</summary>
public static class MoneyText
{
    /// <summary>For example <c>$1,234.50</c>; currencies without a sign of their own are named: <c>1,234.50 CHF</c>.</summary>
    /// <param name="minor">Hundredths.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string Of(decimal minor, string? currency)
    {
        var (sign, number) = (minor < 0 ? "−" : "", (Math.Abs(minor) / 100).ToString("#,##0.00", CultureInfo.InvariantCulture));
        return currency switch
        {
            "USD" => $"{sign}${number}",
            "EUR" => $"{sign}€{number}",
            "GBP" => $"{sign}£{number}",
            null or "" => sign + number,
            _ => $"{sign}{number} {currency}",
        };
    }

    /// <summary>An amount without its currency; a dash where there is none.</summary>
    /// <param name="minor">Hundredths.</param>
    public static string OrDash(long? minor) => minor is { } amount ? Of(amount, null) : "–";
}
