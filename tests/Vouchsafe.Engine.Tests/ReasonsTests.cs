using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests;

/// <summary>Keys and messages are part of the wire: shops branch on them.</summary>
public class ReasonsTests
{
    public static TheoryData<Reason, string, string, string?> Catalogue => new()
    {
        { Reasons.VoucherDisabled("C"), "voucher_disabled", "voucher is disabled", "C" },
        { Reasons.VoucherNotActive("C"), "voucher_not_active", "voucher is not active yet", "C" },
        { Reasons.VoucherExpired("C"), "voucher_expired", "voucher expired", "C" },
        { Reasons.VoucherNotActiveNow("C"), "voucher_not_active_now", "voucher not active now", "C" },
        { Reasons.PromotionInactive("promo_1"), "promotion_inactive", "Inactive Promotion", "Promotion Tier with id: promo_1 is disabled." },
        { Reasons.PromotionNotActiveNow("promo_1"), "promotion_not_active_now", "Promotion not active now", "Promotion Tier with id: promo_1 is not active now." },
        { Reasons.QuantityExceeded("C"), "quantity_exceeded", "quantity exceeded", "C" },
        { Reasons.GiftAmountExceeded("C"), "gift_amount_exceeded", "gift amount exceeded", "C" },
        { Reasons.LoyaltyCardPointsExceeded("C"), "loyalty_card_points_exceeded", "loyalty card points exceeded", "C" },
        { Reasons.TooFewPoints(100), "invalid_points", "Invalid points", "The points to spend must be at least 100, what one exchange takes" },
        { Reasons.MissingReward(), "missing_reward", "Missing reward", "A reward is required when redeeming a LOYALTY_CARD" },
        { Reasons.NotTheCardsHolder("C"), "invalid_customer", "Customer must be a holder of a loyalty card.", "C" },
        { Reasons.ReferrerNotPermitted("C"), "referrer_not_permitted_to_redeem", "voucher cannot be redeemed by referrer", "C" },
        { Reasons.MissingOrder("GIFT_VOUCHER"), "missing_order", "Missing order", "An order is required to redeem this GIFT_VOUCHER" },
        { Reasons.MissingAmount("GIFT_VOUCHER"), "missing_amount", "Missing amount", "An order amount is required to redeem this GIFT_VOUCHER" },
        { Reasons.MissingOrderItemsAmount("GIFT_VOUCHER"), "missing_order_items_amount", "Missing applicable order items", "At least one applicable order item with amount is required to redeem this GIFT_VOUCHER" },
        { Reasons.InvalidAmount(".order.amount"), "invalid_amount", "Invalid amount", "Property .order.amount has to be a non-negative integer of at most 9007199254740991" },
        { Reasons.MissingCustomer(), "missing_customer", "Missing customer", "Customer is required to validate rules" },
        { Reasons.DuplicatedRedeemables(), "duplicated_redeemables", "Duplicated redeemables detected", "Duplicated redeemables detected in one redemption" },
        { Reasons.RedeemablesLimitExceeded(30), "invalid_payload", "Invalid payload", "Property .redeemables should NOT have more than 30 items" },
        { Reasons.NoRedeemables(), "invalid_payload", "Invalid payload", "Property .redeemables should NOT have fewer than 1 items" },
        { Reasons.PromotionStackNotAlone(), "invalid_redeemables", "Invalid redeemables", "Promotion Stack cannot be use with other redeemables" },
        { Reasons.PrecedingValidationFailed(), "preceding_validation_failed", "Redeemable cannot be applied due to preceding validation failure", null },
        { Reasons.ApplicableLimit(), "applicable_redeemables_limit_exceeded", "Applicable redeemables limit exceeded", null },
        { Reasons.ApplicablePerCategoryLimit(), "applicable_redeemables_per_category_limit_exceeded", "Applicable redeemables limit per category exceeded", null },
        { Reasons.ApplicableExclusiveLimit(), "applicable_exclusive_redeemables_limit_exceeded", "Applicable exclusive redeemables limit exceeded", null },
        { Reasons.ApplicableExclusivePerCategoryLimit(), "applicable_exclusive_redeemables_per_category_limit_exceeded", "Applicable exclusive redeemables limit per category exceeded", null },
        { Reasons.ExclusionRulesNotMet(), "exclusion_rules_not_met", "Redeemable cannot be applied due to exclusion rules", null },
        { Reasons.NoEffect(), "no_effect", "Redeemable cannot be applied due to no effect", null },
    };

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void EveryReason_HasTheKeyAndTheWordsOfTheWire(Reason reason, string key, string message, string? details) =>
        Assert.Equal((400, key, message, details), (reason.Code, reason.Key, reason.Message, reason.Details));

