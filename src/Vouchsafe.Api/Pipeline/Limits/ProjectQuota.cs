using System.Collections.Concurrent;
using StackExchange.Redis;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>Private calls per minute of each project: exact, in this process or shared through Redis.</summary>
internal sealed class ProjectQuota(PipelineSettings settings, SharedWindows shared, TimeProvider time)
{
    private const long WindowMilliseconds = 60_000;
    private static readonly RedisValue WindowMicroseconds = WindowMilliseconds * 1_000;

    private readonly ConcurrentDictionary<string, RollingWindow> _windows = new(StringComparer.Ordinal);

    /// <summary>The limit in force; null: none. A project may lift the server's default with 0.</summary>
    internal int? LimitOf(ProjectSettings project) =>
        (project.ServerRequestsPerMinute ?? settings.ServerRequestsPerMinute) is { } limit and > 0 ? limit : null;

    internal async ValueTask<RateDecision> TryAcquireAsync(string projectId, int limit)
    {
        var local = _windows.AddOrUpdate(projectId, static (_, l) => new RollingWindow(l, WindowMilliseconds),
            static (_, window, l) => window.Limit == l ? window : new RollingWindow(l, window), limit);
        if (!shared.IsUp) return local.TryAcquire(MonotonicClock.Milliseconds(time));
        var verdict = await shared.TryAcquireAsync([$"{settings.RedisPrefix}quota:{{{projectId}}}"], [WindowMicroseconds, limit], limit);
        if (verdict is not { } decision) return local.TryAcquire(MonotonicClock.Milliseconds(time));
        // So that this node knows what it let in when Redis goes away.
        if (decision.Allowed) local.TryAcquire(MonotonicClock.Milliseconds(time));
        return decision;
    }
}
