using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>A redeemable of a request with what it was found to be.</summary>
/// <param name="Redeemable">As the engine judges it.</param>
/// <param name="Object">Its kind on the wire: <c>voucher</c> or <c>promotion_tier</c>.</param>
internal sealed record Resolved(Redeemable Redeemable, string Object)
{
    /// <summary>The voucher; null for tiers and for what was not found.</summary>
    internal VoucherState? Voucher { get; init; }

    /// <summary>The tier; null for vouchers and for what was not found.</summary>
    internal PromotionTier? Tier { get; init; }

    /// <summary>The stack through which the tier came.</summary>
    internal PromotionStack? Stack { get; init; }

    internal Campaign? Campaign { get; init; }

    /// <summary>What the points of a loyalty card are spent on.</summary>
    internal Reward? Reward { get; init; }

    /// <summary>What makes the reward one of the card's program.</summary>
    internal RewardAssignment? RewardAssignment { get; init; }

    internal IReadOnlyList<Category> Categories { get; init; } = [];

    internal IReadOnlyList<ValidationRuleAssignment> Assignments { get; init; } = [];

    /// <summary>When the resource was made.</summary>
    internal DateTimeOffset? CreatedAt => Voucher?.Voucher.CreatedAt ?? Tier?.CreatedAt;

    /// <summary>Its metadata as JSON.</summary>
    internal string MetadataJson => Voucher?.Voucher.MetadataJson ?? Tier?.MetadataJson ?? "{}";
}
