using System.Globalization;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Redeemables;

/// <summary>When something may be used, as it is written on the wire (<c>start_date</c> and its siblings), unchecked.</summary>
public sealed record AvailabilityDefinition
{
    /// <summary>The switch; absent means on.</summary>
    public bool? Active { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Not after.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>Recurring windows.</summary>
    public TimeframeDefinition? ValidityTimeframe { get; init; }

    /// <summary>Days of the week, 0 = Sunday.</summary>
    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    /// <summary>Daily hours.</summary>
    public HoursDefinition? ValidityHours { get; init; }

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>.</summary>
    public IReadOnlyList<FieldError> Check(string prefix = "")
    {
        var check = new FieldCheck(prefix);
        if (StartDate >= ExpirationDate)
            check.Fail("expiration_date", "must be after start_date");
        CheckTimeframe(check);
        CheckDays(check, "validity_day_of_week", ValidityDayOfWeek);
        for (var i = 0; i < (ValidityHours?.Daily?.Count ?? 0); i++)
            CheckHours(check, $"validity_hours.daily[{i}]", ValidityHours!.Daily![i]);
        return check.Errors;
    }

    /// <summary>The availability. Only for a definition that <see cref="Check"/> found no fault with; throws otherwise.</summary>
    public Availability ToAvailability() => new()
    {
        Active = Active ?? true,
        StartDate = StartDate,
        ExpirationDate = ExpirationDate,
        Timeframe = ValidityTimeframe is { } frame ? new ValidityTimeframe(Duration(frame.Interval), Duration(frame.Duration)) : null,
        DaysOfWeek = ValidityDayOfWeek ?? [],
        Hours = [.. (ValidityHours?.Daily ?? []).Select(window =>
            new DailyHours(Time(window.StartTime), Time(window.EndTime), window.DaysOfWeek ?? []))],
    };

    private void CheckTimeframe(FieldCheck check)
    {
        if (ValidityTimeframe is not { } frame)
            return;
        if (!IsoDuration.TryParse(frame.Interval, out var interval) || interval.IsZero)
            check.Fail("validity_timeframe.interval", "must be an ISO 8601 duration of more than zero");
        if (!IsoDuration.TryParse(frame.Duration, out var duration) || duration.IsZero)
            check.Fail("validity_timeframe.duration", "must be an ISO 8601 duration of more than zero");
        if (StartDate is null)
            check.Fail("start_date", "is required with validity_timeframe");
    }

    private static void CheckHours(FieldCheck check, string field, DailyHoursDefinition window)
    {
        var start = CheckTime(check, $"{field}.start_time", window.StartTime);
        var end = CheckTime(check, $"{field}.expiration_time", window.EndTime);
        if (start is not null && start == end)
            check.Fail($"{field}.expiration_time", "must differ from start_time");
        CheckDays(check, $"{field}.days_of_week", window.DaysOfWeek);
    }

    private static TimeOnly? CheckTime(FieldCheck check, string field, string? text)
    {
        var time = Time(text);
        if (text is not null && time is null)
            check.Fail(field, "must be a time in the form HH:mm");
        return time;
    }

    private static void CheckDays(FieldCheck check, string field, IReadOnlyList<int>? days)
    {
        if (days is null)
            return;
        if (days.Any(day => day is < 0 or > 6))
            check.Fail(field, "must hold days from 0 (Sunday) to 6");
        if (days.Distinct().Count() != days.Count)
            check.Fail(field, "must not repeat a day");
    }

    private static IsoDuration Duration(string? text) =>
        IsoDuration.TryParse(text, out var duration) ? duration : throw new InvalidOperationException("The definition was not checked.");

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary><c>validity_timeframe</c> on the wire.</summary>
/// <param name="Interval">Distance between two openings, ISO 8601.</param>
/// <param name="Duration">Length of each window, ISO 8601.</param>
public sealed record TimeframeDefinition(string? Interval, string? Duration);

/// <summary><c>validity_hours</c> on the wire.</summary>
/// <param name="Daily">The windows.</param>
public sealed record HoursDefinition(IReadOnlyList<DailyHoursDefinition>? Daily);

/// <summary>One daily window on the wire.</summary>
/// <param name="StartTime">HH:mm.</param>
/// <param name="ExpirationTime">HH:mm; absent or empty: the end of the day.</param>
/// <param name="DaysOfWeek">0 = Sunday.</param>
public sealed record DailyHoursDefinition(string? StartTime, string? ExpirationTime, IReadOnlyList<int>? DaysOfWeek)
{
    internal string? EndTime => ExpirationTime is { Length: > 0 } time ? time : null;
}
