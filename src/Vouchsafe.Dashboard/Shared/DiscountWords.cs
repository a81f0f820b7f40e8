using System.Globalization;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>Says in one sentence what a voucher does, as its author would tell a colleague.</summary>
public static class DiscountWords
{
    private static readonly string[] Days = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];

    /// <summary>The whole sentence: <c>10 % off the whole order, at most $20.00, once per voucher, until 31 Dec 2026</c>.</summary>
    /// <param name="discount">The discount; what is not filled in yet is left out.</param>
    /// <param name="currency">ISO 4217, for amounts.</param>
    /// <param name="uses">How often each voucher may be redeemed; null: without limit.</param>
    /// <param name="when">When it may be used; null: always.</param>
    public static string Sentence(DiscountDefinition discount, string? currency, long? uses, AvailabilityDefinition? when) =>
        string.Join(", ", [Of(discount, currency), .. Uses(uses), .. When(when)]);

    /// <summary>The same of a gift card.</summary>
    /// <param name="credits">What is loaded, in minor units.</param>
    /// <param name="effect"><c>APPLY_TO_ORDER</c> or <c>APPLY_TO_ITEMS</c>.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="uses">How often it may be redeemed; null: without limit.</param>
    /// <param name="when">When it may be used; null: always.</param>
    public static string GiftSentence(decimal? credits, string? effect, string? currency, long? uses, AvailabilityDefinition? when) =>
        string.Join(", ", [
            $"{Money(credits, currency)} to pay with, {(effect == "APPLY_TO_ITEMS" ? "taken off the items" : "taken off the whole order")}",
            .. Uses(uses), .. When(when)]);

    /// <summary>The discount alone.</summary>
    public static string Of(DiscountDefinition discount, string? currency) => discount.Type switch
    {
        "AMOUNT" => Amount(discount, currency),
        "PERCENT" => Percent(discount, currency),
        "FIXED" => Fixed(discount, currency),
        "UNIT" => Units(discount),
        _ => "A discount of a kind unknown here",
    };

    /// <summary>How often, as a part of the sentence; empty: without limit.</summary>
    public static IEnumerable<string> Uses(long? uses) => uses switch
    {
        null => [],
        1 => ["once per voucher"],
        2 => ["twice per voucher"],
        { } n => [string.Create(CultureInfo.InvariantCulture, $"{n:#,##0} times per voucher")],
    };

    /// <summary>When, as parts of the sentence; empty: always.</summary>
    public static IEnumerable<string> When(AvailabilityDefinition? when)
    {
        if (when is null) yield break;
        if (when.StartDate is { } start) yield return "from " + Day(start, isEnd: false);
        if (when.ExpirationDate is { } end) yield return "until " + Day(end, isEnd: true);
        if (when.ValidityTimeframe is { } frame) yield return $"for {Period(frame.Duration)} in every {Period(frame.Interval)}";
        if (DaysText(when.ValidityDayOfWeek) is { } days) yield return days;
        foreach (var window in when.ValidityHours?.Daily ?? [])
            yield return string.Join(' ', new[] { HoursText(window), DaysText(window.DaysOfWeek) }.OfType<string>());
    }

    private static string Amount(DiscountDefinition d, string? currency)
    {
        var off = d.AmountOffFormula is { Length: > 0 } formula ? $"as much as {formula} says" : Money(d.AmountOff, currency);
        var text = d.Effect switch
        {
            "APPLY_TO_ITEMS" => $"{off} off each line that qualifies",
            "APPLY_TO_ITEMS_BY_QUANTITY" => $"{off} off each unit that qualifies",
            "APPLY_TO_ITEMS_PROPORTIONALLY" => $"{off} off, shared by the qualifying lines as their amounts are",
            "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY" => $"{off} off, shared by the qualifying lines as their quantities are",
            _ => $"{off} off the whole order",
        };
        return Capital(text + AtMost(d.AggregatedAmountLimit, currency, " in one order"));
    }

    private static string Percent(DiscountDefinition d, string? currency)
    {
        var off = d.PercentOffFormula is { Length: > 0 } formula ? $"as many percent as {formula} says" : $"{Number(d.PercentOff)} %";
        var isOnItems = d.Effect == "APPLY_TO_ITEMS";
        return Capital($"{off} off {(isOnItems ? "each line that qualifies" : "the whole order")}"
            + AtMost(d.AmountLimit, currency, isOnItems ? " a line" : "")
            + AtMost(d.AggregatedAmountLimit, currency, " in one order"));
    }

    private static string Fixed(DiscountDefinition d, string? currency)
    {
        var price = d.FixedAmountFormula is { Length: > 0 } formula ? $"what {formula} says" : Money(d.FixedAmount, currency);
        return d.Effect == "APPLY_TO_ITEMS" ? $"Each unit that qualifies for {price}" : $"The whole order for {price}";
    }

    private static string Units(DiscountDefinition d)
    {
        if (d.Effect != "ADD_MANY_ITEMS") return Capital(Unit(d.UnitOff, d.UnitOffFormula, d.UnitType, d.Effect));
        List<string> kinds = [.. (d.Units ?? []).Select(u => Unit(u.UnitOff, u.UnitOffFormula, u.UnitType, u.Effect))];
        return kinds.Count == 0 ? "Free items" : Capital(Series(kinds));
    }

    private static string Unit(decimal? count, string? formula, string? product, string? effect)
    {
        var number = formula is { Length: > 0 } ? $"as many free as {formula} says of" : $"{Number(count)} free";
        return $"{number} {(string.IsNullOrEmpty(product) ? "…" : product)}{(effect == "ADD_NEW_ITEMS" ? " on top of the order" : "")}";
    }

    private static string AtMost(decimal? limit, string? currency, string of) => limit is { } most ? $", at most {MoneyText.Of(most, currency)}{of}" : "";

    private static string Money(decimal? minor, string? currency) => minor is { } amount ? MoneyText.Of(amount, currency) : "…";

    private static string Number(decimal? number) => number?.ToString("#,##0.##", CultureInfo.InvariantCulture) ?? "…";

    // A day that is meant whole begins at midnight and ends a moment before the next.
    private static string Day(DateTimeOffset instant, bool isEnd)
    {
        var utc = instant.UtcDateTime;
        var isWhole = isEnd ? utc is { Hour: 23, Minute: 59 } : utc.TimeOfDay == TimeSpan.Zero;
        return utc.ToString(isWhole ? "d MMM yyyy" : "d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
    }

    private static string? DaysText(IReadOnlyList<int>? days) => days is { Count: > 0 and < 7 }
        ? days.Order().SequenceEqual([1, 2, 3, 4, 5]) ? "on weekdays"
        : days.Order().SequenceEqual([0, 6]) ? "at weekends"
        // The week begins on Monday, as it does where it is written down (ISO 8601).
        : "on " + Series([.. days.Where(d => d is >= 0 and <= 6).OrderBy(d => (d + 6) % 7).Select(d => Days[d])])
        : null;

    private static string? HoursText(DailyHoursDefinition window) => (window.StartTime, window.ExpirationTime) switch
    {
        ({ } from, { } to) => $"between {from} and {to}",
        ({ } from, null) => $"after {from}",
        (null, { } to) => $"before {to}",
        _ => null,
    };

    private static string Period(string? iso)
    {
        if (!IsoDuration.TryParse(iso, out _)) return "…";
        return iso switch { "P1D" => "day", "P1W" or "P7D" => "week", "P1M" => "month", "P1Y" => "year", "PT1H" => "hour", _ => iso! };
    }

    private static string Series(IReadOnlyList<string> parts) => parts.Count switch
    {
        0 => "",
        1 => parts[0],
        _ => string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[^1],
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
