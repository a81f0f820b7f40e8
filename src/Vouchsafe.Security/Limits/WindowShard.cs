namespace Vouchsafe.Security;

/// <summary>
/// One part of a <see cref="ClientLimiter"/>'s table with its own lock. Times are milliseconds since the shard's epoch,
/// which moves on before 32 bits run out.
/// </summary>
internal sealed class WindowShard(ClientLimits limits, int maxClients, int maxExtraAcceptances, ClientHash hash)
{
    private const int SmallestLog = 16;
    private const int ReclaimedPerRequest = 32; // drains a flood's leftovers quickly without a noticeable pause

    private readonly Lock _gate = new();
    private readonly ClientTable _table = new(maxClients, hash);
    private readonly Dictionary<int, AcceptanceLog> _logs = [];
    private int _extraUsed;
    private long _epoch;
    private long _latest = long.MinValue;

    public int Count
    {
        get { lock (_gate) return _table.Count; }
    }

    public RateDecision Decide(ulong key, ushort subnet, bool isV4, long nowMilliseconds, bool acquire)
    {
        lock (_gate)
        {
            var now = Advance(nowMilliseconds);
            ReclaimExpired(now);
            var index = _table.Find(key);
            var standing = default(Standing);
            if (index >= 0)
            {
                DropExpiredAcceptances(index, now);
                standing = StandingOf(index, subnet);
            }

            var (room, growsAfter) = standing.Tightest(limits, isV4, now);
            if (room <= 0) return Refused(growsAfter);
            if (!acquire) return new RateDecision(true, limits.Requests, room, 0, growsAfter);

            if (index < 0) index = _table.Add(key);
            if (index < 0) return Refused(Newest(_table.Oldest) + limits.WindowMilliseconds - now); // full: fail closed
            if (!TryAppend(index, now, subnet)) return Refused(OldestOf(index) + limits.WindowMilliseconds - now);

            _table.MakeNewest(index);
            standing.Add(now);
            (room, growsAfter) = standing.Tightest(limits, isV4, now);
            return new RateDecision(true, limits.Requests, room, 0, growsAfter);
        }
    }

    private RateDecision Refused(long retryAfter) => new(false, limits.Requests, 0, retryAfter, retryAfter);

    /// <summary>The shard's time: never backwards, and relative to an epoch that keeps it below 32 bits.</summary>
    private uint Advance(long nowMilliseconds)
    {
        var now = Math.Max(nowMilliseconds, _latest);
        if (_table.Count == 0) _epoch = now;
        else if (now - _latest >= limits.WindowMilliseconds)
        {
            // Nothing was accepted for a whole window, so nothing is live.
            _table.Clear();
            _logs.Clear();
            _extraUsed = 0;
            _epoch = now;
        }
        else if (now - _epoch > int.MaxValue) MoveEpoch(now - limits.WindowMilliseconds);
        _latest = now;
        return (uint)(now - _epoch);
    }

    private void MoveEpoch(long epoch)
    {
        var shift = (uint)(epoch - _epoch);
        for (var index = _table.Oldest; index >= 0; index = _table.NewerThan(index))
        {
            foreach (ref var time in TimesOf(index)) time = time < shift ? 0 : time - shift; // 0 is a window ago: expired
        }
        _epoch = epoch;
    }

    private void ReclaimExpired(uint now)
    {
        for (var i = 0; i < ReclaimedPerRequest && _table.Oldest is >= 0 and var index; i++)
        {
            if (now - Newest(index) < limits.WindowMilliseconds) return;
            DropLog(index);
            _table.Remove(index);
        }
    }

    private void DropExpiredAcceptances(int index, uint now)
    {
        var times = TimesOf(index);
        var expired = 0;
        while (expired < times.Length && now - times[expired] >= limits.WindowMilliseconds) expired++;
        if (expired == 0) return;

        ref var entry = ref _table[index];
        if (entry.HasLog)
        {
            _logs[index].RemoveOldest(expired);
            if (expired == times.Length) DropLog(index);
            return;
        }
        times[expired..].CopyTo(times);
        Span<ushort> subnets = entry.Subnets;
        subnets[expired..entry.InlineCount].CopyTo(subnets);
        entry.InlineCount -= (byte)expired;
    }

    private bool TryAppend(int index, uint now, ushort subnet)
    {
        ref var entry = ref _table[index];
        if (!entry.HasLog && entry.InlineCount < ClientTable.InlineAcceptances)
        {
            entry.Times[entry.InlineCount] = now;
            entry.Subnets[entry.InlineCount++] = subnet;
            return true;
        }
        if (!entry.HasLog && !TryStartLog(index)) return false;

        var log = _logs[index];
        if (log.IsCrowded) TryGrow(log);
        if (log.Count == log.Capacity) return false;
        log.Append(now, subnet);
        return true;
    }

    private bool TryStartLog(int index)
    {
        if (_extraUsed + SmallestLog > maxExtraAcceptances) return false;
        _extraUsed += SmallestLog;
        ref var entry = ref _table[index];
        var log = new AcceptanceLog(SmallestLog);
        for (var i = 0; i < entry.InlineCount; i++) log.Append(entry.Times[i], entry.Subnets[i]);
        entry.InlineCount = 0;
        entry.HasLog = true;
        _logs.Add(index, log);
        return true;
    }

    private void TryGrow(AcceptanceLog log)
    {
        var more = Math.Min(log.Capacity, maxExtraAcceptances - _extraUsed);
        _extraUsed += more;
        if (more > 0) log.Resize(log.Capacity + more);
    }

    private void DropLog(int index)
    {
        if (!_logs.Remove(index, out var log)) return;
        _extraUsed -= log.Capacity;
        _table[index].HasLog = false;
    }

    private Standing StandingOf(int index, ushort subnet)
    {
        ref var entry = ref _table[index];
        ReadOnlySpan<ushort> inline = entry.Subnets;
        return Standing.Of(TimesOf(index), entry.HasLog ? _logs[index].Subnets : inline[..entry.InlineCount], subnet);
    }

    private Span<uint> TimesOf(int index)
    {
        ref var entry = ref _table[index];
        if (entry.HasLog) return _logs[index].Times;
        Span<uint> inline = entry.Times;
        return inline[..entry.InlineCount];
    }

    /// <summary>The last acceptance; 0, the start of the epoch, for an entry that a look has emptied.</summary>
    private uint Newest(int index) => TimesOf(index) is { Length: > 0 } times ? times[^1] : 0;

    private uint OldestOf(int index) => TimesOf(index)[0];
}
