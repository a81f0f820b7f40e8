using System.Globalization;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Pages.Vouchers;

/// <summary>When something may be used, while it is edited. Days and times are UTC, as the engine's are.</summary>
public sealed class AvailabilityDraft
{
    internal string Start { get; set; } = "";
    internal string End { get; set; } = "";
    internal HashSet<int> Days { get; set; } = [];
    internal List<HoursDraft> Hours { get; set; } = [];

    // What was read, for its seconds: the browser's field knows minutes only.
    private AvailabilityDefinition? _read;

    /// <summary>Not edited here, and kept as it is.</summary>
    internal TimeframeDefinition? Timeframe { get; set; }

    internal static AvailabilityDraft From(AvailabilityDefinition when) => new()
    {
        _read = when,
        Start = Text(when.StartDate),
        End = Text(when.ExpirationDate),
        Days = [.. when.ValidityDayOfWeek ?? []],
        Hours = [.. (when.ValidityHours?.Daily ?? []).Select(w => new HoursDraft { From = w.StartTime ?? "", To = w.ExpirationTime ?? "", Days = [.. w.DaysOfWeek ?? []] })],
        Timeframe = when.ValidityTimeframe,
    };

    /// <summary>What is written.</summary>
    internal AvailabilityDefinition ToDefinition() => new()
    {
        StartDate = Start == Text(_read?.StartDate) ? _read?.StartDate : Instant(Start),
        ExpirationDate = End == Text(_read?.ExpirationDate) ? _read?.ExpirationDate : Instant(End),
        ValidityTimeframe = Timeframe,
        ValidityDayOfWeek = Days.Count is 0 or 7 ? null : [.. Days.Order()],
        ValidityHours = Hours.Count == 0 ? null : new([.. Hours.Select(h => new DailyHoursDefinition(
            h.From.Length == 0 ? null : h.From, h.To.Length == 0 ? null : h.To, h.Days.Count == 0 ? null : [.. h.Days.Order()]))]),
    };

    /// <summary>Adds its members to a request; what is empty is written as null, which clears it.</summary>
    internal void WriteTo(Dictionary<string, object?> body)
    {
        var when = ToDefinition();
        body["start_date"] = when.StartDate;
        body["expiration_date"] = when.ExpirationDate;
        body["validity_timeframe"] = when.ValidityTimeframe;
        body["validity_day_of_week"] = when.ValidityDayOfWeek;
        body["validity_hours"] = when.ValidityHours;
    }

    // The form of <input type="datetime-local">.
    private static string Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}

/// <summary>A daily window while it is edited.</summary>
public sealed class HoursDraft
{
    internal string From { get; set; } = "09:00";
    internal string To { get; set; } = "17:00";
    internal HashSet<int> Days { get; set; } = [];
}
