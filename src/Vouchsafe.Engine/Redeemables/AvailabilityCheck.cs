namespace Vouchsafe.Engine.Redeemables;

/// <summary>Judges an instant against an <see cref="Availability"/>.</summary>
public static class AvailabilityCheck
{
    /// <summary>The first thing that stands in the way, in the order: switch, start, end, recurring windows.</summary>
    public static AvailabilityVerdict Judge(Availability availability, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!availability.Active)
            return AvailabilityVerdict.Disabled;
        if (now < availability.StartDate)
            return AvailabilityVerdict.NotYet;
        if (now > availability.ExpirationDate)
            return AvailabilityVerdict.Over;
        return InWindows(availability, now, zone) ? AvailabilityVerdict.Open : AvailabilityVerdict.NotNow;
    }

    private static bool InWindows(Availability availability, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (availability.Timeframe is { } frame && availability.StartDate is { } start && !InTimeframe(frame, start, now, zone))
            return false;
        if (availability.DaysOfWeek.Count == 0 && availability.Hours.Count == 0)
            return true;

        var local = TimeZoneInfo.ConvertTime(now, zone);
        var day = (int)local.DayOfWeek;
        if (availability.DaysOfWeek.Count > 0 && !availability.DaysOfWeek.Contains(day))
            return false;
        return availability.Hours.Count == 0 || availability.Hours.Any(hours => InHours(hours, day, TimeOnly.FromTimeSpan(local.TimeOfDay)));
    }

    private static bool InHours(DailyHours hours, int day, TimeOnly time)
    {
        bool OpensOn(int which) => hours.DaysOfWeek.Count == 0 || hours.DaysOfWeek.Contains(which);
        var start = hours.Start ?? TimeOnly.MinValue;
        var end = hours.Expiration ?? TimeOnly.MaxValue;
        if (start <= end)
            return OpensOn(day) && time >= start && time <= end;
        return (OpensOn(day) && time >= start) || (OpensOn((day + 6) % 7) && time <= end);
    }

    // Openings follow the project's calendar, so that "every day at nine" stays at nine when the clocks change.
    private static bool InTimeframe(ValidityTimeframe frame, DateTimeOffset start, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (frame.Interval.IsZero || frame.Duration.IsZero || now < start)
            return false;
        var guess = (long)((now - start) / frame.Interval.Approximate);
        // The guess is off by a few at most: months vary by 10 %, which the span below covers for windows up to the interval's length.
        var reach = 2 + (frame.Interval.Months > 0 ? 2 : 0) + (long)Math.Min(1000, frame.Duration.Approximate / frame.Interval.Approximate);
        for (var k = Math.Max(0, guess - reach); k <= guess + 2; k++)
        {
            if (frame.Interval.After(start, k, zone) is not { } opening || opening > now)
                break;
            if (now < frame.Duration.After(opening, 1, zone))
                return true;
        }

        return false;
    }
}
