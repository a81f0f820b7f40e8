namespace Vouchsafe.Dashboard.Pages.Redemptions;

/// <summary>A redemption or rollback on the wire.</summary>
public sealed record RedemptionView(
    string Id, string Object, DateTimeOffset? Date, string Result, string? Status, string? FailureCode, string? FailureMessage, string? Reason, string? Redemption,
    long? Amount, RedemptionOrder? Order, RedemptionCustomer? Customer, RedemptionChannel? Channel, string? RelatedObjectType, string? RelatedObjectId, RedemptionVoucher? Voucher,
    RedemptionTier? PromotionTier)
{
    /// <summary>Whether it takes another one back.</summary>
    public bool IsRollback => Object == "redemption_rollback";

    /// <summary>Whether several were redeemed together under it.</summary>
    public bool IsStack => !IsRollback && RelatedObjectType == "redemption";

    /// <summary>The redemption that it was made together with others under; null: it stands alone.</summary>
    public string? Stack => IsRollback ? null : Redemption;

    /// <summary>Whether it can be taken back, by itself.</summary>
    public bool CanBeRolledBack => !IsRollback && Result == "SUCCESS" && Status != "ROLLED_BACK" && Stack is null;

    /// <summary>What was redeemed, in words.</summary>
    public string What => Voucher?.Code ?? PromotionTier?.Banner ?? PromotionTier?.Name ?? (RelatedObjectType == "redemption" ? "several together" : RelatedObjectId ?? "–");
}

/// <summary>The order of a redemption.</summary>
public sealed record RedemptionOrder(
    string? Id, string? SourceId, string? Status, long? InitialAmount, long? Amount, long? TotalDiscountAmount, long? TotalAppliedDiscountAmount, long? TotalAmount, IReadOnlyList<RedemptionItem>? Items);

/// <summary>A line of it.</summary>
public sealed record RedemptionItem(string? ProductId, string? SkuId, string? SourceId, int? Quantity, long? Price, long? Amount, long? DiscountAmount, long? AppliedDiscountAmount, RedemptionProduct? Product);

/// <summary>The product's own words.</summary>
public sealed record RedemptionProduct(string? Name);

/// <summary>Who bought.</summary>
public sealed record RedemptionCustomer(string? Id, string? SourceId, string? Name, string? Email)
{
    /// <summary>The best name there is.</summary>
    public string Label => Name ?? SourceId ?? Email ?? Id ?? "–";
}

/// <summary>Where it came from.</summary>
public sealed record RedemptionChannel(string? ChannelId, string? ChannelType);

/// <summary>The voucher.</summary>
public sealed record RedemptionVoucher(string? Id, string Code, string? Type, string? Campaign);

/// <summary>The tier.</summary>
public sealed record RedemptionTier(string? Id, string? Name, string? Banner);
