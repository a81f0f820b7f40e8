namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>
/// Real time until <see cref="Stop"/>; from then on it moves only by <see cref="Advance"/>. Wall clock and monotonic clock
/// move together, except that <see cref="SetWallClock"/> moves the wall clock alone, as an operator may.
/// </summary>
internal sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private long _stoppedTimestamp;
    private DateTimeOffset _stoppedWall;
    private bool _stopped;
    private TimeSpan _wallShift;
    private TimeSpan _moved;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return (_stopped ? _stoppedWall : System.GetUtcNow()) + _moved + _wallShift;
    }

    public override long GetTimestamp()
    {
        lock (_gate) return (_stopped ? _stoppedTimestamp : System.GetTimestamp()) + (long)(_moved.TotalSeconds * TimestampFrequency);
    }

    /// <summary>Holds both clocks still.</summary>
    internal TestClock Stop()
    {
        lock (_gate) (_stopped, _stoppedWall, _stoppedTimestamp) = (true, System.GetUtcNow(), System.GetTimestamp());
        return this;
    }

    /// <summary>Moves both clocks on.</summary>
    internal void Advance(TimeSpan time)
    {
        lock (_gate) _moved += time;
    }

    /// <summary>Moves the wall clock alone, in either direction.</summary>
    internal void SetWallClock(TimeSpan shift)
    {
        lock (_gate) _wallShift = shift;
    }
}
