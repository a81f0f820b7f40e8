using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management;

/// <summary>
/// Once a minute, what must not stay: secrets whose window has ended, the hashes of tokens that a rotation has replaced, the
/// data of deleted projects, and records past their time. Nobody reaches it any more; this only takes it out of the database.
/// </summary>
internal sealed partial class Housekeeping(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Requests that were let in before the deletion have ended by then, and what they wrote is erased too.</summary>
    private static readonly TimeSpan RequestsEnd = TimeSpan.FromMinutes(1);

    internal async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.ApiKeys.Where(k => k.ProtectedSecret != null && k.VisibleUntil <= now)
            .ExecuteUpdateAsync(s => s.SetProperty(k => k.ProtectedSecret, (byte[]?)null), ct);
        await db.ApiKeys.Where(k => k.PreviousSecretHash != null && k.PreviousValidUntil <= now)
            .ExecuteUpdateAsync(s => s.SetProperty(k => k.PreviousSecretHash, (byte[]?)null), ct);
        await RefusalBook.PruneAsync(db, now, ct);
        await UsageBook.PruneAsync(db, now, ct);
        await FiguresBook.PruneAsync(db, now, ct);
        await FailedSignIns.TrimAsync(db, now, ct);
        var ended = now - RequestsEnd;
        var deleted = await db.Projects.IgnoreQueryFilters().Where(p => p.DeletedAt <= ended).Select(p => p.Id).ToListAsync(ct);
        foreach (var project in deleted)
        {
            await ProjectErasure.EraseAsync(db, project, ct);
            Erased(logger, project);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotDone(logger, e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The data of the deleted project {ProjectId} was erased.")]
    private static partial void Erased(ILogger logger, string projectId);

    [LoggerMessage(2, LogLevel.Warning, "Housekeeping was interrupted; it is tried again in a minute.")]
    private static partial void NotDone(ILogger logger, Exception e);
}
