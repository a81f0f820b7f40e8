using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>A promotion tier as requests write one.</summary>
internal sealed record PromotionTierPayload
{
    public Optional<string> Name { get; init; }
    public Optional<string> Banner { get; init; }
    public ActionInfo? Action { get; init; }
    public Optional<JsonText?> Metadata { get; init; }
    public long? Hierarchy { get; init; }
    public bool? Active { get; init; }
    public Optional<DateTimeOffset?> StartDate { get; init; }
    public Optional<DateTimeOffset?> ExpirationDate { get; init; }
    public Optional<TimeframeDefinition> ValidityTimeframe { get; init; }
    public Optional<int[]> ValidityDayOfWeek { get; init; }
    public Optional<HoursDefinition> ValidityHours { get; init; }
    public string? Category { get; init; }
    public Optional<string> CategoryId { get; init; }
    public IReadOnlyList<string>? ValidationRules { get; init; }

    internal sealed record ActionInfo(DiscountDefinition? Discount);

    /// <summary>What is wrong with it; null: nothing.</summary>
    internal ApiError? Problem(bool isNew) =>
        (string.IsNullOrEmpty(Name.Value) && (isNew || Name.IsPresent) ? PromotionErrors.InvalidTier("name is required.") : null)
        ?? (isNew && Action?.Discount is null ? PromotionErrors.InvalidTier("action.discount is required.") : null)
        ?? PromotionErrors.InvalidTier(Action?.Discount?.Check("action.discount") ?? [])
        ?? Check.Text(Name.Value, "name") ?? Check.Text(Banner.Value, "banner", Check.LongText)
        ?? Check.Object(Metadata.Value, "metadata") ?? Check.Range(Hierarchy, "hierarchy", 0, int.MaxValue);

    /// <summary>Writes into a tier what this names; what is wrong with the tier that comes of it, or null.</summary>
    internal ApiError? Apply(PromotionTier tier)
    {
        tier.Name = Name.Value ?? tier.Name;
        tier.Banner = Banner.Or(tier.Banner);
        tier.DiscountJson = VoucherTerms.ToJson(Action?.Discount) ?? tier.DiscountJson;
        if (Metadata.IsPresent) tier.MetadataJson = Metadata.Value?.Text ?? "{}";
        tier.Hierarchy = (int?)Hierarchy ?? tier.Hierarchy;
        tier.Active = Active ?? tier.Active;
        tier.StartDate = StartDate.Or(tier.StartDate);
        tier.ExpirationDate = ExpirationDate.Or(tier.ExpirationDate);
        if (ValidityTimeframe.IsPresent) tier.ValidityTimeframeJson = VoucherTerms.ToJson(ValidityTimeframe.Value);
        if (ValidityDayOfWeek.IsPresent) tier.ValidityDayOfWeekJson = VoucherTerms.ToJson(ValidityDayOfWeek.Value);
        if (ValidityHours.IsPresent) tier.ValidityHoursJson = VoucherTerms.ToJson(ValidityHours.Value);
        return PromotionErrors.InvalidTier(CampaignTerms.AvailabilityOf(tier).Check());
    }

    /// <summary>New tiers of a campaign, ranked after those it has unless they say otherwise; nothing is stored yet.</summary>
    internal static async ValueTask<Result<IReadOnlyList<(PromotionTier Tier, IReadOnlyList<ValidationRuleAssignment> Rules)>>> BuildAllAsync(
        ApiCall call, VouchsafeDbContext db, Campaign campaign, IReadOnlyList<PromotionTierPayload> payloads)
    {
        List<(PromotionTier, IReadOnlyList<ValidationRuleAssignment>)> built = [];
        if (payloads.Count == 0) return Result.Of<IReadOnlyList<(PromotionTier, IReadOnlyList<ValidationRuleAssignment>)>>(built);
        var last = await db.PromotionTiers.Where(t => t.CampaignId == campaign.Id).MaxAsync(t => (int?)t.Hierarchy, call.Aborted) ?? 0;
        foreach (var payload in payloads)
        {
            if (payload.Problem(isNew: true) is { } problem) return problem;
            var category = await db.Categories.ResolveAsync(call.Project, payload.CategoryId.Value, payload.Category, call.Aborted);
            if (category.Failed(out var error, out var categoryId)) return error;
            var tier = new PromotionTier
            {
                Id = Ids.New(IdPrefix.PromotionTier, call.Now),
                ProjectId = call.Project.Id,
                CampaignId = campaign.Id,
                Name = payload.Name.Value!,
                DiscountJson = "",
                Hierarchy = ++last,
                CategoryId = categoryId,
                CreatedAt = call.Now,
            };
            if (payload.Apply(tier) is { } fault) return fault;
            last = Math.Max(last, tier.Hierarchy);
            var rules = await RuleAssignments.PlanAsync(db, call.Project, payload.ValidationRules, RuleAssignments.PromotionTier, tier.Id, call.Now, call.Aborted);
            if (rules.Failed(out error, out var assignments)) return error;
            built.Add((tier, assignments));
        }

        return Result.Of<IReadOnlyList<(PromotionTier, IReadOnlyList<ValidationRuleAssignment>)>>(built);
    }
}
