using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Wire.Idempotency;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.Redemptions;

internal static class RedemptionsEndpoints
{
    internal static void MapRedemptions(this ChannelRoutes routes)
    {
        routes.Post("/validations", ValidateStack.Handle, "validate-stacked-discounts", "validations").OncePerKey();
        routes.Post("/vouchers/{code}/validate", ValidateVoucher.Handle, "validate-voucher", "validations").OncePerKey();
        routes.Post("/redemptions", Redeem.HandleStack, "redeem-stacked-discounts", "redemptions").OncePerKey();
        routes.Get("/redemptions", ReadRedemptions.List, "list-redemptions", "redemptions");
        routes.Get("/redemptions/{id}", ReadRedemptions.Get, "get-redemption", "redemptions");
        routes.Post("/vouchers/{code}/redemption", Redeem.HandleVoucher, "redeem-voucher", "redemptions").OncePerKey();
        routes.Get("/vouchers/{code}/redemption", ReadRedemptions.OfVoucher, "get-voucher-redemptions", "redemptions");
        routes.Post("/promotions/tiers/{promotionTierId}/redemption", Redeem.HandleTier, "redeem-promotion", "redemptions").OncePerKey();
        routes.Post("/redemptions/{id}/rollback", Rollback.HandleOne, "rollback-redemption", "redemptions").OncePerKey(Rollback.RenderOneAsync);
        routes.Post("/redemptions/{id}/rollbacks", Rollback.HandleStack, "rollback-stacked-redemptions", "redemptions").OncePerKey(Rollback.RenderStackAsync);
    }

    internal static void MapRedemptionBrowsing(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/redemptions", BrowseRedemptions.Handle, "browse-redemptions", MemberAction.ReadFigures);
}
