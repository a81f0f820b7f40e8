using System.Globalization;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>Dates: before and after, days from today, recurring windows. Days and hours are those of the project's calendar.</summary>
internal static class DateOperators
{
    public static readonly IReadOnlyDictionary<string, Operator> Table = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["$after"] = Compared(order => order > 0),
        ["$before"] = Compared(order => order < 0),
        ["$more_than_ago"] = Days((since, days) => since > days),
        ["$less_than_ago"] = Days((since, days) => since >= 0 && since < days),
        ["$is_days_ago"] = Days((since, days) => since == days),
        ["is_days_ago"] = Days((since, days) => since == days),
        ["$more_than_future"] = Days((since, days) => -since > days),
        ["$less_than_future"] = Days((since, days) => since <= 0 && -since < days),
        ["$is_days_in_future"] = Days((since, days) => -since == days),
        ["$dow"] = new(
            operands => OperatorTable.Some(operands)
                ?? (operands.All(IsDay) ? null : "needs days from 0 (Sunday) to 6"),
            (value, operands, clock) => value.AsDate(clock) is { } date
                && operands.Any(operand => operand.AsNumber() == (int)clock.ToLocal(date).DayOfWeek)),
        ["$timeframe"] = Windows(TimeframeOf, "needs values like 2026-01-01T00:00:00Z;P1D;PT1H"),
        ["$timeframe_absolute"] = Windows(PeriodOf, "needs values like 2026-01-01T00:00:00Z;2026-02-01T00:00:00Z"),
        ["$timeframe_daily_hours"] = Windows(HoursOf, "needs values like 18:00;20:00;1,2"),
    };

    private static Operator Compared(Func<int, bool> holds) => new(
        operands => OperatorTable.One(operands) ?? (operands[0].AsDate(RuleValue.AnyClock) is null ? "needs a date" : null),
        (value, operands, clock) => value.AsDate(clock) is { } date && holds(date.CompareTo(operands[0].AsDate(clock)!.Value)));

    private static Operator Days(Func<decimal, decimal, bool> holds) => new(
        operands => OperatorTable.One(operands) ?? (operands[0].AsNumber() is >= 0 ? null : "needs a number of days, 0 or more"),
        (value, operands, clock) => value.AsDate(clock) is { } date
            && holds((clock.ToLocal(clock.Now).Date - clock.ToLocal(date).Date).Days, operands[0].AsNumber()!.Value));

    // Each text is read into an availability, so that windows mean the same here as on a voucher.
    private static Operator Windows(Func<string[], ProjectClock, Availability?> read, string problem) => new(
        operands => OperatorTable.Some(operands) ?? (operands.All(operand => Parse(operand, RuleValue.AnyClock, read) is not null) ? null : problem),
        (value, operands, clock) => value.AsDate(clock) is { } date && operands.Any(operand =>
            AvailabilityCheck.Judge(Parse(operand, clock, read)!, date, clock.Zone) == AvailabilityVerdict.Open));

    private static Availability? Parse(RuleValue operand, ProjectClock clock, Func<string[], ProjectClock, Availability?> read) =>
        operand.Text is { } text ? read(text.Split(';', StringSplitOptions.TrimEntries), clock) : null;

    private static Availability? TimeframeOf(string[] parts, ProjectClock clock) =>
        parts.Length == 3 && clock.Read(parts[0]) is { } start
        && IsoDuration.TryParse(parts[1], out var interval) && IsoDuration.TryParse(parts[2], out var duration)
            ? new Availability { StartDate = start, Timeframe = new ValidityTimeframe(interval, duration) }
            : null;

    private static Availability? PeriodOf(string[] parts, ProjectClock clock) =>
        parts.Length == 2 && clock.Read(parts[0]) is { } start && clock.Read(parts[1]) is { } end && start <= end
            ? new Availability { StartDate = start, ExpirationDate = end }
            : null;

    private static Availability? HoursOf(string[] parts, ProjectClock clock)
    {
        if (parts.Length is < 2 or > 3 || !TryTime(parts[0], out var start) || !TryTime(parts[1], out var end))
            return null;
        var days = parts.Length == 3 && parts[2].Length > 0 ? parts[2].Split(',', StringSplitOptions.TrimEntries) : [];
        return days.All(day => day.Length == 1 && day[0] is >= '0' and <= '6')
            ? new Availability { Hours = [new DailyHours(start, end, [.. days.Select(day => day[0] - '0')])] }
            : null;
    }

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool IsDay(RuleValue operand) => operand.AsNumber() is { } day && day is >= 0 and <= 6 && day == decimal.Truncate(day);
}
