using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>A promotion tier on the wire; what it does not have is left out.</summary>
internal sealed record PromotionTierResponse
{
    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? UpdatedAt { get; init; }
    public required string Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Banner { get; init; }
    public required ActionInfo Action { get; init; }
    public required JsonText Metadata { get; init; }
    public required int Hierarchy { get; init; }
    public required string PromotionId { get; init; }
    public required CampaignInfo Campaign { get; init; }
    public required string CampaignId { get; init; }
    public required bool Active { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityTimeframe { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityDayOfWeek { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityHours { get; init; }
    /// <summary>Only where tiers are looked at for themselves: it costs a count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SummaryInfo? Summary { get; init; }
    public string Object => "promotion_tier";
    public required Dictionary<string, object> ValidationRuleAssignments { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CategoryId { get; init; }
    public required IReadOnlyList<CategoryResponse> Categories { get; init; }

    internal sealed record ActionInfo(JsonText Discount);

    /// <summary>The campaign as tiers show it.</summary>
    internal sealed record CampaignInfo
    {
        public required string Id { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityTimeframe { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityDayOfWeek { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityHours { get; init; }
        public required bool Active { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CategoryId { get; init; }
        public string Object => "campaign";
    }

    internal sealed record SummaryInfo(RedemptionTotals Redemptions, OrderTotals Orders);

    internal sealed record RedemptionTotals(long TotalRedeemed);

    internal sealed record OrderTotals(long TotalAmount, long TotalDiscountAmount);

    /// <summary>The list that campaigns carry.</summary>
    internal static Dictionary<string, object> List(IReadOnlyList<PromotionTierResponse> tiers, long? total = null, bool hasMore = false)
    {
        var list = WireList.Of("tiers", tiers, total ?? tiers.Count);
        list["has_more"] = hasMore;
        return list;
    }

    /// <summary>The tiers of campaigns, by campaign, in their ranks.</summary>
    internal static async ValueTask<ILookup<string, PromotionTierResponse>> OfCampaignsAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyList<Campaign> campaigns, CancellationToken ct)
    {
        List<string> ids = [.. campaigns.Select(c => c.Id)];
        var tiers = ids.Count == 0
            ? []
            : await db.PromotionTiers.AsNoTracking().Where(t => ids.Contains(t.CampaignId)).OrderBy(t => t.Hierarchy).ThenBy(t => t.Id).ToListAsync(ct);
        return (await LoadAsync(db, project, tiers, ct)).ToLookup(t => t.CampaignId);
    }

    /// <summary>Tiers with all that belongs to them, in a fixed number of queries a page.</summary>
    internal static async ValueTask<IReadOnlyList<PromotionTierResponse>> LoadAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyList<PromotionTier> tiers, CancellationToken ct, bool withSummary = true)
    {
        if (tiers.Count == 0) return [];
        List<string> campaignIds = [.. tiers.Select(t => t.CampaignId).Distinct()];
        List<string> tierIds = [.. tiers.Select(t => t.Id)];
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => campaignIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var categories = await db.Categories.ByIdAsync(project, tiers.Select(t => t.CategoryId), ct);
        var assignments = await RuleAssignments.OfAsync(db, project, tierIds, ct);
        var summaries = withSummary ? await TierSummary.LoadAsync(db, tierIds, ct) : null;
        return [.. tiers.Where(t => campaigns.ContainsKey(t.CampaignId)).Select(t => From(
            t, campaigns[t.CampaignId], t.CategoryId is { } id ? categories.GetValueOrDefault(id) : null, assignments[t.Id],
            summaries is null ? null : summaries.GetValueOrDefault(t.Id) ?? TierSummary.Empty))];
    }

    /// <summary>The tier that was judged, as redemptions show it; null for what is no tier.</summary>
    internal static PromotionTierResponse? Of(Resolved resolved) => resolved is { Tier: { } tier, Campaign: { } campaign }
        ? From(tier, campaign, resolved.Categories.FirstOrDefault(c => c.Id == tier.CategoryId), resolved.Assignments.Where(a => a.RelatedObjectId == tier.Id), null)
        : null;

    private static PromotionTierResponse From(
        PromotionTier tier, Campaign campaign, Category? category, IEnumerable<ValidationRuleAssignment> assignments, SummaryInfo? summary) => new()
    {
        Id = tier.Id,
        CreatedAt = tier.CreatedAt,
        UpdatedAt = tier.UpdatedAt,
        Name = tier.Name,
        Banner = tier.Banner,
        Action = new(new JsonText(tier.DiscountJson)),
        Metadata = new JsonText(tier.MetadataJson),
        Hierarchy = tier.Hierarchy,
        PromotionId = campaign.Id,
        Campaign = CampaignOf(campaign),
        CampaignId = campaign.Id,
        Active = tier.Active,
        StartDate = tier.StartDate,
        ExpirationDate = tier.ExpirationDate,
        ValidityTimeframe = JsonText.From(tier.ValidityTimeframeJson),
        ValidityDayOfWeek = JsonText.From(tier.ValidityDayOfWeekJson),
        ValidityHours = JsonText.From(tier.ValidityHoursJson),
        Summary = summary,
        ValidationRuleAssignments = AssignmentResponse.List(assignments),
        CategoryId = tier.CategoryId,
        Categories = category is null ? [] : [CategoryResponse.From(category)],
    };

    private static CampaignInfo CampaignOf(Campaign campaign) => new()
    {
        Id = campaign.Id,
        StartDate = campaign.StartDate,
        ExpirationDate = campaign.ExpirationDate,
        ValidityTimeframe = JsonText.From(campaign.ValidityTimeframeJson),
        ValidityDayOfWeek = JsonText.From(campaign.ValidityDayOfWeekJson),
        ValidityHours = JsonText.From(campaign.ValidityHoursJson),
        Active = campaign.Active,
        CategoryId = campaign.CategoryId,
    };
}

/// <summary>
/// What a tier has given so far. Its redemptions move two sums beside its uses, and note them with what they count in rules, so that a
/// rollback gives them back; a look at a tier costs the same however much it was used.
/// </summary>
internal static class TierSummary
{
    internal static readonly PromotionTierResponse.SummaryInfo Empty = new(new(0), new(0, 0));

    internal static async ValueTask<Dictionary<string, PromotionTierResponse.SummaryInfo>> LoadAsync(
        VouchsafeDbContext db, IReadOnlyCollection<string> tierIds, CancellationToken ct)
    {
        List<string> owners = [.. tierIds, .. tierIds.Select(AmountKey), .. tierIds.Select(DiscountKey)];
        var counted = await db.Counters.AsNoTracking().Where(c => owners.Contains(c.Owner) && c.Kind == CounterKind.Uses).ToDictionaryAsync(c => c.Owner, c => c.Value, ct);
        var held = await db.ValidationLocks.Where(l => tierIds.Contains(l.RedeemableId)).GroupBy(l => l.RedeemableId)
            .Select(g => new { g.Key, Uses = g.Sum(l => l.Uses) }).ToDictionaryAsync(g => g.Key, g => g.Uses, ct);
        return tierIds.ToDictionary(id => id, id => new PromotionTierResponse.SummaryInfo(
            new(counted.GetValueOrDefault(id) - held.GetValueOrDefault(id)),
            new(counted.GetValueOrDefault(AmountKey(id)), counted.GetValueOrDefault(DiscountKey(id)))));
    }

    /// <summary>What a redemption of a tier adds, by counter.</summary>
    /// <param name="tierId">The tier.</param>
    /// <param name="amount">The order's amount, minor units.</param>
    /// <param name="discount">What the tier takes off it, minor units.</param>
    internal static IEnumerable<KeyValuePair<string, long>> CountedBy(string tierId, long amount, long discount) =>
        new Dictionary<string, long> { [AmountKey(tierId)] = amount, [DiscountKey(tierId)] = discount }.Where(sum => sum.Value > 0);

    private static string AmountKey(string tierId) => $"redeemable/{tierId}/summary/amount";

    private static string DiscountKey(string tierId) => $"redeemable/{tierId}/summary/discount";
}
