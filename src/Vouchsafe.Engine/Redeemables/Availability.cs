namespace Vouchsafe.Engine.Redeemables;

/// <summary>When something may be used at all. Instants are UTC; recurring parts are read in the project's time zone.</summary>
public sealed record Availability
{
    /// <summary>Always usable.</summary>
    public static readonly Availability Always = new();

    /// <summary>The on/off switch.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Not usable before this instant.</summary>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Not usable after this instant.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>Recurring windows counted from <see cref="StartDate"/>.</summary>
    public ValidityTimeframe? Timeframe { get; init; }

    /// <summary>Days on which it is usable, 0 = Sunday; empty means every day.</summary>
    public IReadOnlyCollection<int> DaysOfWeek { get; init; } = [];

    /// <summary>Daily hours; empty means all day. One window that admits the instant is enough.</summary>
    public IReadOnlyList<DailyHours> Hours { get; init; } = [];
}

/// <summary>Windows of <paramref name="Duration"/> that open every <paramref name="Interval"/>.</summary>
/// <param name="Interval">Distance between two openings, for example P1D; more than zero.</param>
/// <param name="Duration">Length of each window, for example PT1H; more than zero.</param>
public sealed record ValidityTimeframe(IsoDuration Interval, IsoDuration Duration);

/// <summary>One daily window.</summary>
/// <param name="Start">Opening time, inclusive; null means the start of the day.</param>
/// <param name="Expiration">Closing time, inclusive; null means the end of the day. Earlier than the start: it closes on the next day.</param>
/// <param name="DaysOfWeek">Days on which the window opens, 0 = Sunday; empty means every day.</param>
public sealed record DailyHours(TimeOnly? Start, TimeOnly? Expiration, IReadOnlyCollection<int> DaysOfWeek);

/// <summary>What an <see cref="Availability"/> says about one instant.</summary>
public enum AvailabilityVerdict
{
    /// <summary>Usable.</summary>
    Open,

    /// <summary>Switched off.</summary>
    Disabled,

    /// <summary>Before the start date.</summary>
    NotYet,

    /// <summary>After the expiration date.</summary>
    Over,

    /// <summary>Between two recurring windows.</summary>
    NotNow,
}
