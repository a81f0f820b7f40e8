using System.Globalization;

namespace Vouchsafe.Engine;

/// <summary>The instant of a request in the project's calendar. A date without a time is a whole day there, wherever the project is.</summary>
/// <param name="Now">The instant.</param>
/// <param name="Zone">The project's time zone.</param>
public readonly record struct ProjectClock(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The first moment of this day.</summary>
    public DateTimeOffset Today => Midnight(DateOnly.FromDateTime(ToLocal(Now)));

    /// <summary>An instant as clocks of the project show it.</summary>
    public DateTime ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    /// <summary>The first moment of a day; where the clocks skip midnight, an hour later.</summary>
    public DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        if (Zone.IsInvalidTime(local)) local = local.AddHours(1);
        // The ends of the calendar have no earlier and no later day.
        var offset = Zone.GetUtcOffset(local);
        return local.Ticks - offset.Ticks is var ticks && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local, offset)
            : new DateTimeOffset(local, TimeSpan.Zero);
    }

    /// <summary>A date that is written as text, with or without a time.</summary>
    public DateTimeOffset? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Midnight(day)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant
        : null;
}
