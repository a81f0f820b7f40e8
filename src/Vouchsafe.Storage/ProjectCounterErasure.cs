using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Storage;

/// <summary>
/// Erases the counters of a project. A counter names no project: it is found by a row that says whose it is, and goes before
/// that row. What a shop removed for good before is named by its redemptions and transactions alone.
/// </summary>
internal sealed class ProjectCounterErasure(VouchsafeDbContext db, string projectId, int portionSize, CancellationToken ct)
{
    internal async Task RunAsync()
    {
        await DayCountersAsync();
        await RowsAsync(db.ValidationLocks.Where(l => l.ProjectId == projectId).OrderBy(l => l.LockId), l => l.LockId,
            ids => db.ValidationLocks.Where(l => ids.Contains(l.LockId)), l => [l.LockId, .. LockLedger.HoldsOf(l).Select(h => h.Owner)]);
        await RowsAsync(db.Redemptions.Where(r => r.ProjectId == projectId).OrderBy(r => r.Id), r => r.Id,
            ids => db.Redemptions.Where(r => ids.Contains(r.Id)), OwnersOf);
        await RowsAsync(db.VoucherTransactions.Where(t => t.ProjectId == projectId).OrderBy(t => t.Id), t => t.Id,
            ids => db.VoucherTransactions.Where(t => ids.Contains(t.Id)), t => t.EarningRuleId is null ? [] : [$"{t.EarningRuleId}:{t.OrderId}"]);
        await ResourcesAsync(db.Vouchers.Where(v => v.ProjectId == projectId).Select(v => v.Id), ids => db.Vouchers.Where(v => ids.Contains(v.Id)));
        await ResourcesAsync(db.PromotionTiers.Where(t => t.ProjectId == projectId).Select(t => t.Id), ids => db.PromotionTiers.Where(t => ids.Contains(t.Id)));
        await ResourcesAsync(db.Campaigns.Where(c => c.ProjectId == projectId).Select(c => c.Id), ids => db.Campaigns.Where(c => ids.Contains(c.Id)));
        await ResourcesAsync(db.EarningRules.Where(r => r.ProjectId == projectId).Select(r => r.Id), ids => db.EarningRules.Where(r => ids.Contains(r.Id)));
        await ResourcesAsync(db.AsyncActions.Where(a => a.ProjectId == projectId).Select(a => a.Id), ids => db.AsyncActions.Where(a => ids.Contains(a.Id)));
    }

    // client-session-day/<date>/<resource>/<client>: what pages locked yesterday and today, so there are few.
    private async Task DayCountersAsync()
    {
        var days = await db.Counters.Where(c => string.Compare(c.Owner, "client-session-day/") > 0 && string.Compare(c.Owner, "client-session-day0") < 0)
            .Select(c => c.Owner).ToListAsync(ct);
        foreach (var portion in days.GroupBy(owner => owner.Split('/')[2]).Chunk(portionSize))
        {
            List<string> ids = [.. portion.Select(g => g.Key)];
            var own = await db.Vouchers.Where(v => v.ProjectId == projectId && ids.Contains(v.Id)).Select(v => v.Id)
                .Union(db.PromotionTiers.Where(t => t.ProjectId == projectId && ids.Contains(t.Id)).Select(t => t.Id)).ToListAsync(ct);
            await CounterErasure.NamedAsync(db, portion.Where(g => own.Contains(g.Key)).SelectMany(g => g), ct);
        }
    }

    private static IEnumerable<string> OwnersOf(Redemption row) =>
    [
        row.Id, .. new[] { row.VoucherId, row.PromotionTierId, row.OrderId }.OfType<string>(),
        .. row.CountedJson is { } counted ? JsonSerializer.Deserialize<Dictionary<string, long>>(counted)!.Keys.AsEnumerable() : [],
    ];

    private async Task RowsAsync<T>(IQueryable<T> sorted, Func<T, string> id, Func<List<string>, IQueryable<T>> those, Func<T, IEnumerable<string>> owners) where T : class
    {
        while (await sorted.AsNoTracking().Take(portionSize).ToListAsync(ct) is { Count: > 0 } portion)
        {
            await CounterErasure.NamedAsync(db, portion.SelectMany(owners), ct);
            await those([.. portion.Select(id)]).ExecuteDeleteAsync(ct);
        }
    }

    private async Task ResourcesAsync<T>(IQueryable<string> found, Func<List<string>, IQueryable<T>> those) where T : class
    {
        while (await found.OrderBy(id => id).Take(portionSize).ToListAsync(ct) is { Count: > 0 } ids)
        {
            await CounterErasure.OfAsync(db, ids, ct);
            await those(ids).ExecuteDeleteAsync(ct);
        }
    }
}
