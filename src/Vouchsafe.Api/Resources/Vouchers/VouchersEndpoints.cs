using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Wire.Idempotency;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.Vouchers;

internal static class VouchersEndpoints
{
    internal static void MapVouchers(this ChannelRoutes routes)
    {
        routes.Post("/vouchers", CreateVoucher.HandleGenerated, "generate-random-code", "vouchers").OncePerKey(VoucherResponse.RenderAsync);
        routes.Get("/vouchers", ListVouchers.Handle, "list-vouchers", "vouchers");
        routes.Post("/vouchers/import", ImportVouchers.HandleStandalone, "import-vouchers", "vouchers");
        routes.Post("/vouchers/bulk/async", BulkVouchers.Handle, "update-vouchers-in-bulk", "vouchers");
        routes.Post("/vouchers/metadata/async", UpdateMetadata.OfVouchers, "update-vouchers-metadata-in-bulk", "vouchers");
        routes.PostThatReads("/vouchers/qualification", QualifyVouchers.Handle, "examine-vouchers-qualification", "vouchers");
        routes.Post("/vouchers/{code}", CreateVoucher.HandleCode, "create-voucher", "vouchers").OncePerKey(VoucherResponse.RenderAsync);
        routes.Get("/vouchers/{code}", GetVoucher.Handle, "get-voucher", "vouchers");
        routes.Put("/vouchers/{code}", UpdateVoucher.Handle, "update-voucher", "vouchers");
        routes.Delete("/vouchers/{code}", DeleteVoucher.Handle, "delete-voucher", "vouchers");
        routes.Post("/vouchers/{code}/enable", SwitchVoucher.Enable, "enable-voucher", "vouchers");
        routes.Post("/vouchers/{code}/disable", SwitchVoucher.Disable, "disable-voucher", "vouchers");
        routes.Post("/vouchers/{code}/balance", UpdateVoucherBalance.Handle, "update-voucher-balance", "vouchers").OncePerKey();
        routes.Get("/vouchers/{code}/transactions", ListVoucherTransactions.Handle, "list-voucher-transactions", "vouchers");
    }

    internal static void MapVoucherBrowsing(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/vouchers", BrowseVouchers.Handle, "browse-vouchers", MemberAction.ReadFigures);
}
