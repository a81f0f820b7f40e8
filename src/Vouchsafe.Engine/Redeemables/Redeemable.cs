using System.Text.Json;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Redeemables;

/// <summary>What kind of thing a redeemable is.</summary>
public enum RedeemableKind
{
    /// <summary>A discount code.</summary>
    Voucher,

    /// <summary>A gift card.</summary>
    GiftCard,

    /// <summary>A loyalty card.</summary>
    LoyaltyCard,

    /// <summary>One tier of a promotion campaign.</summary>
    PromotionTier,

    /// <summary>A promotion stack, not taken apart into its tiers.</summary>
    PromotionStack,
}

/// <summary>Everything the engine needs to know about one thing a request wants to redeem, at one instant.</summary>
public sealed record Redeemable
{
    /// <summary>What it is.</summary>
    public required RedeemableKind Kind { get; init; }

    /// <summary>What the request calls it: the code, or the tier's id. Reasons name it so.</summary>
    public required string Id { get; init; }

    /// <summary>The stored resource's id; wishes name it so. Null only for <see cref="Unusable"/> ones.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Known before evaluating that it cannot be used, for example <see cref="Reasons.NotFound"/>; everything else is then ignored.</summary>
    public Reason? Unusable { get; init; }

    /// <summary>What it gives.</summary>
    public Benefit Benefit { get; init; } = NoBenefit.Instance;

    /// <summary>When it may be used.</summary>
    public Availability Availability { get; init; } = Availability.Always;

    /// <summary>When its campaign may be used; null when it has none.</summary>
    public Availability? CampaignAvailability { get; init; }

    /// <summary>How often it may be used.</summary>
    public Usage Usage { get; init; } = Usage.Unlimited;

    /// <summary>Its stacking categories.</summary>
    public IReadOnlyList<RedeemableCategory> Categories { get; init; } = [];

    /// <summary>Its validation rules, the campaign's included; all must hold.</summary>
    public IReadOnlyList<ValidationRule> Rules { get; init; } = [];

    /// <summary>The campaign it belongs to.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The customer to whom it was published.</summary>
    public string? HolderId { get; init; }

    /// <summary>True for the code of a referral program: its holder passes it on and cannot use it.</summary>
    public bool IsReferralCode { get; init; }

    /// <summary>How often it was published.</summary>
    public long PublishCount { get; init; }

    /// <summary>Its metadata object; undefined when there is none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Metadata of its last publication; undefined when there is none.</summary>
    public JsonElement PublicationMetadata { get; init; }

    /// <summary>A redeemable that is known not to be usable.</summary>
    public static Redeemable Refused(RedeemableKind kind, string id, Reason reason) =>
        new() { Kind = kind, Id = id, Unusable = reason };
}

/// <summary>A stacking category.</summary>
/// <param name="Id">The category's id.</param>
/// <param name="Hierarchy">Lower comes first.</param>
public sealed record RedeemableCategory(string Id, int Hierarchy);

/// <summary>Uses of a redeemable.</summary>
/// <param name="Quantity">Most uses; null means no limit.</param>
/// <param name="Redeemed">Uses made, less rollbacks.</param>
/// <param name="Held">Uses that locks of other sessions hold. The asking session's own lock does not count.</param>
public sealed record Usage(long? Quantity, long Redeemed, long Held)
{
    /// <summary>No limit, not used yet.</summary>
    public static readonly Usage Unlimited = new(null, 0, 0);

    /// <summary>True when one more use fits.</summary>
    public bool HasRoom => Quantity is not { } most || Redeemed + Held < most;
}

/// <summary>What a redeemable gives. A closed set: only the records in this file derive from it.</summary>
public abstract record Benefit
{
    private protected Benefit()
    {
    }
}

/// <summary>Nothing that changes the order.</summary>
public sealed record NoBenefit : Benefit
{
    /// <summary>The one instance.</summary>
    public static readonly NoBenefit Instance = new();

    private NoBenefit()
    {
    }
}

/// <summary>A discount.</summary>
/// <param name="Discount">What it takes off.</param>
public sealed record DiscountBenefit(Discount Discount) : Benefit;

/// <summary>Credits of a gift card.</summary>
/// <param name="Balance">Credits on the card, minor units.</param>
public sealed record GiftBenefit(long Balance) : Benefit
{
    /// <summary>Credits that locks of other sessions hold.</summary>
    public long Held { get; init; }

    /// <summary>Credits the request asks for; null means as many as the order needs.</summary>
    public long? RequestedCredits { get; init; }

    /// <summary>True for APPLY_TO_ITEMS: only applicable items may be paid; false for APPLY_TO_ORDER.</summary>
    public bool ApplyToItems { get; init; }

    /// <summary>Credits that can be spent now.</summary>
    public long Available => Math.Max(0, Balance - Held);
}

/// <summary>Points of a loyalty card.</summary>
/// <param name="Balance">Points on the card.</param>
public sealed record PointsBenefit(long Balance) : Benefit
{
    /// <summary>Points that locks of other sessions hold.</summary>
    public long Held { get; init; }

    /// <summary>Points the request wants to spend; null means as many as the order needs.</summary>
    public long? RequestedPoints { get; init; }

    /// <summary>What they are to be spent on; null when the request names nothing.</summary>
    public PointsReward? Reward { get; init; }

    /// <summary>Points that can be spent now.</summary>
    public long Available => Math.Max(0, Balance - Held);
}
