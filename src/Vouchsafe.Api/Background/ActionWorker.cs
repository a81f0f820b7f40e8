using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Does asynchronous actions, a portion at a time and in turn, so that a short one never waits for a long one to end. A
/// portion is claimed with a lease in the database: several nodes share the work, and what a dying node had goes on
/// elsewhere when its lease is over.
/// </summary>
internal sealed partial class ActionWorker(
    IDbContextFactory<VouchsafeDbContext> contexts, CampaignActions campaigns, BulkActions bulk, VoucherActions vouchers, ExportActions exports, RuleCountActions counts, ActionQueue queue, TimeProvider time, ILogger<ActionWorker> log)
    : BackgroundService
{
    /// <summary>How long work of other nodes, or of a node that died, may go unseen.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DoPortionAsync(stoppingToken)) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                PortionFailed(e);
            }

            await queue.WaitAsync(LookEvery, stoppingToken);
        }
    }

    /// <summary>Does one portion of the action that waited longest; false: there was nothing to do.</summary>
    internal async Task<bool> DoPortionAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ClaimAsync(db, ct) is not { } action) return false;
        var portion = await (action.Type switch
        {
            BulkActions.Customers or BulkActions.CustomersMetadata or BulkActions.Products or BulkActions.ProductsMetadata or BulkActions.Vouchers or BulkActions.VouchersMetadata =>
                bulk.DoPortionAsync(action, ct),
            ExportActions.Type => exports.DoPortionAsync(action, ct),
            RuleCountActions.Type => counts.DoPortionAsync(action, ct),
            VoucherActions.ImportType or VoucherActions.CampaignImportType => vouchers.DoPortionAsync(action, ct),
            _ => campaigns.DoPortionAsync(db, action, ct),
        });
        var now = time.GetUtcNow();
        (action.Processed, action.LeaseUntil, action.UpdatedAt) = (portion.Processed, null, now);
        if (portion.IsOver)
        {
            action.Status = portion.Failure is null ? AsyncActionStatus.Done : AsyncActionStatus.Failed;
            action.ResultJson = portion.ResultJson ?? ActionResult.Of(action, portion);
            // It may speak of customers, and nobody asks for it again.
            action.RequestJson = "{}";
        }
        else if (portion.ResultJson is not null) action.ResultJson = portion.ResultJson;

        await db.SaveChangesAsync(ct);
        if (portion.IsOver) await campaigns.SettleAsync(db, action, ct);
        return true;
    }

    private async Task<AsyncAction?> ClaimAsync(VouchsafeDbContext db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = db.AsyncActions.Where(a =>
            (a.Status == AsyncActionStatus.Accepted || a.Status == AsyncActionStatus.InProgress) && (a.LeaseUntil == null || a.LeaseUntil < now));
        var id = await open.OrderBy(a => a.UpdatedAt ?? a.CreatedAt).ThenBy(a => a.Id).Select(a => a.Id).FirstOrDefaultAsync(ct);
        if (id is null) return null;
        var until = now + Lease;
        var claimed = await open.Where(a => a.Id == id).ExecuteUpdateAsync(
            a => a.SetProperty(x => x.LeaseUntil, until).SetProperty(x => x.Status, AsyncActionStatus.InProgress).SetProperty(x => x.UpdatedAt, now), ct);
        // Another node was quicker: whoever asks next finds something else, or nothing.
        return claimed == 0 ? null : await db.AsyncActions.FirstOrDefaultAsync(a => a.Id == id, ct);
    }

    [LoggerMessage(LogLevel.Error, "A portion of work in the background failed; it is done again when its lease is over.")]
    private partial void PortionFailed(Exception exception);
}

/// <summary>Kinds of actions that are not among the published ones.</summary>
internal static class UnpublishedActions
{
    /// <summary>Their types; lists of actions leave them out.</summary>
    internal static readonly string[] Types = [ExportActions.Type, RuleCountActions.Type];
}

/// <summary>What one portion came to.</summary>
/// <param name="Processed">Units done so far, in all portions.</param>
/// <param name="IsOver">Whether the action is at its end.</param>
/// <param name="Failure">Why it cannot go on; null: it can, or is done.</param>
/// <param name="ResultJson">The result so far, of kinds that have one of their own form.</param>
internal readonly record struct Portion(long Processed, bool IsOver, string? Failure = null, string? ResultJson = null);
