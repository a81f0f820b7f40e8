using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Records;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Counts redemptions by hour in the background, each exactly once: the mark of how far they are counted moves in the same
/// transaction as the sums, and of several nodes the one that moves it wins. What is younger than a minute is left for the
/// next time: by then every commit that took its id earlier has ended.
/// </summary>
internal sealed partial class FiguresBook(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time, ILogger<FiguresBook> logger) : BackgroundService
{
    internal const int Portion = 2_000;

    /// <summary>Twice the time after which the database gives a statement up.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    internal static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private static readonly (string, TallyRule)[] HourRules =
    [
        (nameof(RedemptionHour.Redemptions), TallyRule.Add), (nameof(RedemptionHour.Failures), TallyRule.Add), (nameof(RedemptionHour.Rollbacks), TallyRule.Add),
        (nameof(RedemptionHour.Discount), TallyRule.Add), (nameof(RedemptionHour.Returned), TallyRule.Add),
    ];
    private static readonly (string, TallyRule)[] TopRules = [(nameof(RedemptionTop.Redemptions), TallyRule.Add), (nameof(RedemptionTop.Discount), TallyRule.Add)];

    /// <summary>Counts everything that has settled.</summary>
    internal async Task CountAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var project in await db.Projects.Select(p => p.Id).ToListAsync(ct))
            while (await CountPortionAsync(db, project, ct)) { }
    }

    internal static Task<long> MarkAsync(VouchsafeDbContext db, string projectId, CancellationToken ct) =>
        db.FiguresMarks.Where(m => m.ProjectId == projectId).Select(m => m.UpToMs).FirstOrDefaultAsync(ct);

    internal static async Task PruneAsync(VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var oldest = UsageBook.HourOf(now - Kept);
        await db.RedemptionHours.Where(r => r.Hour < oldest).ExecuteDeleteAsync(ct);
        await db.RedemptionTops.Where(r => r.Day < oldest / 24).ExecuteDeleteAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotCounted(logger, e);
            }
        }
    }

    // True if there is more.
    private async Task<bool> CountPortionAsync(VouchsafeDbContext db, string projectId, CancellationToken ct)
    {
        var end = (time.GetUtcNow() - Settled).ToUnixTimeMilliseconds();
        var from = await MarkAsync(db, projectId, ct);
        if (from >= end) return false;
        var count = await RedemptionCount.ReadAsync(db, projectId, from, end, Portion, ct);
        if (count.Hours.Count == 0) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await MoveMarkAsync(db, projectId, from, count.UpToMs, ct)) return false;
        await Tally.AddAsync(db, count.Hours, HourRules, ct);
        await Tally.AddAsync(db, count.Owners, TopRules, ct);
        await transaction.CommitAsync(ct);
        return count.UpToMs < end;
    }

    private static async Task<bool> MoveMarkAsync(VouchsafeDbContext db, string projectId, long from, long to, CancellationToken ct)
    {
        if (from > 0) return await db.FiguresMarks.Where(m => m.ProjectId == projectId && m.UpToMs == from).ExecuteUpdateAsync(s => s.SetProperty(m => m.UpToMs, to), ct) == 1;
        return await db.Database.ExecuteSqlAsync($"INSERT INTO figures_marks (project_id, up_to_ms) VALUES ({projectId}, {to}) ON CONFLICT (project_id) DO NOTHING", ct) == 1;
    }

    [LoggerMessage(1, LogLevel.Warning, "The figures of redemptions could not be counted; it is tried again.")]
    private static partial void NotCounted(ILogger logger, Exception e);
}
