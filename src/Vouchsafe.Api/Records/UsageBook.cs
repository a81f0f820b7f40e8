using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Records;

namespace Vouchsafe.Api.Records;

/// <summary>Calls by hour, channel and key on their way to the database, where the counts of all nodes are added up.</summary>
internal sealed class UsageBook(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const long HourMilliseconds = 3_600_000;

    private static readonly (string, TallyRule)[] Rules =
        [(nameof(UsageHour.Calls), TallyRule.Add), (nameof(UsageHour.Peak), TallyRule.Max), (nameof(UsageHour.PeakLimit), TallyRule.Replace)];

    private readonly Dictionary<(string Project, long Hour, short Channel, string Key), UsageHour> _pending = [];
    private readonly ConcurrentDictionary<string, Peak> _peaks = new(StringComparer.Ordinal);

    /// <summary>Notes how much of a project's calls per minute was used at one moment.</summary>
    internal void NotePeak(string projectId, int used, int limit)
    {
        // Below a tenth there is nothing to tell anybody: no threshold is lower.
        if (used * 10L < limit) return;
        _peaks.GetOrAdd(projectId, static _ => new Peak()).Raise(used, limit);
    }

    /// <summary>Adds calls to the present hour. One caller at a time, as for <see cref="FlushAsync"/>.</summary>
    internal void Add(string projectId, Channel channel, string keyId, long calls) => Row(projectId, channel, keyId).Calls += calls;

    internal async Task FlushAsync(CancellationToken ct)
    {
        foreach (var (project, peak) in _peaks)
            if (peak.Take() is { Used: > 0 } taken)
            {
                var row = Row(project, Channel.Private, "");
                if (taken.Used >= row.Peak) (row.Peak, row.PeakLimit) = (taken.Used, taken.Limit);
            }
        if (_pending.Count == 0) return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Tally.AddAsync(db, _pending.Values, Rules, ct);
        await transaction.CommitAsync(ct);
        _pending.Clear();
    }

    internal static Task PruneAsync(VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var oldest = HourOf(now - Kept);
        return db.UsageHours.Where(u => u.Hour < oldest).ExecuteDeleteAsync(ct);
    }

    internal static long HourOf(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / HourMilliseconds;

    private UsageHour Row(string projectId, Channel channel, string keyId)
    {
        var key = (projectId, HourOf(time.GetUtcNow()), (short)channel, keyId);
        if (!_pending.TryGetValue(key, out var row))
            _pending.Add(key, row = new UsageHour { ProjectId = projectId, Hour = key.Item2, Channel = key.Item3, KeyId = keyId, Calls = 0 });
        return row;
    }

    private sealed class Peak
    {
        // The count in the upper half, so that the larger number is the higher peak.
        private long _value;

        internal void Raise(int used, int limit)
        {
            var wanted = (long)used << 32 | (uint)limit;
            var known = Volatile.Read(ref _value);
            while (wanted > known)
            {
                var seen = Interlocked.CompareExchange(ref _value, wanted, known);
                if (seen == known) return;
                known = seen;
            }
        }

        internal (int Used, int Limit) Take()
        {
            var value = Interlocked.Exchange(ref _value, 0);
            return ((int)(value >> 32), (int)value);
        }
    }
}
