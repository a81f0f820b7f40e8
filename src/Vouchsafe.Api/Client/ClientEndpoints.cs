using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Client;

/// <summary>What browsers and phones may call: these operations and no others.</summary>
internal static class ClientEndpoints
{
    internal static void MapClient(this ChannelRoutes routes)
    {
        routes.Get("/validate", ClientUse.Validate, "validate-voucher-client-side", "client_validate");
        routes.Post("/validations", ClientUse.ValidateStacked, "validate-stacked-discounts-client-side", "client_validations");
        routes.Post("/redeem", ClientUse.Redeem, "redeem-voucher-client-side", "client_redeem", ClientPermissions.Redeem);
        routes.Post("/redemptions", ClientUse.RedeemStacked, "redeem-stacked-discounts-client-side", "client_redemptions", ClientPermissions.Redeem);
        routes.Get("/vouchers", ListClientVouchers.Handle, "list-vouchers-client-side", "client_vouchers", ClientPermissions.ListVouchers);
        routes.Post("/publish", PublishVoucher.Handle, "create-publication-client-side", "client_publish", ClientPermissions.Publish);
        routes.Post("/events", TrackClientEvent.Handle, "track-custom-event-client-side", "client_events", ClientPermissions.TrackEvents);
        routes.Post("/customers", CreateClientCustomer.Handle, "create-customer-client-side", "client_customers", ClientPermissions.CreateCustomer);
        routes.Get("/promotions/validation", ClientPromotions.Validate, "validate-promotions-client-side", "client_promotions");
        routes.Post("/qualifications", ClientQualifications.Handle, "check-eligibility-client-side", "client_qualifications");
        routes.Get("/promotions/tiers", ClientPromotions.ListTiers, "list-promotion-tiers-client-side", "client_promotions");
        routes.Get("/consents", ClientConsents.List, "list-consents-client-side", "client_consents");
        routes.Put("/customers/{customerId}/consents", ClientConsents.Update, "update-customers-consents-client-side", "client_consents");
    }
}
