using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>The scenario PROMOTION_STACKS: stacks all of whose tiers hold together, newest first.</summary>
internal static class StackQualification
{
    /// <summary>Most stacks judged for one answer.</summary>
    private const int MostJudged = 200;

    internal static async ValueTask<(IReadOnlyList<ApplicableResponse> Entries, DateTimeOffset? GoOnBefore)> RunAsync(
        VouchsafeDbContext db, Evaluator evaluator, ApiCall call, EvaluationQuery query, int limit, DateTimeOffset? before)
    {
        var stacks = await db.PromotionStacks.AsNoTracking()
            .Where(s => s.ProjectId == call.Project.Id && (before == null || s.CreatedAt < before)
                && db.Campaigns.Any(c => c.Id == s.CampaignId && c.DeletedAt == null && c.Active))
            .OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(MostJudged).ToListAsync(call.Aborted);
        var categories = await db.Categories.ByIdAsync(call.Project, stacks.Select(s => s.CategoryId), call.Aborted);
        List<ApplicableResponse> entries = [];
        foreach (var stack in stacks)
        {
            if (entries.Count >= limit && stack.CreatedAt < entries[^1].CreatedAt) return (entries, entries[^1].CreatedAt);
            RedeemableReference[] references = [new() { Object = RedeemableReference.PromotionStack, Id = stack.Id }];
            var run = await evaluator.RunAsync(call.Project, references, query, call.Now, call.Aborted);
            if (run.Evaluation.Valid) entries.Add(Entry(stack, run, query.Buyer, categories));
        }

        return (entries, stacks.Count == MostJudged ? stacks[^1].CreatedAt : null);
    }

    private static ApplicableResponse Entry(PromotionStack stack, EvaluationRun run, Buyer? buyer, Dictionary<string, Category> categories) => new()
    {
        Id = stack.Id,
        Object = RedeemableReference.PromotionStack,
        CreatedAt = stack.CreatedAt,
        Result = new ApplicableResponse.ResultInfo(),
        Order = run.Evaluation.Order is { } order ? OrderResponse.From(order, OrderText.Metadata(run.Order), buyer?.Stored?.Id, null) : null,
        ApplicableTo = TargetWire.List([]),
        InapplicableTo = TargetWire.List([]),
        Metadata = JsonText.EmptyObject,
        Categories = stack.CategoryId is { } id && categories.TryGetValue(id, out var category)
            ? [ApplicableResponse.StackedCategory.From(category, run.Context.StackingRules)]
            : [],
        Name = stack.Name,
        CampaignId = stack.CampaignId,
        CampaignName = run.Resolved[0].Campaign?.Name,
        Redeemables = [.. run.Evaluation.Results.Where(r => r.Status == RedeemableStatus.Applicable)
            .Select(r => ApplicableResponse.From(run, r, buyer) with { CreatedAt = run.Of(r).CreatedAt })],
    };
}
