using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>An hour in which a minute came close to the project's limit.</summary>
/// <param name="At">Start of the hour.</param>
/// <param name="Peak">Most calls in a minute.</param>
/// <param name="Limit">The limit as it was then.</param>
/// <param name="Percent">The one of the other, rounded down.</param>
/// <param name="Threshold">The percentage that it was to be told from.</param>
internal sealed record UsageNotice(DateTimeOffset At, long Peak, long Limit, int Percent, int Threshold)
{
    /// <summary>
    /// What <c>api_usage_notifications.api_calls</c> asks to be told, the latest first. The other kinds count what a
    /// self-hosted installation does not limit, so there is nothing to tell of them.
    /// </summary>
    internal static IReadOnlyList<UsageNotice> Of(IEnumerable<UsageHour> peaks, UsageNotifications wanted)
    {
        if (wanted.ApiCalls is not { Enabled: true, InApp: true, Value: { } threshold }) return [];
        return [.. peaks.Where(p => p.PeakLimit > 0 && p.Peak * 100 >= p.PeakLimit * threshold).OrderByDescending(p => p.Hour)
            .Select(p => new UsageNotice(DateTimeOffset.FromUnixTimeSeconds(p.Hour * 3_600), p.Peak, p.PeakLimit, (int)(p.Peak * 100 / p.PeakLimit), threshold))];
    }
}
