using Microsoft.Extensions.Logging;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// Says in the log when many wrong codes are tried on this node within a minute: each address may stay within its budget
/// while a botnet of them does not. Once a minute at most; the metric <c>vouchsafe.client.wrong_codes</c> has every one.
/// </summary>
internal sealed partial class GuessAlarm(PipelineSettings settings, TimeProvider time, ILogger<GuessAlarm> logger)
{
    private readonly Lock _gate = new();
    private long _minute = -1;
    private int _count;

    internal void Count()
    {
        if (settings.WrongCodesAlarmPerMinute == 0) return;
        var minute = MonotonicClock.Milliseconds(time) / 60_000;
        lock (_gate)
        {
            if (minute != _minute) (_minute, _count) = (minute, 0);
            if (++_count != settings.WrongCodesAlarmPerMinute) return;
        }
        Spike(logger, settings.WrongCodesAlarmPerMinute);
    }

    [LoggerMessage(1, LogLevel.Warning, "Codes are being guessed: {Count} wrong ones were tried on the public channel within a minute.")]
    private static partial void Spike(ILogger logger, int count);
}
