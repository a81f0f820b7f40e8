using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Records;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Pipeline.Credentials;

/// <summary>
/// Remembers when keys were last used, and how often, and writes it down twice a minute, so that no request waits for it.
/// A call counts in the hour in which it is written down.
/// </summary>
internal sealed partial class KeyUse(
    IDbContextFactory<VouchsafeDbContext> contexts, UsageBook usage, TimeProvider time, ILogger<KeyUse> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Mark> _marks = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Notes a use; a read of a dictionary, a plain store and an increment for a key already known.</summary>
    internal void Touch(KeyEntry key, Channel channel)
    {
        var mark = _marks.GetOrAdd(key.Id, static (_, project) => new Mark(project), key.ProjectId);
        mark.At = time.GetUtcNow().ToUnixTimeMilliseconds();
        mark.Calls[(int)channel].Add();
    }

    /// <summary>Writes down what was noted since the last time.</summary>
    internal async Task FlushAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            foreach (var (id, mark) in _marks)
            {
                foreach (var (channel, calls) in mark.Calls.Index())
                    if (calls.Drain() is > 0 and var count && mark.ProjectId is { } project) usage.Add(project, (Channel)channel, id, count);
                await WriteAsync(id, mark, ct);
            }
            await usage.FlushAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryFlushAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await TryFlushAsync(CancellationToken.None);
        }
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    private async Task WriteAsync(string id, Mark mark, CancellationToken ct)
    {
        var at = mark.At;
        if (at == mark.Written) return;
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(at);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.ApiKeys.Where(k => k.Id == id && (k.LastUsedAt == null || k.LastUsedAt < instant))
            .ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedAt, instant), ct);
        mark.Written = at;
    }

    private async Task TryFlushAsync(CancellationToken ct)
    {
        try
        {
            await FlushAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotWritten(logger, e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The last use of keys could not be written; it is tried again.")]
    private static partial void NotWritten(ILogger logger, Exception e);

    private sealed class Mark(string? projectId)
    {
        private long _at;

        internal string? ProjectId => projectId;

        /// <summary>By channel: a key's tokens may be used on another one than the key itself.</summary>
        internal CallCount[] Calls { get; } = [.. Enum.GetValues<Channel>().Select(_ => new CallCount())];

        internal long At
        {
            get => Volatile.Read(ref _at);
            set => Volatile.Write(ref _at, value);
        }

        internal long Written { get; set; }
    }
}
