namespace Vouchsafe.Api.Pipeline;

/// <summary>Milliseconds on a clock that never runs backwards: windows must not move when an operator sets the wall clock.</summary>
internal static class MonotonicClock
{
    internal static long Milliseconds(TimeProvider time) => time.GetTimestamp() / (time.TimestampFrequency / 1_000);
}
