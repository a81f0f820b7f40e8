using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>Refusals of promotion tiers and stacks.</summary>
internal static class PromotionErrors
{
    internal static ApiError TierNotFound(string id) => CommonErrors.NotFound("promotion_tier", id);

    internal static ApiError StackNotFound(string id) => CommonErrors.NotFound("promotion_stack", id);

    internal static ApiError InvalidTier(string details) => new(400, "invalid_promotion_tier", "Invalid promotion tier", details);

    internal static ApiError? InvalidTier(IReadOnlyList<Engine.Validation.FieldError> faults) =>
        Check.Definition(faults, "invalid_promotion_tier", "Invalid promotion tier");

    internal static ApiError NotAPromotion(string name) => InvalidTier($"Campaign {name} is not a promotion.");
}
