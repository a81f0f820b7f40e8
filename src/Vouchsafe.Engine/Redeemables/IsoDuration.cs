using System.Globalization;

namespace Vouchsafe.Engine.Redeemables;

/// <summary>
/// An ISO 8601 duration (P1Y2M3W4DT5H6M7S). Months, days and clock time are kept apart, because a month is not a number of days and a
/// day of the calendar is not always 24 hours.
/// </summary>
/// <param name="Months">Years and months, in months.</param>
/// <param name="Days">Weeks and days, in days.</param>
/// <param name="Clock">Hours, minutes and seconds.</param>
public readonly record struct IsoDuration(int Months, int Days, TimeSpan Clock)
{
    /// <summary>True when nothing is in it.</summary>
    public bool IsZero => Months == 0 && Days == 0 && Clock == TimeSpan.Zero;

    /// <summary>
    /// The instant that lies this duration, several times, after another: first months and days of the zone's calendar, then the time
    /// of the clock, so that an hour is an hour also when the clocks change. Null past the end of the calendar.
    /// </summary>
    public DateTimeOffset? After(DateTimeOffset from, long times, TimeZoneInfo zone)
    {
        // The margin is more than a month can differ from its rough length, and more than any zone is away from UTC.
        if (Approximate.TotalDays * times > (DateTimeOffset.MaxValue - from).TotalDays - 400)
            return null;
        if ((Months == 0 && Days == 0) || times == 0)
            return from + (Clock * times);
        var local = TimeZoneInfo.ConvertTime(from, zone).DateTime.AddMonths((int)(Months * times)).AddDays((double)Days * times);
        // A time that the clock change skips is moved on by the hour that is skipped.
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)) + (Clock * times);
    }

    /// <summary>A rough length, for finding a candidate only: months of 30.44 days.</summary>
    public TimeSpan Approximate => TimeSpan.FromDays(Months * 30.436875) + TimeSpan.FromDays(Days) + Clock;

    /// <summary>Reads a duration; false for anything malformed, negative, empty or longer than 100 years.</summary>
    public static bool TryParse(string? text, out IsoDuration duration)
    {
        duration = default;
        if (text is null || text.Length is < 3 or > 40 || text[0] != 'P')
            return false;
        long months = 0, days = 0, seconds = 0;
        var inTime = false;
        var lastUnit = -1;
        for (var at = 1; at < text.Length;)
        {
            if (text[at] == 'T')
            {
                if (inTime || ++at == text.Length)
                    return false;
                inTime = true;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (at == start || at == text.Length || at - start > 9)
                return false;
            var number = long.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
            var unit = (inTime ? "____HMS" : "YMWD").IndexOf(text[at++], StringComparison.Ordinal);
            if (unit <= lastUnit)
                return false;
            lastUnit = unit;
            months += unit switch { 0 => number * 12, 1 => number, _ => 0 };
            days += unit switch { 2 => number * 7, 3 => number, _ => 0 };
            seconds += unit switch { 4 => number * 3600, 5 => number * 60, 6 => number, _ => 0 };
        }

        if (months > 1200 || days > 36_600 || seconds > 36_600L * 86_400 || lastUnit < 0)
            return false;
        duration = new IsoDuration((int)months, (int)days, TimeSpan.FromSeconds(seconds));
        return true;
    }
}
