using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>
/// Everything around some vouchers and tiers that their verdict depends on: campaigns, categories, rules. The one place
/// where stored rows become what the engine judges.
/// </summary>
internal sealed class RedeemableSources
{
    private static readonly ILookup<string, ValidationRuleAssignment> NoAssignments = Array.Empty<ValidationRuleAssignment>().ToLookup(a => a.RelatedObjectId);

    private static readonly RedeemableSources Nothing = new(
        FrozenDictionary<string, CampaignDefinition>.Empty, FrozenDictionary<string, Category>.Empty, NoAssignments,
        FrozenDictionary<string, Engine.Rules.ValidationRule>.Empty, []);

    private readonly IReadOnlyDictionary<string, CampaignDefinition> _campaigns;
    private readonly IReadOnlyDictionary<string, Category> _categories;
    private readonly ILookup<string, ValidationRuleAssignment> _assignments;
    private readonly IReadOnlyDictionary<string, Engine.Rules.ValidationRule> _rules;
    private readonly Dictionary<string, string> _publicationMetadata;

    private RedeemableSources(
        IReadOnlyDictionary<string, CampaignDefinition> campaigns, IReadOnlyDictionary<string, Category> categories,
        ILookup<string, ValidationRuleAssignment> assignments, IReadOnlyDictionary<string, Engine.Rules.ValidationRule> rules,
        Dictionary<string, string> publicationMetadata) =>
        (_campaigns, _categories, _assignments, _rules, _publicationMetadata) = (campaigns, categories, assignments, rules, publicationMetadata);

    /// <summary>Finds it, most of it in memory; otherwise in a fixed number of queries.</summary>
    internal static async ValueTask<RedeemableSources> LoadAsync(
        Database database, ProjectSettings project, Definitions definitions,
        IReadOnlyCollection<VoucherState> vouchers, IReadOnlyCollection<PromotionTier> tiers, CancellationToken ct)
    {
        // Most codes stand alone, and then there is nothing to find.
        if (tiers.Count == 0 && vouchers.All(v => v is { MayHaveRules: false, Voucher: { CampaignId: null, CategoryId: null } } && !ReadsPublication(v.Voucher)))
            return Nothing;
        var campaigns = await definitions.CampaignsAsync(vouchers.Select(v => v.Voucher.CampaignId).Concat(tiers.Select(t => t.CampaignId)), ct);
        var categories = await definitions.CategoriesAsync(
            vouchers.Select(v => v.Voucher.CategoryId).Concat(tiers.Select(t => t.CategoryId)).Concat(campaigns.Values.Select(c => c.Campaign.CategoryId)), ct);
        List<string> own = [.. vouchers.Where(v => v.MayHaveRules).Select(v => v.Voucher.Id), .. tiers.Select(t => t.Id)];
        var assignments = own.Count == 0 ? NoAssignments : await RuleAssignments.OfAsync(database.Context, project, own, ct);
        var rules = await definitions.RulesAsync(
            assignments.SelectMany(group => group).Concat(campaigns.Values.SelectMany(c => c.Assignments)).Select(a => a.RuleId), ct);

        List<string> published = [.. vouchers.Where(v => ReadsPublication(v.Voucher)).Select(v => v.Voucher.Id)];
        Dictionary<string, string> publications = [];
        if (published.Count > 0)
            foreach (var publication in await database.Context.Publications.AsNoTracking().Where(p => published.Contains(p.VoucherId))
                .OrderBy(p => p.Id).Select(p => new { p.VoucherId, p.MetadataJson }).ToListAsync(ct))
                publications[publication.VoucherId] = publication.MetadataJson;
        return new RedeemableSources(campaigns, categories, assignments, rules, publications);
    }

    // What was noted when a code was published is looked up only where a formula asks for it.
    private static bool ReadsPublication(Voucher voucher) =>
        voucher is { HolderId: not null, DiscountJson: { } discount } && discount.Contains("PUBLICATION_METADATA", StringComparison.Ordinal);

    /// <summary>Ids of products and variants that discounts give for free.</summary>
    internal static IEnumerable<string> UnitTypes(IEnumerable<VoucherState> vouchers, IEnumerable<PromotionTier> tiers) =>
        vouchers.Select(v => v.Voucher.DiscountJson).Concat(tiers.Select(t => t.DiscountJson)).OfType<string>()
            .SelectMany(json => VoucherTerms.Discount(json).UnitTypes());

