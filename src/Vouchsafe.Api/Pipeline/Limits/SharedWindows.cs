using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// Rolling windows that all nodes share through Redis or Valkey. While it does not answer, <see cref="TryAcquireAsync"/>
/// says so at once (null) and the caller counts on its own; a probe in the background finds out when it is back.
/// </summary>
internal sealed partial class SharedWindows(PipelineSettings settings, ILogger<SharedWindows> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(2);
    // One late answer may be this process's own pause; three in a row are not.
    private const int LateAnswersUntilOpen = 3;

    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(settings.RedisPatienceMilliseconds);
    private readonly CancellationTokenSource _stopping = new();
    private ConnectionMultiplexer? _connection;
    private IDatabase? _database;
    private Task _probing = Task.CompletedTask;
    private volatile bool _open = true;
    private int _late;
    private long _lastLate;

    /// <summary>Whether verdicts come from Redis at the moment.</summary>
    internal bool IsUp => !_open;

    internal bool IsConfigured => settings.RedisConnectionString is not null;

    /// <summary>Asks for one request on every level; null if Redis does not answer.</summary>
    internal async ValueTask<RateDecision?> TryAcquireAsync(RedisKey[] levels, RedisValue[] windowAndLimits, int limit)
    {
        if (_open || _database is not { } database) return null;
        try
        {
            var asked = database.ScriptEvaluateAsync(WindowScript.Text, levels, windowAndLimits);
            await ((Task)asked.WaitAsync(_patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // After a pause of this process the time may run out just before an answer that has long been there.
            if (!asked.IsCompleted)
            {
                if (IsLateAgain()) Open();
                return null;
            }
            var answer = (long[]?)await asked;
            Volatile.Write(ref _late, 0);
            return new RateDecision(answer![0] == 1, limit, (int)answer[1], ToMilliseconds(answer[2]), ToMilliseconds(answer[3]));
        }
        catch (Exception e) when (IsOutage(e))
        {
            Open();
            return null;
        }
    }

    // All that wait during one pause are late together: that is one sign, not many.
    private bool IsLateAgain()
    {
        var (now, last) = (Environment.TickCount64, Volatile.Read(ref _lastLate));
        if (now - last < settings.RedisPatienceMilliseconds || Interlocked.CompareExchange(ref _lastLate, now, last) != last) return false;
        return Interlocked.Increment(ref _late) >= LateAnswersUntilOpen;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.RedisConnectionString is not { } text) return;
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw new SettingsException($"Redis:ConnectionString: {e.Message}");
        }
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(250);
        options.ConnectTimeout = 1_000;
        options.ClientName = "vouchsafe";
        _connection = await ConnectionMultiplexer.ConnectAsync(options);
        _database = _connection.GetDatabase();
        try
        {
            await TryOutAsync(_database).WaitAsync(StartPatience, cancellationToken);
            _open = false;
        }
        catch (Exception e) when (IsOutage(e))
        {
            Unreachable(logger);
        }
        _probing = ProbeAsync(_database, _stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task ProbeAsync(IDatabase database, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(ProbeEvery, ct);
            if (!_open) continue;
            try
            {
                await TryOutAsync(database).WaitAsync(_patience, ct);
                Volatile.Write(ref _late, 0);
                _open = false;
                Recovered(logger);
            }
            catch (Exception e) when (IsOutage(e))
            {
                // Still away; the next probe asks again.
            }
        }
    }

    // The script itself, not a ping: one that is a replica or has no memory left answers pings but counts nothing.
    private Task TryOutAsync(IDatabase database) => database.ScriptEvaluateAsync(WindowScript.Text, [settings.RedisPrefix + "probe"], [1_000, 1]);

    private static bool IsOutage(Exception e) => e is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    private void Open()
    {
        if (_open) return;
        _open = true;
        Lost(logger);
    }

    private static long ToMilliseconds(long microseconds) => (microseconds + 999) / 1_000;

    [LoggerMessage(1, LogLevel.Warning, "Redis does not answer. Each node counts on its own until it does.")]
    private static partial void Lost(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "Redis does not answer at the start. This node counts on its own until it does.")]
    private static partial void Unreachable(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Redis answers again. All nodes share their windows.")]
    private static partial void Recovered(ILogger logger);
}
