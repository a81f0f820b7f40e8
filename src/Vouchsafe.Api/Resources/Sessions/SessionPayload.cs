using System.Security.Cryptography;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>The <c>session</c> of a validation or redemption. With a type a validation sets a lock up; a key alone says whose lock it is.</summary>
internal sealed record SessionPayload(string? Type, string? Key, long? Ttl, string? TtlUnit)
{
    internal const string Lock = "LOCK";
    internal const string DefaultUnit = "DAYS";
    private const long DefaultTtl = 7;
    private const int LongestDays = 365;

    // In 100 ns ticks; a nanosecond is a hundredth of one.
    private static readonly Dictionary<string, decimal> Units = new()
    {
        ["DAYS"] = TimeSpan.TicksPerDay, ["HOURS"] = TimeSpan.TicksPerHour, ["MINUTES"] = TimeSpan.TicksPerMinute, ["SECONDS"] = TimeSpan.TicksPerSecond,
        ["MILLISECONDS"] = TimeSpan.TicksPerMillisecond, ["MICROSECONDS"] = TimeSpan.TicksPerMicrosecond, ["NANOSECONDS"] = 0.01m,
    };

    /// <summary>Whether a lock is asked for.</summary>
    internal bool AsksForLock => !string.IsNullOrEmpty(Type);

    /// <summary>The key, if there is one.</summary>
    internal string? KeyOrNull => string.IsNullOrEmpty(Key) ? null : Key;

    /// <summary>What is wrong with it; null: nothing.</summary>
    internal ApiError? Problem() =>
        (AsksForLock ? Check.OneOf(Type, "session.type", Lock) : null)
        ?? Check.Text(Key, "session.key") ?? Check.Range(Ttl, "session.ttl", 1) ?? Check.OneOf(TtlUnit, "session.ttl_unit", [.. Units.Keys])
        ?? (Length.TotalDays > LongestDays ? CommonErrors.InvalidPayload($"session.ttl may come to {LongestDays} days at most.") : null);

    /// <summary>How long the lock is to hold, to the millisecond above.</summary>
    internal TimeSpan Length
    {
        get
        {
            var ticks = (Ttl ?? DefaultTtl) * Units[TtlUnit ?? DefaultUnit];
            var milliseconds = Math.Ceiling(ticks / TimeSpan.TicksPerMillisecond);
            return milliseconds >= (decimal)TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds((long)milliseconds);
        }
    }

    /// <summary>The session as it is set up: with a key, and what was left out filled in.</summary>
    internal SessionWire ToWire() => new(KeyOrNull ?? NewKey(), Lock, Ttl ?? DefaultTtl, TtlUnit ?? DefaultUnit);

    // Whoever knows the key may use what it holds, so it cannot be guessed.
    private static string NewKey() => "ssn_" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);
}

/// <summary>A session on the wire.</summary>
internal sealed record SessionWire(string Key, string Type, long Ttl, string TtlUnit)
{
    /// <summary>The same session with another length.</summary>
    internal SessionWire Lasting(TimeSpan length) =>
        length.Ticks % TimeSpan.TicksPerMinute == 0 ? this with { Ttl = (long)length.TotalMinutes, TtlUnit = "MINUTES" }
        : length.Ticks % TimeSpan.TicksPerSecond == 0 ? this with { Ttl = (long)length.TotalSeconds, TtlUnit = "SECONDS" }
        : this with { Ttl = (long)length.TotalMilliseconds, TtlUnit = "MILLISECONDS" };
}
