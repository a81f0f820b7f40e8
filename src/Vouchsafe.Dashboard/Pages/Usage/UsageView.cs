namespace Vouchsafe.Dashboard.Pages.Usage;

/// <summary>Calls of a channel over time.</summary>
public sealed record ChannelCalls(string Channel, long Total, IReadOnlyList<long> Counts);

/// <summary>Calls of a key.</summary>
public sealed record KeyCalls(string KeyId, string? Name, string Channel, long Calls, DateTimeOffset? LastUsedAt);

/// <summary>The limits.</summary>
public sealed record UsageLimits(int? ServerRequestsPerMinute, int ClientRequests, int ClientWindowSeconds);

/// <summary>From when on the project wants to be told.</summary>
public sealed record UsageThreshold(bool Enabled, int Percent);

/// <summary>An hour that came close to the limit.</summary>
public sealed record UsageNoticeView(DateTimeOffset At, long Peak, long Limit, int Percent, int Threshold);

/// <summary>The use of a project.</summary>
public sealed record UsageView(
    DateTimeOffset From, int PieceSeconds, long Total, IReadOnlyList<ChannelCalls> Channels, IReadOnlyList<KeyCalls> Keys, IReadOnlyList<long> Peaks,
    UsageLimits Limits, UsageThreshold Threshold, IReadOnlyList<UsageNoticeView> Notices)
{
    internal static string ChannelName(string channel) => channel switch
    {
        "PRIVATE" => "Private (servers)", "CLIENT" => "Public (pages, apps)", "O_AUTH" or "OAUTH" => "Tokens", _ => channel,
    };
}
