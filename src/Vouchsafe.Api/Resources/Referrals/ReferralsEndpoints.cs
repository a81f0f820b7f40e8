using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Referrals;

internal static class ReferralsEndpoints
{
    internal static void MapReferrals(this ChannelRoutes routes)
    {
        routes.Post("/referrals/{campaignId}/members/{memberId}/holders", AddHolders.HandleOf, "referrals-add-holders-1", "referrals");
        routes.Get("/referrals/{campaignId}/members/{memberId}/holders", ReadHolders.ListOf, "referrals-code-holders", "referrals");
        routes.Delete("/referrals/{campaignId}/members/{memberId}/holders/{holderId}", RemoveHolder.HandleOf, "referrals-remove-holder-1", "referrals");
        routes.Post("/referrals/members/{memberId}/holders", AddHolders.Handle, "referrals-add-holders", "referrals");
        routes.Get("/referrals/members/{memberId}/holders", ReadHolders.List, "referrals-code-holders-1", "referrals");
        routes.Delete("/referrals/members/{memberId}/holders/{holderId}", RemoveHolder.Handle, "referrals-remove-holder", "referrals");
    }
}
