using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Actions on the codes of campaigns. Each portion can be done again without harm: how many codes were made is a counter in
/// the ledger that moves with each code, so that an action never makes one more than was asked, whatever dies meanwhile.
/// </summary>
internal sealed class CampaignActions(Ledger ledger, TimeProvider time)
{
    internal const string GenerateType = "CAMPAIGN.VOUCHERS_GENERATE";
    internal const string UpdateType = "CAMPAIGN.VOUCHERS_UPDATE";
    internal const string DeleteType = "CAMPAIGN.VOUCHERS_DELETE";

    private const int PortionSize = 250;

    /// <summary>Portions in a row that make no new code before we say that the pattern makes too few.</summary>
    private const int FruitlessRounds = 8;

    internal static AsyncAction Generate(Campaign campaign, long count, AddVouchers.Request? request, DateTimeOffset now) =>
        New(GenerateType, campaign, JsonSerializer.Serialize(request ?? new AddVouchers.Request(), WireJson.Sparse), count, now);

    internal static AsyncAction Update(Campaign campaign, DateTimeOffset now) => New(UpdateType, campaign, "{}", 0, now);

    internal static AsyncAction Delete(Campaign campaign, bool force, DateTimeOffset now) => New(DeleteType, campaign, force ? """{"force":true}""" : "{}", 0, now);

