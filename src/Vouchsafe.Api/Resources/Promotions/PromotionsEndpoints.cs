using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Promotions;

internal static class PromotionsEndpoints
{
    internal static void MapPromotions(this ChannelRoutes routes)
    {
        const string scope = "promotions";
        routes.Get("/promotions/tiers", ListPromotionTiers.Handle, "list-promotion-tiers", scope);
        routes.Get("/promotions/tiers/{promotionTierId}", GetPromotionTier.Handle, "get-promotion-tier", scope);
        routes.Put("/promotions/tiers/{promotionTierId}", UpdatePromotionTier.Handle, "update-promotion-tier", scope);
        routes.Delete("/promotions/tiers/{promotionTierId}", DeletePromotionTier.Handle, "delete-promotion-tier", scope);
        routes.Post("/promotions/tiers/{promotionTierId}/enable", SwitchPromotionTier.Enable, "enable-promotion-tier", scope);
        routes.Post("/promotions/tiers/{promotionTierId}/disable", SwitchPromotionTier.Disable, "disable-promotion-tier", scope);
        routes.Post("/promotions/validation", ValidatePromotions.Handle, "validate-promotions", scope);
        routes.Post("/promotions/tiers/{promotionTierId}/validation", ValidatePromotionTier.Handle, "validate-promotion-tier", scope);
        routes.Get("/promotions/{campaignId}/tiers", ListCampaignTiers.Handle, "list-promotion-tiers-from-campaign", scope);
        routes.Post("/promotions/{campaignId}/tiers", AddPromotionTier.Handle, "add-promotion-tier-to-campaign", scope);
        routes.Get("/promotions/stacks", ListPromotionStacks.Handle, "list-all-promotion-stacks", scope);
        routes.Get("/promotions/{campaignId}/stacks", ListCampaignStacks.Handle, "list-promotion-stacks-in-campaign", scope);
        routes.Post("/promotions/{campaignId}/stacks", CreatePromotionStack.Handle, "create-promotion-stack", scope);
        routes.Get("/promotions/{campaignId}/stacks/{stackId}", GetPromotionStack.Handle, "get-promotion-stack", scope);
        routes.Put("/promotions/{campaignId}/stacks/{stackId}", UpdatePromotionStack.Handle, "update-promotion-stack", scope);
        routes.Delete("/promotions/{campaignId}/stacks/{stackId}", DeletePromotionStack.Handle, "delete-promotion-stack", scope);
    }
}
