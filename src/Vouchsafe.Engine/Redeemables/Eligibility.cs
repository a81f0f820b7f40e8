using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Redeemables;

/// <summary>Everything that can stand in a redeemable's way before its effect is calculated.</summary>
internal static class Eligibility
{
    /// <summary>The first obstacle, in a fixed order: existence, own dates, the campaign's dates, uses, holder, credits; null when there is none.</summary>
    public static Reason? Check(Redeemable redeemable, OrderState? order, EvaluationContext context, DateTimeOffset now)
    {
        if (redeemable.Unusable is { } known)
            return known;
        if (Dates(redeemable, redeemable.Availability, context, now) is { } own)
            return own;
        if (redeemable.CampaignAvailability is { } campaign && Dates(redeemable, campaign, context, now) is { } inherited)
            return inherited;
        if (!redeemable.Usage.HasRoom)
            return Reasons.QuantityExceeded(redeemable.Id);
        if (Holder(redeemable, context) is { } stranger)
            return stranger;
        return redeemable.Benefit switch
        {
            GiftBenefit gift => GiftPayment.Check(gift, redeemable.Id, order),
            // A qualification asks whether the card is of use to the customer; what for is chosen later.
            PointsBenefit { Reward: null } when context.RuleReach != RuleReach.Everything => null,
            PointsBenefit points => PointsPayment.Check(points, redeemable.Id, order),
            _ => null,
        };
    }

    private static Reason? Holder(Redeemable redeemable, EvaluationContext context)
    {
        if (redeemable.HolderId is not { } holder || context.Customer is not { } customer)
            return null;
        if (redeemable.IsReferralCode && customer.Id == holder)
            return Reasons.ReferrerNotPermitted(redeemable.Id);
        return redeemable.Kind == RedeemableKind.LoyaltyCard && customer.Id != holder ? Reasons.NotTheCardsHolder(redeemable.Id) : null;
    }

    private static Reason? Dates(Redeemable redeemable, Availability availability, EvaluationContext context, DateTimeOffset now)
    {
        var verdict = AvailabilityCheck.Judge(availability, now, context.TimeZone);
        var id = redeemable.Id;
        return redeemable.Kind is RedeemableKind.PromotionTier or RedeemableKind.PromotionStack
            ? verdict switch
            {
                AvailabilityVerdict.Open => null,
                AvailabilityVerdict.Disabled => Reasons.PromotionInactive(id),
                AvailabilityVerdict.NotYet or AvailabilityVerdict.Over or AvailabilityVerdict.NotNow => Reasons.PromotionNotActiveNow(id),
            }
            : verdict switch
            {
                AvailabilityVerdict.Open => null,
                AvailabilityVerdict.Disabled => Reasons.VoucherDisabled(id),
                AvailabilityVerdict.NotYet => Reasons.VoucherNotActive(id),
                AvailabilityVerdict.Over => Reasons.VoucherExpired(id),
                AvailabilityVerdict.NotNow => Reasons.VoucherNotActiveNow(id),
            };
    }
}
