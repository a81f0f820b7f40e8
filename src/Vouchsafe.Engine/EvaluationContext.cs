using System.Collections.Frozen;
using System.Text.Json;
using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Engine.Stacking;

namespace Vouchsafe.Engine;

/// <summary>What is true for the whole request, whichever redeemables it names.</summary>
public sealed record EvaluationContext
{
    /// <summary>The project's time zone, for hours and days of the week.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The project's stacking rules.</summary>
    public StackingRules StackingRules { get; init; } = StackingRules.Default;

    /// <summary>True when the project reads codes without regard to case; decides what counts as a duplicate.</summary>
    public bool CodesIgnoreCase { get; init; }

    /// <summary>The customer; null when the request names none.</summary>
    public CustomerSnapshot? Customer { get; init; }

    /// <summary>Metadata of the redemption; undefined when there is none.</summary>
    public JsonElement RedemptionMetadata { get; init; }

    /// <summary>Id of the API key that asks; null where a user does.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>Login of the user who asks; null where a key does.</summary>
    public string? UserLogin { get; init; }

    /// <summary>Id of that user, under which their redemptions are counted.</summary>
    public string? UserId { get; init; }

    /// <summary>First day of the project's week.</summary>
    public DayOfWeek FirstDayOfWeek { get; init; } = DayOfWeek.Monday;

    /// <summary>Metadata of the custom event, for earning rules; undefined when there is none.</summary>
    public JsonElement EventMetadata { get; init; }

    /// <summary>Which conditions are judged; <see cref="RuleReach.Everything"/> for validations and redemptions.</summary>
    public RuleReach RuleReach { get; init; }

    /// <summary>True to return, with each result, what became of every condition of its rules.</summary>
    public bool Explain { get; init; }

    /// <summary>Values of the counters that rules read, by the keys that <c>RuleCounters.Needed</c> lists; an absent one counts as zero.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = FrozenDictionary<string, long>.Empty;
}
