using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>One of the <c>redeemables</c> of a request: what is to be used.</summary>
internal sealed record RedeemableReference
{
    internal const string Voucher = "voucher";
    internal const string PromotionTier = "promotion_tier";
    internal const string PromotionStack = "promotion_stack";

    public string? Object { get; init; }
    public string? Id { get; init; }
    public GiftInfo? Gift { get; init; }
    public RewardInfo? Reward { get; init; }

    /// <summary>Credits to spend of a gift card, in minor units.</summary>
    internal sealed record GiftInfo(long? Credits);

    /// <summary>What the points of a loyalty card are to be spent on, and how many of them; null: as many as it takes.</summary>
    internal sealed record RewardInfo(string? Id, long? Points)
    {
        internal ApiError? Problem(string path) =>
            (string.IsNullOrEmpty(Id) ? CommonErrors.InvalidPayload($"{path}.id is required.") : null)
            ?? Check.Text(Id, path + ".id") ?? Check.Range(Points, path + ".points", 1);
    }

    /// <summary>What is wrong with it; null: nothing.</summary>
    /// <param name="path">Where it stands in the body.</param>
    internal ApiError? Problem(string path) =>
        (string.IsNullOrEmpty(Object) ? CommonErrors.InvalidPayload($"{path}.object is required.") : null)
        ?? Check.OneOf(Object, path + ".object", Voucher, "gift_card", "loyalty_card", PromotionTier, PromotionStack)
        ?? (string.IsNullOrEmpty(Id) ? CommonErrors.InvalidPayload($"{path}.id is required.") : null)
        ?? Check.Text(Id, path + ".id") ?? Check.Range(Gift?.Credits, path + ".gift.credits", 1) ?? Reward?.Problem(path + ".reward");
}
