using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Records;

/// <summary>How many there are, and how many of them can be used now.</summary>
/// <param name="Live">Switched on and within their dates; null while a large project is being counted.</param>
/// <param name="Total">All but those in the bin.</param>
/// <param name="CountedAt">When.</param>
internal sealed record LiveCount(long? Live, long? Total, DateTimeOffset CountedAt);

/// <summary>
/// Counts what is live. Up to <see cref="Bound"/> vouchers it is done at once. Of more, the whole index would have to be
/// read: that happens in the background, at most once in five minutes and only while somebody looks.
/// </summary>
internal sealed class LiveCounts(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    internal const int Bound = 10_000;
    private const int MaxProjects = 1_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Counting> _large = new(StringComparer.Ordinal);

    internal async Task<LiveCount> VouchersAsync(VouchsafeDbContext db, string projectId, DateTimeOffset now, CancellationToken ct)
    {
        var bounded = await db.Vouchers.AsNoTracking().Where(v => v.ProjectId == projectId).OrderBy(v => v.CreatedAt).Take(Bound + 1)
            .GroupBy(_ => 1).Select(g => new
            {
                Read = g.Count(),
                Total = g.Count(v => v.DeletedAt == null),
                Live = g.Count(v => v.DeletedAt == null && v.Active && (v.StartDate == null || v.StartDate <= now) && (v.ExpirationDate == null || v.ExpirationDate > now)),
            }).FirstOrDefaultAsync(ct);
        if (bounded is null) return new LiveCount(0, 0, now);
        if (bounded.Read <= Bound) return new LiveCount(bounded.Live, bounded.Total, now);
        if (_large.Count > MaxProjects) _large.Clear();
        return _large.GetOrAdd(projectId, static _ => new Counting()).Latest(now, () => CountAsync(projectId));
    }

    private async Task<LiveCount> CountAsync(string projectId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var all = db.Vouchers.AsNoTracking().Where(v => v.ProjectId == projectId && v.DeletedAt == null);
        var live = await all.LongCountAsync(v => v.Active && (v.StartDate == null || v.StartDate <= now) && (v.ExpirationDate == null || v.ExpirationDate > now));
        return new LiveCount(live, await all.LongCountAsync(), now);
    }

    private sealed class Counting
    {
        private readonly Lock _gate = new();
        private LiveCount? _latest;
        private Task<LiveCount>? _running;

        internal LiveCount Latest(DateTimeOffset now, Func<Task<LiveCount>> count)
        {
            lock (_gate)
            {
                if (_running is { IsCompleted: true } done)
                {
                    if (done.IsCompletedSuccessfully) _latest = done.Result;
                    _running = null;
                }
                if (_running is null && (_latest is null || now - _latest.CountedAt > MaxAge)) _running = Task.Run(count);
                return _latest ?? new LiveCount(null, null, now);
            }
        }
    }
}
