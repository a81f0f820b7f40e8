using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>Ways to find tiers; those of campaigns in the bin are not found.</summary>
internal static class PromotionTierQueries
{
    internal static IQueryable<PromotionTier> TiersOf(this VouchsafeDbContext db, ProjectSettings project) =>
        db.PromotionTiers.Where(t => t.ProjectId == project.Id && db.Campaigns.Any(c => c.Id == t.CampaignId && c.DeletedAt == null));

    internal static async ValueTask<PromotionTier?> FindTierAsync(this VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct) =>
        await db.TiersOf(project).FirstOrDefaultAsync(t => t.Id == id, ct);

    /// <summary>The answer that shows one tier.</summary>
    internal static async ValueTask<IResult> ShowAsync(VouchsafeDbContext db, ApiCall call, PromotionTier tier) =>
        Json.Ok((await PromotionTierResponse.LoadAsync(db, call.Project, [tier], call.Aborted))[0]);
}

/// <summary>POST /v1/promotions/{campaignId}/tiers.</summary>
internal static class AddPromotionTier
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<PromotionTierPayload>()).Failed(out var error, out var payload)) return error;
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        if (campaign.CampaignType != CampaignType.Promotion) return PromotionErrors.NotAPromotion(campaign.Name);
        if ((await PromotionTierPayload.BuildAllAsync(call, db, campaign, [payload])).Failed(out error, out var built)) return error;
        var (tier, rules) = built[0];
        db.PromotionTiers.Add(tier);
        db.ValidationRuleAssignments.AddRange(rules);
        await db.SaveChangesAsync(call.Aborted);
        return await PromotionTierQueries.ShowAsync(db, call, tier);
    }
}

/// <summary>PUT /v1/promotions/tiers/{id}: changes what the body names; rules that it names are added.</summary>
internal static class UpdatePromotionTier
{
    internal static async Task<IResult> Handle(ApiCall call, string promotionTierId, VouchsafeDbContext db, RuleCountActions counts)
    {
        if ((await call.ReadBodyAsync<PromotionTierPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem(isNew: false) is { } problem) return problem;
        if (await db.FindTierAsync(call.Project, promotionTierId, call.Aborted) is not { } tier) return PromotionErrors.TierNotFound(promotionTierId);
        if (payload.CategoryId.IsPresent || payload.Category is not null)
        {
            if ((await db.Categories.ResolveAsync(call.Project, payload.CategoryId.Value, payload.Category, call.Aborted)).Failed(out error, out var categoryId)) return error;
            tier.CategoryId = categoryId;
        }

        if (payload.Apply(tier) is { } fault) return fault;
        var known = await RuleAssignments.OfAsync(db, call.Project, [tier.Id], call.Aborted);
        List<string> added = [.. (payload.ValidationRules ?? []).Except(known[tier.Id].Select(a => a.RuleId))];
        if ((await RuleAssignments.PlanAsync(db, call.Project, added, RuleAssignments.PromotionTier, tier.Id, call.Now, call.Aborted))
            .Failed(out error, out var rules)) return error;
        db.ValidationRuleAssignments.AddRange(rules);
        tier.UpdatedAt = call.Now;
        var planned = (await db.ValidationRules.AsNoTracking().Where(r => added.Contains(r.Id)).ToListAsync(call.Aborted))
            .ConvertAll(rule => (Rule: rule, Action: counts.Plan(db, call.Project, rule)));
        await db.SaveChangesAsync(call.Aborted);
        foreach (var (rule, action) in planned) await counts.CountAsync(call.Project, rule, rules.Where(a => a.RuleId == rule.Id), action);
        return await PromotionTierQueries.ShowAsync(db, call, tier);
    }
}

/// <summary>POST /v1/promotions/tiers/{id}/enable and /disable.</summary>
internal static class SwitchPromotionTier
{
    internal static Task<IResult> Enable(ApiCall call, string promotionTierId, VouchsafeDbContext db) => Switch(call, promotionTierId, true, db);

    internal static Task<IResult> Disable(ApiCall call, string promotionTierId, VouchsafeDbContext db) => Switch(call, promotionTierId, false, db);

    private static async Task<IResult> Switch(ApiCall call, string id, bool active, VouchsafeDbContext db)
    {
        if (await db.FindTierAsync(call.Project, id, call.Aborted) is not { } tier) return PromotionErrors.TierNotFound(id);
        (tier.Active, tier.UpdatedAt) = (active, call.Now);
        await db.SaveChangesAsync(call.Aborted);
        return await PromotionTierQueries.ShowAsync(db, call, tier);
    }
}

/// <summary>DELETE /v1/promotions/tiers/{id}. Stacks that had it go on without it.</summary>
internal static class DeletePromotionTier
{
    internal static async Task<IResult> Handle(ApiCall call, string promotionTierId, VouchsafeDbContext db)
    {
        if (await db.FindTierAsync(call.Project, promotionTierId, call.Aborted) is not { } tier) return PromotionErrors.TierNotFound(promotionTierId);
        db.PromotionTiers.Remove(tier);
        foreach (var stack in await db.PromotionStacks.Where(s => s.CampaignId == tier.CampaignId).ToListAsync(call.Aborted))
            if (stack.TierIds.Contains(tier.Id)) stack.TierIds = [.. stack.TierIds.Where(id => id != tier.Id)];
        await db.SaveChangesAsync(call.Aborted);
        await db.ValidationRuleAssignments.Where(a => a.RelatedObjectId == tier.Id).ExecuteDeleteAsync(call.Aborted);
        await CounterErasure.OfAsync(db, [tier.Id], call.Aborted);
        return Results.NoContent();
    }
}