    /// <summary>A voucher as the engine judges it.</summary>
    /// <param name="state">Voucher and counters.</param>
    /// <param name="id">What the request calls it.</param>
    /// <param name="credits">Credits that the request asks for.</param>
    /// <param name="locks">Whose locks stand in the way.</param>
    /// <param name="stock">Products that discounts give for free.</param>
    internal Resolved Of(VoucherState state, string id, long? credits, LockView locks, ProductStock stock)
    {
        var voucher = state.Voucher;
        var definition = voucher.CampaignId is { } campaignId ? _campaigns.GetValueOrDefault(campaignId) : null;
        var campaign = definition?.Campaign;
        var assignments = AssignmentsOf(voucher.Id, definition);
        var categories = CategoriesOf(voucher.CategoryId ?? campaign?.CategoryId);
        var redeemable = VoucherTerms.ToRedeemable(state, id, credits, locks, stock.UnitItem) with
        {
            CampaignAvailability = campaign is null ? null : CampaignTerms.ForCodes(campaign),
            Categories = [.. categories.Select(c => new RedeemableCategory(c.Id, c.Hierarchy))],
            Rules = RulesOf(assignments),
            CampaignId = campaign?.Id,
            HolderId = voucher.HolderId,
            IsReferralCode = campaign?.CampaignType == CampaignType.ReferralProgram,
            PublishCount = state.Publications,
            Metadata = VoucherTerms.Metadata(voucher.MetadataJson),
            PublicationMetadata = _publicationMetadata.TryGetValue(voucher.Id, out var metadata) ? VoucherTerms.Metadata(metadata) : default,
        };
        return new Resolved(redeemable, RedeemableReference.Voucher)
        {
            Voucher = state, Campaign = campaign, Categories = categories, Assignments = assignments,
        };
    }

    /// <summary>A promotion tier as the engine judges it.</summary>
    internal Resolved Of(PromotionTier tier, PromotionStack? stack, ProductStock stock)
    {
        var definition = _campaigns.GetValueOrDefault(tier.CampaignId);
        var campaign = definition?.Campaign;
        var assignments = AssignmentsOf(tier.Id, definition);
        var categories = CategoriesOf(stack?.CategoryId ?? tier.CategoryId ?? campaign?.CategoryId);
        var redeemable = new Redeemable
        {
            Kind = RedeemableKind.PromotionTier,
            Id = tier.Id,
            ResourceId = tier.Id,
            Benefit = new DiscountBenefit(VoucherTerms.Discount(tier.DiscountJson).ToDiscount(stock.UnitItem)),
            Availability = CampaignTerms.AvailabilityOf(tier).ToAvailability(),
            CampaignAvailability = campaign is null ? null : CampaignTerms.AvailabilityOf(campaign).ToAvailability(),
            Categories = [.. categories.Select(c => new RedeemableCategory(c.Id, c.Hierarchy))],
            Rules = RulesOf(assignments),
            CampaignId = tier.CampaignId,
            Metadata = VoucherTerms.Metadata(tier.MetadataJson),
        };
        return new Resolved(redeemable, RedeemableReference.PromotionTier)
        {
            Tier = tier, Stack = stack, Campaign = campaign, Categories = categories, Assignments = assignments,
        };
    }

    /// <summary>All rules that were loaded.</summary>
    internal IEnumerable<Engine.Rules.ValidationRule> Rules => _rules.Values;

    private IReadOnlyList<ValidationRuleAssignment> AssignmentsOf(string id, CampaignDefinition? campaign) =>
        _assignments.Contains(id) ? [.. _assignments[id], .. campaign?.Assignments ?? []] : campaign?.Assignments ?? [];

    private IReadOnlyList<Engine.Rules.ValidationRule> RulesOf(IReadOnlyList<ValidationRuleAssignment> assignments) =>
        assignments.Count == 0 ? [] : [.. assignments.Select(a => a.RuleId).Distinct().Where(_rules.ContainsKey).Select(id => _rules[id])];

    private IReadOnlyList<Category> CategoriesOf(string? id) => id is not null && _categories.TryGetValue(id, out var category) ? [category] : [];
}
