using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine;

/// <summary>The catalogue of every reason the engine gives. Keys and messages are Voucherify's.</summary>
public static class Reasons
{
    /// <summary>The redeemable does not exist.</summary>
    public static Reason NotFound(string type, string id) =>
        new(404, "not_found", "Resource not found", $"Cannot find {type} with id {id}") { ResourceId = id, ResourceType = type };

    /// <summary>The voucher is switched off.</summary>
    public static Reason VoucherDisabled(string code) => new(400, "voucher_disabled", "voucher is disabled", code);

    /// <summary>The voucher's start date lies ahead.</summary>
    public static Reason VoucherNotActive(string code) => new(400, "voucher_not_active", "voucher is not active yet", code);

    /// <summary>The voucher's expiration date has passed.</summary>
    public static Reason VoucherExpired(string code) => new(400, "voucher_expired", "voucher expired", code);

    /// <summary>Outside the voucher's recurring time frame, days of the week or hours.</summary>
    public static Reason VoucherNotActiveNow(string code) => new(400, "voucher_not_active_now", "voucher not active now", code);

    /// <summary>The promotion tier is switched off.</summary>
    public static Reason PromotionInactive(string id) =>
        new(400, "promotion_inactive", "Inactive Promotion", $"Promotion Tier with id: {id} is disabled.");

    /// <summary>The promotion tier is before its start, after its end or outside its time frame.</summary>
    public static Reason PromotionNotActiveNow(string id) =>
        new(400, "promotion_not_active_now", "Promotion not active now", $"Promotion Tier with id: {id} is not active now.");

    /// <summary>All uses are taken or held by locks.</summary>
    public static Reason QuantityExceeded(string code) => new(400, "quantity_exceeded", "quantity exceeded", code);

    /// <summary>The card holds less than what was asked, or nothing.</summary>
    public static Reason GiftAmountExceeded(string code) => new(400, "gift_amount_exceeded", "gift amount exceeded", code);

    /// <summary>The loyalty card holds fewer points than what was asked.</summary>
    public static Reason LoyaltyCardPointsExceeded(string code) =>
        new(400, "loyalty_card_points_exceeded", "loyalty card points exceeded", code);

    /// <summary>Fewer points than one exchange takes.</summary>
    public static Reason TooFewPoints(long exchange) =>
        new(400, "invalid_points", "Invalid points", $"The points to spend must be at least {exchange}, what one exchange takes");

    /// <summary>Points buy something, and the request does not say what.</summary>
    public static Reason MissingReward() =>
        new(400, "missing_reward", "Missing reward", "A reward is required when redeeming a LOYALTY_CARD");

    /// <summary>Somebody else's loyalty card.</summary>
    public static Reason NotTheCardsHolder(string code) =>
        new(400, "invalid_customer", "Customer must be a holder of a loyalty card.", code);

    /// <summary>A referral code, used by the one who is to pass it on.</summary>
    public static Reason ReferrerNotPermitted(string code) =>
        new(400, "referrer_not_permitted_to_redeem", "voucher cannot be redeemed by referrer", code);

    /// <summary>The redeemable pays for an order, and the request has none.</summary>
    public static Reason MissingOrder(string what) =>
        new(400, "missing_order", "Missing order", $"An order is required to redeem this {what}");

    /// <summary>The order names neither an amount nor items with amounts.</summary>
    public static Reason MissingAmount(string what) =>
        new(400, "missing_amount", "Missing amount", $"An order amount is required to redeem this {what}");

    /// <summary>No item that the redeemable applies to carries an amount.</summary>
    public static Reason MissingOrderItemsAmount(string what) =>
        new(400, "missing_order_items_amount", "Missing applicable order items",
            $"At least one applicable order item with amount is required to redeem this {what}");

    /// <summary>An amount of the order is negative or passes the largest amount.</summary>
    public static Reason InvalidAmount(string property) =>
        new(400, "invalid_amount", "Invalid amount", $"Property {property} has to be a non-negative integer of at most {Money.Minor.Max}");