    /// <summary>Does one portion.</summary>
    internal async Task<Portion> DoPortionAsync(VouchsafeDbContext db, AsyncAction action, CancellationToken ct)
    {
        var campaign = await db.Campaigns.FirstOrDefaultAsync(c => c.Id == action.ResourceId, ct);
        var project = await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == action.ProjectId, ct);
        if (campaign is null || project is null) return new Portion(action.Processed, true);
        return action.Type switch
        {
            GenerateType => await GenerateAsync(action, campaign, ProjectEntry.From(project).Settings, ct),
            UpdateType => await UpdateAsync(db, action, campaign, ct),
            DeleteType => await DeleteAsync(db, action, campaign, ct),
            _ => new Portion(action.Processed, true, "This version does not know the action."),
        };
    }

    /// <summary>After an action's end: says so on the campaign, unless another action still works on it.</summary>
    internal async Task SettleAsync(VouchsafeDbContext db, AsyncAction action, CancellationToken ct)
    {
        var failed = action.Status == AsyncActionStatus.Failed;
        var status = failed ? GenerationStatus.Failed : GenerationStatus.Done;
        await db.Campaigns
            .Where(c => c.Id == action.ResourceId && !db.AsyncActions.Any(a => a.ResourceId == c.Id
                && (a.Status == AsyncActionStatus.Accepted || a.Status == AsyncActionStatus.InProgress)))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.Generation, status), ct);
    }

    private async Task<Portion> GenerateAsync(AsyncAction action, Campaign campaign, ProjectSettings project, CancellationToken ct)
    {
        if (campaign.DeletedAt is not null) return new Portion(action.Processed, true);
        var request = JsonSerializer.Deserialize<AddVouchers.Request>(action.RequestJson, WireJson.Options)!;
        var template = request.Over(CampaignTemplate.RequestFor(campaign));
        var placement = new VoucherPlacement(campaign.Id, request.CategoryId ?? campaign.CategoryId, []);
        var pattern = CreateVoucher.PatternOf(template);
        var made = action.Processed;
        for (var round = 0; round < FruitlessRounds; round++)
        {
            var now = time.GetUtcNow();
            var size = (int)Math.Clamp(action.Total - made, 1, PortionSize);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, size).Select(_ =>
            {
                var plan = CreateVoucher.Plan(project, pattern.Generate(RandomNumberGenerator.GetInt32), template, placement, now);
                return ledger.CommitAsync(
                    new LedgerIntent { Changes = [new(action.Id, CounterKind.Uses, 1, action.Total), .. plan.Changes], Rows = plan.Rows }, ct).AsTask();
            }));
            var accepted = outcomes.OfType<LedgerOutcome.Accepted>().ToList();
            if (accepted.Count > 0) made = Math.Max(made, accepted.Max(a => a.Values[0]));
            // The counter is full: this portion, or one that died after its work, made the last code.
            if (made >= action.Total || outcomes.OfType<LedgerOutcome.Refused>().Any()) return new Portion(action.Total, true);
            if (accepted.Count > 0 || outcomes.OfType<LedgerOutcome.Busy>().Any()) return new Portion(made, false);
        }

        return new Portion(made, true, "code_config can make too few different codes.");
    }

    // Codes that somebody holds or used keep what they were given.
    private static async Task<Portion> UpdateAsync(VouchsafeDbContext db, AsyncAction action, Campaign campaign, CancellationToken ct)
    {
        var updated = await db.Vouchers
            .Where(v => v.CampaignId == campaign.Id && v.HolderId == null && v.DeletedAt == null
                && !db.Counters.Any(c => c.Owner == v.Id && (c.Kind == CounterKind.Uses || c.Kind == CounterKind.Publications) && c.Value > 0))
            .ExecuteUpdateAsync(v => v
                .SetProperty(x => x.StartDate, campaign.StartDate)
                .SetProperty(x => x.ExpirationDate, campaign.ExpirationDate)
                .SetProperty(x => x.ValidityTimeframeJson, campaign.ValidityTimeframeJson)
                .SetProperty(x => x.ValidityDayOfWeekJson, campaign.ValidityDayOfWeekJson)
                .SetProperty(x => x.ValidityHoursJson, campaign.ValidityHoursJson)
                .SetProperty(x => x.CategoryId, campaign.CategoryId), ct);
        return new Portion(action.Processed + updated, true);
    }

    // Codes in the bin keep their key; codes removed for good free it. Tiers and stacks go with their campaign.
    private async Task<Portion> DeleteAsync(VouchsafeDbContext db, AsyncAction action, Campaign campaign, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var codes = db.Vouchers.Where(v => v.CampaignId == campaign.Id);
        long done;
        if (action.RequestJson.Contains("true", StringComparison.Ordinal))
        {
            var ids = await codes.Select(v => v.Id).Take(PortionSize).ToListAsync(ct);
            done = action.Processed + await db.Vouchers.Where(v => ids.Contains(v.Id)).ExecuteDeleteAsync(ct);
            await CounterErasure.OfAsync(db, ids, ct);
            await db.RedeemableHolders.Where(h => ids.Contains(h.VoucherId)).ExecuteDeleteAsync(ct);
            if (ids.Count == PortionSize) return new Portion(done, false);
            List<string> gone =
            [
                campaign.Id, .. await db.EarningRules.Where(r => r.CampaignId == campaign.Id).Select(r => r.Id).ToListAsync(ct),
                .. await db.PromotionTiers.Where(t => t.CampaignId == campaign.Id).Select(t => t.Id).ToListAsync(ct),
            ];
            await CounterErasure.OfAsync(db, gone, ct);
            await db.EarningRules.Where(r => r.CampaignId == campaign.Id).ExecuteDeleteAsync(ct);
            await db.RewardAssignments.Where(a => a.CampaignId == campaign.Id).ExecuteDeleteAsync(ct);
            await db.PromotionTiers.Where(t => t.CampaignId == campaign.Id).ExecuteDeleteAsync(ct);
            await db.PromotionStacks.Where(s => s.CampaignId == campaign.Id).ExecuteDeleteAsync(ct);
            await db.Campaigns.Where(c => c.Id == campaign.Id).ExecuteDeleteAsync(ct);
            db.Entry(campaign).State = EntityState.Detached;
            return new Portion(done, true);
        }

        done = await codes.Where(v => v.DeletedAt == null).ExecuteUpdateAsync(v => v.SetProperty(x => x.DeletedAt, now), ct);
        return new Portion(action.Processed + done, true);
    }

    private static AsyncAction New(string type, Campaign campaign, string requestJson, long total, DateTimeOffset now) => new()
    {
        Id = Ids.New(IdPrefix.AsyncAction, now),
        ProjectId = campaign.ProjectId,
        Type = type,
        Status = AsyncActionStatus.Accepted,
        ResourceId = campaign.Id,
        RequestJson = requestJson,
        Total = total,
        CreatedAt = now,
    };
}
