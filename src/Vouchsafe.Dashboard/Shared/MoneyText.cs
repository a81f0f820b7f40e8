using System.Globalization;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>Amounts as people read and type them, for every page. The API has them in the smallest unit of the project's currency.</summary>
public static class MoneyText
{
    // ISO 4217, list one: the currencies that are not divided into hundredths.
    private static readonly Dictionary<string, int> Undivided = new[]
    {
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"), (3, "BHD IQD JOD KWD LYD OMR TND"), (4, "CLF UYW"),
    }.SelectMany(row => row.Item2.Split(' '), (row, code) => (code, row.Item1)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Digits behind the point: none of yen, three of Kuwaiti dinars, two where the currency is not known.</summary>
    /// <param name="currency">ISO 4217.</param>
    public static int Digits(string? currency) => currency is not null && Undivided.TryGetValue(currency, out var digits) ? digits : 2;

    /// <summary>The pattern of an amount that is typed, such as <c>0.00</c>.</summary>
    /// <param name="currency">ISO 4217.</param>
    public static string Pattern(string? currency) => Digits(currency) is > 0 and var digits ? "0." + new string('0', digits) : "0";

    /// <summary>The smallest amount, in whole units of the currency, such as 0.01.</summary>
    /// <param name="currency">ISO 4217.</param>
    public static decimal Least(string? currency) => 1m / Scale(currency);

    /// <summary>Minor units as whole units.</summary>
    /// <param name="minor">Minor units.</param>
    /// <param name="currency">ISO 4217.</param>
    public static decimal Units(decimal minor, string? currency) => minor / Scale(currency);

    /// <summary>Whole units as minor units; halves go away from zero.</summary>
    /// <param name="units">Whole units.</param>
    /// <param name="currency">ISO 4217.</param>
    public static long Minor(decimal units, string? currency) =>
        (long)decimal.Round(Math.Clamp(units, -1e10m, 1e10m) * Scale(currency), MidpointRounding.AwayFromZero);

    /// <summary>Whole units without sign or separators, as a field shows them: <c>1234.50</c>.</summary>
    /// <param name="minor">Minor units.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string Typed(decimal minor, string? currency) => Units(minor, currency).ToString(Pattern(currency), CultureInfo.InvariantCulture);

    /// <summary>For example <c>$1,234.50</c>; currencies without a sign of their own are named: <c>1,234.50 CHF</c>.</summary>
    /// <param name="minor">Minor units.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string Of(decimal minor, string? currency)
    {
        var (sign, number) = (minor < 0 ? "−" : "", Units(Math.Abs(minor), currency).ToString("#,##" + Pattern(currency), CultureInfo.InvariantCulture));
        return currency switch
        {
            "USD" => $"{sign}${number}",
            "EUR" => $"{sign}€{number}",
            "GBP" => $"{sign}£{number}",
            "JPY" => $"{sign}¥{number}",
            "INR" => $"{sign}₹{number}",
            "KRW" => $"{sign}₩{number}",
            null or "" => sign + number,
            _ => $"{sign}{number} {currency}",
        };
    }

    /// <summary>The same; a dash where there is no amount.</summary>
    /// <param name="minor">Minor units.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string OrDash(long? minor, string? currency) => minor is { } amount ? Of(amount, currency) : "–";

    private static decimal Scale(string? currency) => Digits(currency) switch { 0 => 1, 3 => 1_000, 4 => 10_000, _ => 100 };
}