    [Fact]
    public void NotFound_NamesWhatWasLookedFor()
    {
        var reason = Reasons.NotFound("voucher", "NONE");
        Assert.Equal((404, "not_found", "Resource not found", "Cannot find voucher with id NONE"), (reason.Code, reason.Key, reason.Message, reason.Details));
        Assert.Equal(("NONE", "voucher"), (reason.ResourceId, reason.ResourceType));
    }

    [Theory]
    [InlineData(RedeemableKind.Voucher, "Discount Coupon", "DISCOUNT_VOUCHER")]
    [InlineData(RedeemableKind.GiftCard, "Gift Card", "GIFT_VOUCHER")]
    [InlineData(RedeemableKind.LoyaltyCard, "Loyalty Card", "LOYALTY_CARD")]
    [InlineData(RedeemableKind.PromotionTier, "Promotion Tier", "PROMOTION_TIER")]
    [InlineData(RedeemableKind.PromotionStack, "Promotion Stack", "PROMOTION_STACK")]
    public void ARuleThatRefuses_IsNamedWithTheKindOfRedeemable(RedeemableKind kind, string name, string type)
    {
        var reason = Reasons.RulesViolated(RuleFamily.Redemption, kind, ["val_1", "val_2"]);
        Assert.Equal($"{name} cannot be redeemed because of violated validation rules: val_1, val_2", reason.Details);
        Assert.Equal(type, Reasons.WireType(kind));
    }

    [Fact]
    public void TheFirstReason_IsTheRequestsOwn_ThenARefusal_ThenASkip()
    {
        var skipped = new RedeemableResult { Redeemable = Given.Code("S", new AmountOff(1)), Status = RedeemableStatus.Skipped, Reason = Reasons.NoEffect() };
        var refused = skipped with { Status = RedeemableStatus.Inapplicable, Reason = Reasons.VoucherExpired("R") };
        var applied = skipped with { Status = RedeemableStatus.Applicable, Reason = null };
        Assert.Equal("voucher_expired", new Evaluation { Valid = false, Results = [applied, skipped, refused] }.FirstReason?.Key);
        Assert.Equal("no_effect", new Evaluation { Valid = false, Results = [applied, skipped] }.FirstReason?.Key);
        Assert.Equal("missing_reward", new Evaluation { Valid = false, Refused = Reasons.MissingReward(), Results = [refused] }.FirstReason?.Key);
        Assert.Null(new Evaluation { Valid = true, Results = [applied] }.FirstReason);
    }

    [Theory]
    [InlineData(DiscountEffect.ApplyToOrder, "APPLY_TO_ORDER")]
    [InlineData(DiscountEffect.ApplyToItemsProportionallyByQuantity, "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY")]
    public void WireNames_AreReadExactlyAsTheyAreWritten(DiscountEffect effect, string name)
    {
        Assert.Equal(name, WireNames.Of(effect));
        Assert.True(WireNames.TryParse<DiscountEffect>(name, out var read) && read == effect);
        Assert.All((string?[])[null, "", name.ToLowerInvariant(), name + " "], wrong => Assert.False(WireNames.TryParse<DiscountEffect>(wrong, out _)));
    }
}
