using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Records;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Writes refusals down every few seconds, and at once when somebody looks: who reads the database afterwards sees what
/// this node has refused until now, and what other nodes had some seconds ago.
/// </summary>
internal sealed partial class RefusalBook(
    RefusalRecords records, KeyRing keys, IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time, ILogger<RefusalBook> logger) : BackgroundService
{
    /// <summary>
    /// Groups that a project keeps of one check at most, and of those of one address; the latest ones. Of each check by itself: a flood
    /// that anybody can make, as it needs no secret, pushes nothing out that another check refused.
    /// </summary>
    internal const int MaxGroupsOfReason = 250;
    internal const int MaxGroupsOfAddress = 25;

    internal static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private static readonly (string, TallyRule)[] GroupRules =
        [(nameof(RefusalGroup.Count), TallyRule.Add), (nameof(RefusalGroup.LastSeenMs), TallyRule.Max)];
    private static readonly (string, TallyRule)[] MinuteRules = [(nameof(RefusalMinute.Count), TallyRule.Add)];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<string> _toldOrigins = new(StringComparer.Ordinal);
    private RefusalGroups _pending = new();

    /// <summary>The latest single refusals on this node.</summary>
    internal LatestRefusals Latest { get; } = new();

    /// <summary>Writes down what was noted so far.</summary>
    internal async Task FlushAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            foreach (var sample in records.Collect()) await TakeAsync(sample);
            if (_pending.IsEmpty) return;
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await Tally.AddAsync(db, _pending.Groups, GroupRules, ct);
            await Tally.AddAsync(db, _pending.Minutes, MinuteRules, ct);
            await transaction.CommitAsync(ct);
            _pending = new RefusalGroups();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Removes what is older than a week, and of each project's checks, and of each address there, all but the latest groups.</summary>
    internal static async Task PruneAsync(VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var oldest = (now - Kept).ToUnixTimeMilliseconds();
        await db.Refusals.Where(r => r.LastSeenMs < oldest).ExecuteDeleteAsync(ct);
        await db.RefusalMinutes.Where(m => m.Minute < oldest / 60_000).ExecuteDeleteAsync(ct);
        // By address first, so that one address does not take the room of the others.
        var loud = await db.Refusals.GroupBy(r => new { r.ProjectId, r.Reason, r.Address }).Where(g => g.Count() > MaxGroupsOfAddress).Select(g => g.Key).ToListAsync(ct);
        foreach (var key in loud)
            await KeepLatestAsync(db.Refusals.Where(r => r.ProjectId == key.ProjectId && r.Reason == key.Reason && r.Address == key.Address), MaxGroupsOfAddress, ct);
        var full = await db.Refusals.GroupBy(r => new { r.ProjectId, r.Reason }).Where(g => g.Count() > MaxGroupsOfReason).Select(g => g.Key).ToListAsync(ct);
        foreach (var key in full) await KeepLatestAsync(db.Refusals.Where(r => r.ProjectId == key.ProjectId && r.Reason == key.Reason), MaxGroupsOfReason, ct);
    }

    private static async Task KeepLatestAsync(IQueryable<RefusalGroup> groups, int most, CancellationToken ct)
    {
        var surplus = await groups.OrderByDescending(r => r.LastSeenMs).ThenBy(r => r.Id).Skip(most).Select(r => r.Id).ToListAsync(ct);
        foreach (var portion in surplus.Chunk(1_000)) await groups.Where(r => portion.Contains(r.Id)).ExecuteDeleteAsync(ct);
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

    private async Task TakeAsync(RefusalSample sample)
    {
        // A refusal before authentication names its project only by the key that it claims: that is what it was aimed at.
        var project = sample.ProjectId ?? await ProjectOfAsync(sample.KeyId);
        var group = _pending.Add(sample, project);
        Latest.Add(project, group, sample);
        if (sample.Reason is RefusalReason.Origin or RefusalReason.OriginReportOnly) TellOrigin(sample, project);
    }

    private async ValueTask<string> ProjectOfAsync(string keyId)
    {
        if (keyId.Length == 0) return "";
        try
        {
            return (await keys.KeyAsync(keyId))?.ProjectId ?? "";
        }
        catch (Exception)
        {
            // The database is away; the refusal counts all the same.
            return "";
        }
    }

    // The first sighting is news; the rest is in the records and the metric.
    private void TellOrigin(RefusalSample sample, string project)
    {
        const int MostTold = 10_000;
        if (_toldOrigins.Count >= MostTold || !_toldOrigins.Add($"{project} {sample.Origin}")) return;
        OriginNotListed(logger, project, sample.Origin.Length == 0 ? "(none)" : sample.Origin, sample.Detail, sample.Reason == RefusalReason.OriginReportOnly);
    }

    [LoggerMessage(1, LogLevel.Warning, "Project {ProjectId} does not list the origin {Origin} ({Reason}; report only: {ReportOnly}).")]
    private static partial void OriginNotListed(ILogger logger, string projectId, string origin, string reason, bool reportOnly);

    [LoggerMessage(2, LogLevel.Warning, "Refused requests could not be written down; it is tried again.")]
    private static partial void NotWritten(ILogger logger, Exception e);
}
