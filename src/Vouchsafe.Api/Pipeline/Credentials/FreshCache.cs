using System.Collections.Concurrent;

namespace Vouchsafe.Api.Pipeline.Credentials;

/// <summary>
/// Rows that every request needs (keys, tokens, projects), held for at most <see cref="MaxAge"/>. What does not exist is
/// remembered likewise, so that an unknown id costs what a known one costs, in time and in queries.
/// </summary>
/// <remarks>
/// A value past half its age is loaded again in the background while it is still served, so a key in use never waits for
/// the database; one past its full age is never served.
/// </remarks>
internal sealed class FreshCache<T>(TimeProvider time, Func<string, Task<T?>> load) where T : class
{
    /// <summary>How long a change on another node may go unseen here.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    /// <summary>Ids come from callers; a flood of made-up ones must not fill the memory.</summary>
    private const int MaxEntries = 20_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The value of an id, or null if there is none.</summary>
    internal ValueTask<T?> GetAsync(string id)
    {
        var now = time.GetTimestamp();
        if (_entries.TryGetValue(id, out var entry))
        {
            var age = time.GetElapsedTime(entry.LoadedAt, now);
            if (age < MaxAge && !entry.Value.IsFaulted && !entry.Value.IsCanceled)
            {
                if (age > MaxAge / 2 && entry.Value.IsCompleted && entry.TryClaimRenewal()) _ = RenewAsync(id, entry);
                return entry.Value.IsCompletedSuccessfully ? new ValueTask<T?>(entry.Value.Result) : new ValueTask<T?>(entry.Value);
            }
        }
        return new ValueTask<T?>(Replace(id, entry, now).Value);
    }

    /// <summary>Makes the next request see what the database holds now.</summary>
    internal void Forget(string id) => _entries.TryRemove(id, out _);

    /// <summary>The same for everything.</summary>
    internal void Clear() => _entries.Clear();

    private Entry Replace(string id, Entry? old, long now)
    {
        if (_entries.Count >= MaxEntries) Evict(now);
        // Whoever comes first loads; the others wait for that one query.
        var fresh = new Entry(now, new Lazy<Task<T?>>(() => load(id)));
        if (old is null) return _entries.GetOrAdd(id, fresh);
        return _entries.TryUpdate(id, fresh, old) ? fresh : _entries.GetOrAdd(id, fresh);
    }

    private async Task RenewAsync(string id, Entry old)
    {
        try
        {
            var loadedAt = time.GetTimestamp();
            var value = await load(id);
            // A value that was forgotten meanwhile must not come back.
            _entries.TryUpdate(id, new Entry(loadedAt, new Lazy<Task<T?>>(Task.FromResult(value))), old);
        }
        catch (Exception)
        {
            // The request that finds the value too old loads it again and reports what fails.
        }
    }

    private void Evict(long now)
    {
        foreach (var (id, entry) in _entries)
            if (time.GetElapsedTime(entry.LoadedAt, now) >= MaxAge) _entries.TryRemove(new KeyValuePair<string, Entry>(id, entry));
        if (_entries.Count >= MaxEntries) _entries.Clear();
    }

    private sealed class Entry(long loadedAt, Lazy<Task<T?>> value)
    {
        private int _renewing;

        internal long LoadedAt => loadedAt;

        internal Task<T?> Value => value.Value;

        internal bool TryClaimRenewal() => Interlocked.Exchange(ref _renewing, 1) == 0;
    }
}
