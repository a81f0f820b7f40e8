using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Assets;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>What stands around vouchers and is shown with them: campaigns' names, categories, rule assignments. Three queries a page.</summary>
internal sealed class VoucherSurroundings
{
    private readonly record struct CampaignLabel(string? Name, bool IsReferral)
    {
        internal static CampaignLabel Of(Campaign campaign) => new(campaign.Name, campaign.CampaignType == CampaignType.ReferralProgram);
    }

    private readonly Dictionary<string, CampaignLabel> _campaigns;
    private readonly Dictionary<string, Category> _categories;
    private readonly ILookup<string, ValidationRuleAssignment> _assignments;

    private VoucherSurroundings(
        Dictionary<string, CampaignLabel> campaigns, Dictionary<string, Category> categories, ILookup<string, ValidationRuleAssignment> assignments, AssetLinks? assets) =>
        (_campaigns, _categories, _assignments, Assets) = (campaigns, categories, assignments, assets);

    internal static async ValueTask<VoucherSurroundings> LoadAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyCollection<Voucher> vouchers, CancellationToken ct)
    {
        List<string> campaignIds = [.. vouchers.Select(v => v.CampaignId).OfType<string>().Distinct()];
        return new VoucherSurroundings(
            campaignIds.Count == 0 ? [] : await db.Campaigns.Where(c => campaignIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, CampaignLabel.Of, ct),
            await db.Categories.ByIdAsync(project, vouchers.Select(v => v.CategoryId), ct),
            await RuleAssignments.OfAsync(db, project, [.. vouchers.Select(v => v.Id)], ct),
            project.Assets);
    }

    /// <summary>The same of vouchers that were judged, without a query.</summary>
    /// <param name="project">The project.</param>
    /// <param name="judged">What was judged.</param>
    /// <param name="further">Campaigns of vouchers that came to be with the verdict.</param>
    internal static VoucherSurroundings Of(ProjectSettings project, IEnumerable<Resolved> judged, IEnumerable<Campaign> further)
    {
        var (campaigns, categories, assignments) = (further.DistinctBy(c => c.Id).ToDictionary(c => c.Id, CampaignLabel.Of), new Dictionary<string, Category>(), new List<ValidationRuleAssignment>());
        foreach (var resolved in judged)
        {
            if (resolved.Campaign is { } campaign) campaigns[campaign.Id] = CampaignLabel.Of(campaign);
            foreach (var category in resolved.Categories) categories[category.Id] = category;
            assignments.AddRange(resolved.Assignments);
        }
        return new VoucherSurroundings(campaigns, categories, assignments.ToLookup(a => a.RelatedObjectId), project.Assets);
    }

    /// <summary>Addresses of pictures of the codes.</summary>
    internal AssetLinks? Assets { get; }

    internal string? CampaignName(Voucher voucher) => voucher.CampaignId is { } id ? _campaigns.GetValueOrDefault(id).Name : null;

    internal bool IsReferralCode(Voucher voucher) => voucher.CampaignId is { } id && _campaigns.GetValueOrDefault(id).IsReferral;

    internal Category? Category(Voucher voucher) => voucher.CategoryId is { } id ? _categories.GetValueOrDefault(id) : null;

    internal IEnumerable<ValidationRuleAssignment> Assignments(Voucher voucher) => _assignments[voucher.Id];
}
