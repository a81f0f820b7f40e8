using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Resources.Exports;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Clears away what is over: validation locks, remembered idempotency keys, exported files, the day counts of the public channel. Nothing
/// is right or wrong by it, because whoever meets such a row treats it as gone; it keeps tables small.
/// </summary>
internal sealed partial class Expiry(IDbContextFactory<VouchsafeDbContext> contexts, OverdueLocks locks, TimeProvider time, ILogger<Expiry> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ClearAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e);
            }
        }
    }

    /// <summary>Clears once.</summary>
    internal async Task ClearAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await locks.ReleaseAsync(db, null, now, ct);
        await db.IdempotencyRecords.Where(r => r.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        await ExportFiles.EraseOverAsync(db, now, ct);
        // A day more than over, for nodes whose clocks differ.
        var (from, to) = (ClientSessionLimits.DayPrefix, ClientSessionLimits.DayKey(now.AddDays(-1)));
        await db.Counters.Where(c => c.Kind == CounterKind.Locks && string.Compare(c.Owner, from) >= 0 && string.Compare(c.Owner, to) < 0).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "Clearing away what is over failed; it is tried again soon.")]
    private partial void Failed(Exception exception);
}
