using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>Campaigns of which a customer may get a code of their own. Such a campaign is judged by a code as it would give out next.</summary>
internal static class CampaignOffers
{
    private static readonly CampaignType[] Types = [CampaignType.DiscountCoupons, CampaignType.GiftVouchers, CampaignType.ReferralProgram];

    /// <summary>Those of a project.</summary>
    internal static IQueryable<Campaign> Of(VouchsafeDbContext db, ProjectSettings project) =>
        db.Campaigns.Of(project).Where(c => c.Active && c.Mode != CampaignMode.Standalone && Types.Contains(c.CampaignType));

    /// <summary>The next code, which is never stored: it has the campaign's terms, its id as code, and rules of its own it cannot have.</summary>
    internal static VoucherState NextCode(ProjectSettings project, Campaign campaign) =>
        VoucherState.New(CreateVoucher.Plan(
            project, campaign.Id, CampaignTemplate.RequestFor(campaign), new VoucherPlacement(campaign.Id, campaign.CategoryId, []), campaign.CreatedAt).Voucher) with { MayHaveRules = false };
}
