using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Imports of codes. Each code is made with the instant of its action, which tells a code that a portion made before it
/// died from one that somebody else made.
/// </summary>
internal sealed class VoucherActions(IDbContextFactory<VouchsafeDbContext> contexts, Ledger ledger)
{
    internal const string ImportType = "VOUCHERS.IMPORT";
    internal const string CampaignImportType = "CAMPAIGN.VOUCHERS_IMPORT";

    private const int PortionSize = 250;

    private sealed record Failure(string Code, string Reason);

    private sealed record Outcome(string Message, IReadOnlyList<Failure> Failed, long DoneCount, long FailedCount);

    internal static AsyncAction Import(ProjectSettings project, BulkBody<CreateVoucher.Request> body, DateTimeOffset now) =>
        New(ImportType, project.Id, project.Id, body, now);

    internal static AsyncAction Import(Campaign campaign, BulkBody<CreateVoucher.Request> body, DateTimeOffset now) =>
        New(CampaignImportType, campaign.ProjectId, campaign.Id, body, now);

    /// <summary>Does one portion.</summary>
    internal async Task<Portion> DoPortionAsync(AsyncAction action, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == action.ProjectId, ct);
        var campaign = action.Type == CampaignImportType ? await db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.Id == action.ResourceId, ct) : null;
        if (row is null || (action.Type == CampaignImportType && campaign is not { DeletedAt: null })) return new Portion(action.Processed, true);

        var entries = BulkBody<CreateVoucher.Request>.Read(action.RequestJson);
        List<Failure> failures = action.ResultJson is { } before ? [.. JsonSerializer.Deserialize<Outcome>(before, WireJson.Options)!.Failed] : [];
        var portion = entries.Skip((int)action.Processed).Take(PortionSize).Select(e => ImportVouchers.Wanted(e, campaign)).ToList();
        failures.AddRange(await MakeAsync(db, action, ProjectEntry.From(row).Settings, campaign, portion, ct));
        var done = action.Processed + portion.Count;
        var outcome = new Outcome($"{done - failures.Count} voucher(s) imported successfully, {failures.Count} failed.", failures, done - failures.Count, failures.Count);
        return new Portion(done, done >= entries.Length, ResultJson: JsonSerializer.Serialize(outcome, WireJson.Options));
    }

    private async Task<IEnumerable<Failure>> MakeAsync(
        VouchsafeDbContext db, AsyncAction action, ProjectSettings project, Campaign? campaign, IReadOnlyList<CreateVoucher.Request> wanted, CancellationToken ct)
    {
        List<string> names = [.. wanted.Select(w => w.Category).OfType<string>().Distinct()];
        var categories = (await db.Categories.AsNoTracking().Where(c => c.ProjectId == project.Id && names.Contains(c.Name)).ToListAsync(ct)).ToLookup(c => c.Name, c => c.Id);
        var outcomes = await Task.WhenAll(wanted.Select(async request =>
        {
            var category = (request.Category is { } name ? categories[name].FirstOrDefault() : null) ?? campaign?.CategoryId;
            var plan = CreateVoucher.Plan(project, request.Code!, request, new VoucherPlacement(campaign?.Id, category, []), action.CreatedAt);
            return (request.Code, Outcome: await ledger.CommitAsync(new LedgerIntent { Changes = plan.Changes, Rows = plan.Rows }, ct));
        }));
        // A full queue is a matter of a moment: the portion is done again, and what it made is known by its instant.
        if (outcomes.Any(o => o.Outcome is LedgerOutcome.Busy)) throw new TimeoutException("The ledger is busy; the portion is done again.");

        List<string> doubtful = [.. outcomes.Where(o => o.Outcome is LedgerOutcome.Duplicate).Select(o => project.CodeKey(o.Code!))];
        if (doubtful.Count == 0) return [];
        var own = await db.Vouchers.AsNoTracking().Where(v => v.ProjectId == project.Id && doubtful.Contains(v.CodeKey) && v.CreatedAt == action.CreatedAt)
            .Select(v => v.CodeKey).ToListAsync(ct);
        return outcomes.Where(o => o.Outcome is LedgerOutcome.Duplicate && !own.Contains(project.CodeKey(o.Code!)))
            .Select(o => new Failure(o.Code!, "Duplicated voucher code"));
    }

    private static AsyncAction New(string type, string projectId, string resourceId, BulkBody<CreateVoucher.Request> body, DateTimeOffset now) => new()
    {
        Id = Ids.New(IdPrefix.AsyncAction, now),
        ProjectId = projectId,
        Type = type,
        Status = AsyncActionStatus.Accepted,
        ResourceId = resourceId,
        RequestJson = body.Json,
        Total = body.Items.Count,
        CreatedAt = now,
    };
}
