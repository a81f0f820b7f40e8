namespace Vouchsafe.Security;

/// <summary>
/// An exact rate limit for one subject (a project's calls per minute): a log of the last acceptances. In no window
/// [t, t + window) are there more than the limit, whatever the pattern; refusals are not written down and so never extend
/// the wait. Safe to call from several threads.
/// </summary>
/// <remarks>
/// Fixed windows, segments and token buckets take less memory but admit up to twice the limit in some window. The log
/// grows with use up to 8 bytes for each permitted request.
/// </remarks>
public sealed class RollingWindow
{
    private readonly Lock _gate = new();
    private long[] _log = new long[8];
    private int _head;
    private int _count;
    private long _latest = long.MinValue;

    /// <param name="limit">The most acceptances in any window; at least 1.</param>
    /// <param name="windowMilliseconds">The length of the window; at least 1.</param>
    public RollingWindow(int limit, long windowMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowMilliseconds, 1);
        Limit = limit;
        WindowMilliseconds = windowMilliseconds;
    }

    /// <summary>The same subject under another limit: what was accepted counts on, so that a change opens no second window.</summary>
    /// <param name="limit">The most acceptances in any window from now on; at least 1.</param>
    /// <param name="before">The window so far; it must not be used any more.</param>
    public RollingWindow(int limit, RollingWindow before) : this(limit, before.WindowMilliseconds)
    {
        lock (before._gate)
        {
            // Under a lower limit the latest acceptances decide when the next one may pass.
            _count = Math.Min(before._count, limit);
            _log = new long[Math.Max(8, _count)];
            for (var i = 0; i < _count; i++) _log[i] = before._log[(before._head + before._count - _count + i) % before._log.Length];
            _latest = before._latest;
        }
    }

    /// <summary>The most acceptances in any window.</summary>
    public int Limit { get; }

    /// <summary>The length of the window.</summary>
    public long WindowMilliseconds { get; }

    /// <summary>Asks for one request and writes it down if it passes.</summary>
    /// <param name="nowMilliseconds">A clock that never runs backwards; a value from before the last one counts as the last one.</param>
    public RateDecision TryAcquire(long nowMilliseconds)
    {
        lock (_gate)
        {
            var now = _latest = Math.Max(_latest, nowMilliseconds);
            Expire(now);
            if (_count >= Limit) return Refusal(now);
            Append(now);
            return new RateDecision(true, Limit, Limit - _count, 0, ResetAfter(now));
        }
    }

    /// <summary>What <see cref="TryAcquire"/> would say, without using anything up; <c>Remaining</c> is what is left now.</summary>
    public RateDecision Peek(long nowMilliseconds)
    {
        lock (_gate)
        {
            var now = _latest = Math.Max(_latest, nowMilliseconds);
            Expire(now);
            return _count >= Limit ? Refusal(now) : new RateDecision(true, Limit, Limit - _count, 0, ResetAfter(now));
        }
    }

    private RateDecision Refusal(long now) => new(false, Limit, 0, ResetAfter(now), ResetAfter(now));

    private long ResetAfter(long now) => _count == 0 ? 0 : _log[_head] + WindowMilliseconds - now;

    private void Expire(long now)
    {
        while (_count > 0 && now - _log[_head] >= WindowMilliseconds)
        {
            _head = (_head + 1) % _log.Length;
            _count--;
        }
    }

    private void Append(long now)
    {
        if (_count == _log.Length)
        {
            var larger = new long[Math.Min((long)_log.Length * 2, Math.Max(Limit, 8))];
            for (var i = 0; i < _count; i++) larger[i] = _log[(_head + i) % _log.Length];
            (_log, _head) = (larger, 0);
        }
        _log[(_head + _count++) % _log.Length] = now;
    }
}
