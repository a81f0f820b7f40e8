using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using CounterKind = Vouchsafe.Storage.Entities.CounterKind;
using ValidationRule = Vouchsafe.Storage.Entities.ValidationRule;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>
/// Counts what was redeemed before a rule with counts or budgets was given to a voucher, a campaign or a tier, or before the
/// rule was changed. Each redemption remembers the counters it moved, so counting again adds nothing, and its rollback gives
/// back what was counted late. A redemption that is rolled back meanwhile is not counted, and one that was judged without the
/// rule is committed before the count looks, or is judged again.
/// </summary>
internal sealed class EarlierUses(IDbContextFactory<VouchsafeDbContext> contexts, Ledger ledger)
{
    private const int Batch = 250;
    private static readonly TimeSpan WhenBusy = TimeSpan.FromMilliseconds(50);

    /// <summary>Counts for one rule on some of the resources that have it.</summary>
    internal async Task CountAsync(ProjectSettings project, ValidationRule rule, IEnumerable<ValidationRuleAssignment> assignments)
    {
        var definition = RuleDefinition.ToEngine(rule);
        if (!RuleCounters.HasAny(definition)) return;
        foreach (var assignment in assignments) await CountAsync(project, definition, assignment);
    }

    // Not cut off when the caller goes away: half counted would be a limit that holds for some.
    private async Task CountAsync(ProjectSettings project, Engine.Rules.ValidationRule rule, ValidationRuleAssignment assignment)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        // What queued for the ledger before the rule was stored is committed with this; what queues later finds that it is stale.
        while (await ledger.CommitAsync(new LedgerIntent()) is LedgerOutcome.Busy) await Task.Delay(WhenBusy);
        for (var after = "";;)
        {
            var from = after;
            var ids = await Of(db, project, assignment).Where(r => r.Id.CompareTo(from) > 0).OrderBy(r => r.Id).Take(Batch).Select(r => r.Id).ToListAsync();
            if (ids.Count == 0) return;
            after = ids[^1];
            while (ids.Count > 0) ids = await CountAsync(db, project, rule, ids);
        }
    }

    /// <summary>Counts these redemptions; the answer are those that were counted by another meanwhile and have to be read again.</summary>
    private async Task<List<string>> CountAsync(VouchsafeDbContext db, ProjectSettings project, Engine.Rules.ValidationRule rule, List<string> ids)
    {
        var made = db.Redemptions.AsNoTracking().Where(r => ids.Contains(r.Id) && r.RollbackId == null);
        var versions = await RecountLedger.Of(db, made).ToDictionaryAsync(c => c.Owner, c => c.Value);
        var customers = await RecountLedger.CustomersOf(db, made).ToHashSetAsync();
        var rows = await made.ToListAsync();
        var campaigns = await CampaignsAsync(db, rows);
        var counted = await Task.WhenAll(rows.Select(row =>
            CountAsync(rule, row, versions.GetValueOrDefault(row.Id), row.CustomerId is { } id && customers.Contains(id) ? [id] : [], campaigns.GetValueOrDefault(row.VoucherId ?? row.PromotionTierId!), project)));
        return [.. rows.Where((_, i) => !counted[i]).Select(row => row.Id)];
    }

    private async Task<bool> CountAsync(
        Engine.Rules.ValidationRule rule, Redemption row, long version, IReadOnlyList<string> customers, string? campaignId, ProjectSettings project)
    {
        var counted = row.CountedJson is { } json ? JsonSerializer.Deserialize<Dictionary<string, long>>(json)! : [];
        List<CounterChange> changes = [];
        foreach (var (key, delta) in RuleCounters.Of(rule, UseOf(row, campaignId), project.TimeZone, project.FirstDayOfWeek))
            if (counted.TryAdd(key, delta)) changes.Add(new(key, CounterKind.Uses, delta));
        if (changes.Count == 0) return true;
        row.CountedJson = JsonSerializer.Serialize(counted);
        var outcome = await ledger.CommitAsync(new LedgerIntent
        {
            Changes = [new(row.Id, CounterKind.Rollbacks, 0) { Expected = 0 }, RecountLedger.Again(row.Id, version), .. changes],
            Rows = [RecountLedger.Write(row)],
            Customers = customers,
        });
        // Stale: its customer is being forgotten, and what is left of it is read again.
        if (outcome is LedgerOutcome.Busy or LedgerOutcome.Stale) await Task.Delay(WhenBusy);
        return outcome is not (LedgerOutcome.Busy or LedgerOutcome.Stale or LedgerOutcome.Refused { Change.Kind: CounterKind.Recounts });
    }

    private static IQueryable<Redemption> Of(VouchsafeDbContext db, ProjectSettings project, ValidationRuleAssignment assignment)
    {
        var id = assignment.RelatedObjectId;
        var made = db.Redemptions.Where(r => r.ProjectId == project.Id && r.Kind == RedemptionKind.Success && r.RollbackId == null);
        return assignment.RelatedObjectType switch
        {
            RuleAssignments.Voucher => made.Where(r => r.VoucherId == id),
            RuleAssignments.PromotionTier => made.Where(r => r.PromotionTierId == id),
            RuleAssignments.Campaign => made.Where(r => db.Vouchers.Any(v => v.Id == r.VoucherId && v.CampaignId == id)
                || db.PromotionTiers.Any(t => t.Id == r.PromotionTierId && t.CampaignId == id)),
            _ => made.Where(r => false),
        };
    }

    private static async Task<Dictionary<string, string?>> CampaignsAsync(VouchsafeDbContext db, IReadOnlyList<Redemption> rows)
    {
        List<string> vouchers = [.. rows.Select(r => r.VoucherId).OfType<string>().Distinct()];
        List<string> tiers = [.. rows.Select(r => r.PromotionTierId).OfType<string>().Distinct()];
        var campaigns = await db.Vouchers.Where(v => vouchers.Contains(v.Id)).Select(v => new { v.Id, v.CampaignId }).ToDictionaryAsync(v => v.Id, v => v.CampaignId);
        foreach (var tier in await db.PromotionTiers.Where(t => tiers.Contains(t.Id)).Select(t => new { t.Id, t.CampaignId }).ToListAsync())
            campaigns[tier.Id] = tier.CampaignId;
        return campaigns;
    }

    private static PastUse UseOf(Redemption row, string? campaignId)
    {
        using var order = row.OrderJson is { } json ? JsonDocument.Parse(json) : null;
        long Member(string name) => order is not null && order.RootElement.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;
        var byUser = row.Channel == Caller.UserChannel;
        return new PastUse(row.VoucherId ?? row.PromotionTierId!, campaignId, row.CustomerId, byUser ? null : row.KeyId, row.CreatedAt)
        {
            UserId = byUser ? row.KeyId : null,
            OrderAmount = Member("initial_amount") is > 0 and var initial ? initial : Member("amount"),
            Discount = Member("total_applied_discount_amount"),
            Credits = row.Amount ?? 0,
        };
    }
}