    /// <summary>A validation rule asks about the customer, and the request names none.</summary>
    public static Reason MissingCustomer() => new(400, "missing_customer", "Missing customer", "Customer is required to validate rules");

    /// <summary>The same redeemable stands twice in one request.</summary>
    public static Reason DuplicatedRedeemables() =>
        new(400, "duplicated_redeemables", "Duplicated redeemables detected", "Duplicated redeemables detected in one redemption");

    /// <summary>More redeemables in one request than the stacking rules admit.</summary>
    public static Reason RedeemablesLimitExceeded(int limit) =>
        new(400, "invalid_payload", "Invalid payload", $"Property .redeemables should NOT have more than {limit} items");

    /// <summary>The request names no redeemable.</summary>
    public static Reason NoRedeemables() =>
        new(400, "invalid_payload", "Invalid payload", "Property .redeemables should NOT have fewer than 1 items");

    /// <summary>A promotion stack stands beside other redeemables.</summary>
    public static Reason PromotionStackNotAlone() =>
        new(400, "invalid_redeemables", "Invalid redeemables", "Promotion Stack cannot be use with other redeemables");

    /// <summary>Mode ALL: an earlier redeemable was refused.</summary>
    public static Reason PrecedingValidationFailed() =>
        new(400, "preceding_validation_failed", "Redeemable cannot be applied due to preceding validation failure");

    /// <summary>Enough redeemables are applied already.</summary>
    public static Reason ApplicableLimit() =>
        new(400, "applicable_redeemables_limit_exceeded", "Applicable redeemables limit exceeded");

    /// <summary>Enough redeemables of one category are applied already.</summary>
    public static Reason ApplicablePerCategoryLimit() =>
        new(400, "applicable_redeemables_per_category_limit_exceeded", "Applicable redeemables limit per category exceeded");

    /// <summary>Enough redeemables of exclusive categories are applied already.</summary>
    public static Reason ApplicableExclusiveLimit() =>
        new(400, "applicable_exclusive_redeemables_limit_exceeded", "Applicable exclusive redeemables limit exceeded");

    /// <summary>Enough redeemables of one exclusive category are applied already.</summary>
    public static Reason ApplicableExclusivePerCategoryLimit() =>
        new(400, "applicable_exclusive_redeemables_per_category_limit_exceeded",
            "Applicable exclusive redeemables limit per category exceeded");

    /// <summary>An exclusive redeemable keeps this one out.</summary>
    public static Reason ExclusionRulesNotMet() =>
        new(400, "exclusion_rules_not_met", "Redeemable cannot be applied due to exclusion rules");

    /// <summary>The redeemable would change nothing, and the stacking rules skip such.</summary>
    public static Reason NoEffect() =>
        new(400, "no_effect", "Redeemable cannot be applied due to no effect");

    /// <summary>A validation rule was not met.</summary>
    internal static Reason RulesViolated(RuleFamily family, RedeemableKind kind, IReadOnlyList<string> ruleIds)
    {
        var what = family switch
        {
            RuleFamily.Order => "order",
            RuleFamily.Customer => "customer",
            RuleFamily.Redemption => "redemption",
        };
        return new Reason(400, $"{what}_rules_violated", $"{what} does not match validation rules",
            $"{Name(kind)} cannot be redeemed because of violated validation rules: {string.Join(", ", ruleIds)}");
    }

    internal static string WireType(RedeemableKind kind) => kind switch
    {
        RedeemableKind.Voucher => "DISCOUNT_VOUCHER",
        RedeemableKind.GiftCard => "GIFT_VOUCHER",
        RedeemableKind.LoyaltyCard => "LOYALTY_CARD",
        RedeemableKind.PromotionTier => "PROMOTION_TIER",
        RedeemableKind.PromotionStack => "PROMOTION_STACK",
    };

    private static string Name(RedeemableKind kind) => kind switch
    {
        RedeemableKind.Voucher => "Discount Coupon",
        RedeemableKind.GiftCard => "Gift Card",
        RedeemableKind.LoyaltyCard => "Loyalty Card",
        RedeemableKind.PromotionTier => "Promotion Tier",
        RedeemableKind.PromotionStack => "Promotion Stack",
    };
}
