using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>Ways to find loyalty programs, their members' cards and their earning rules. What is of another kind is not found.</summary>
internal static class LoyaltyQueries
{
    /// <summary>A loyalty program, by id or name.</summary>
    internal static async ValueTask<Result<Campaign>> ProgramAsync(this VouchsafeDbContext db, ApiCall call, string campaignId) =>
        await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is { CampaignType: CampaignType.LoyaltyProgram } campaign
            ? campaign
            : CampaignErrors.NotFound(campaignId);

    /// <summary>A member's card, by code or id.</summary>
    /// <param name="db">The database.</param>
    /// <param name="call">The call.</param>
    /// <param name="campaignId">The program that the path names; null: any.</param>
    /// <param name="memberId">The card.</param>
    internal static async ValueTask<Result<Voucher>> CardAsync(this VouchsafeDbContext db, ApiCall call, string? campaignId, string memberId)
    {
        Campaign? campaign = null;
        if (campaignId is not null && (await db.ProgramAsync(call, campaignId)).Failed(out var error, out campaign)) return error;
        return await VoucherState.FindRowAsync(db, call.Project, memberId, call.Aborted) is { Type: VoucherType.Loyalty } card
            && (campaign is null || card.CampaignId == campaign.Id)
            ? card
            : VoucherErrors.NotFound(memberId);
    }

    /// <summary>An earning rule of a program.</summary>
    internal static async ValueTask<Result<(EarningRule Rule, Campaign Campaign)>> EarningRuleAsync(
        this VouchsafeDbContext db, ApiCall call, string campaignId, string earningRuleId)
    {
        if ((await db.ProgramAsync(call, campaignId)).Failed(out var error, out var campaign)) return error;
        return await db.EarningRules.FirstOrDefaultAsync(r => r.Id == earningRuleId && r.CampaignId == campaign.Id, call.Aborted) is { } rule
            ? (rule, campaign)
            : CommonErrors.NotFound("earning_rule", earningRuleId);
    }
}
