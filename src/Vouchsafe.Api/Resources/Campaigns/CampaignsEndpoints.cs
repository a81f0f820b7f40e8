using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.Campaigns;

internal static class CampaignsEndpoints
{
    internal static void MapCampaigns(this ChannelRoutes routes)
    {
        routes.Post("/campaigns", CreateCampaign.Handle, "create-campaign", "campaigns");
        routes.Get("/campaigns", ListCampaigns.Handle, "list-campaigns", "campaigns");
        routes.PostThatReads("/campaigns/qualification", QualifyCampaigns.Handle, "examine-campaign-qualification", "campaigns");
        routes.Get("/campaigns/{campaignId}", GetCampaign.Handle, "get-campaign", "campaigns");
        routes.Put("/campaigns/{campaignId}", UpdateCampaign.Handle, "update-campaign", "campaigns");
        routes.Delete("/campaigns/{campaignId}", DeleteCampaign.Handle, "delete-campaign", "campaigns");
        routes.Post("/campaigns/{campaignId}/enable", SwitchCampaign.Enable, "enable-campaign", "campaigns");
        routes.Post("/campaigns/{campaignId}/disable", SwitchCampaign.Disable, "disable-campaign", "campaigns");
        routes.Post("/campaigns/{campaignId}/vouchers", AddVouchers.HandleGenerated, "add-vouchers-to-campaign", "campaigns");
        routes.Post("/campaigns/{campaignId}/vouchers/{code}", AddVouchers.HandleCode, "add-voucher-with-specific-code-to-campaign", "campaigns");
        routes.Post("/campaigns/{campaignId}/import", ImportVouchers.HandleCampaign, "import-vouchers-to-campaign", "campaigns");
        routes.Get("/campaigns/{campaignId}/summary", GetCampaignSummary.Handle, "get-campaign-summary", "campaigns");
        routes.Get("/campaigns/{campaignId}/transactions", ListCampaignTransactions.Handle, "list-campaign-transactions", "campaigns");
    }

    internal static void MapCampaignBrowsing(this ChannelRoutes routes)
    {
        routes.Member(HttpMethods.Get, "/projects/{projectId}/campaigns", BrowseCampaigns.Handle, "browse-campaigns", MemberAction.ReadFigures);
        routes.Member(HttpMethods.Get, "/projects/{projectId}/campaigns/{campaignId}/work", ReadCampaignWork.Handle, "read-campaign-work", MemberAction.ReadFigures);
    }
}
