using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Exports;

internal static class ExportsEndpoints
{
    internal static void MapExports(this ChannelRoutes routes)
    {
        routes.Post("/exports", CreateExport.Handle, "create-export", "exports");
        routes.Get("/exports", ListExports.Handle, "list-exports", "exports");
        routes.Get("/exports/{exportId}", GetExport.Handle, "get-export", "exports");
        routes.Delete("/exports/{exportId}", DeleteExport.Handle, "delete-export", "exports");
        routes.Post("/vouchers/{code}/transactions/export", ExportTransactions.OfVoucher, "export-voucher-transactions", "vouchers");
        routes.Post("/campaigns/{campaignId}/transactions/export", ExportTransactions.OfCampaign, "export-campaign-transactions", "campaigns");
        routes.Post("/loyalties/{campaignId}/transactions/export", ExportTransactions.OfProgram, "export-loyalty-campaign-transactions", "loyalties");
        routes.Post("/loyalties/members/{memberId}/transactions/export", ExportTransactions.OfCard, "export-loyalty-card-transactions", "loyalties");
        routes.Post("/loyalties/{campaignId}/members/{memberId}/transactions/export", ExportTransactions.OfMember, "export-loyalty-card-transactions-1", "loyalties");
        routes.Post("/orders/export", CreateExport.HandleOrders, "create-order-export", "orders");
    }

    /// <summary>The link that an export shows, which opens without credentials.</summary>
    internal static void MapExportFiles(this ChannelRoutes routes) =>
        routes.Get(ExportLinks.Path + "/{exportId}", DownloadExport.Handle, "download-export", null).ExcludeFromDescription();
}
