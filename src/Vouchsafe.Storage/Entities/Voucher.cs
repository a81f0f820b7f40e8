namespace Vouchsafe.Storage.Entities;

/// <summary>A discount coupon, gift card or loyalty card. What changes with use lives in <see cref="Counter"/> rows.</summary>
public sealed class Voucher
{
    /// <summary>Id, <c>v_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>The code as it was written.</summary>
    public required string Code { get; init; }
    /// <summary>
    /// The code in the form in which it is unique (<see cref="Project.CodeKey"/>). A code in the bin keeps its key, so it
    /// is not given out again until it is removed for good.
    /// </summary>
    public required string CodeKey { get; set; }
    /// <summary>What it is.</summary>
    public required VoucherType Type { get; init; }
    /// <summary>The discount's definition as JSON in wire form; null for cards.</summary>
    public string? DiscountJson { get; set; }
    /// <summary>The gift card's definition as JSON in wire form, without what changes with use.</summary>
    public string? GiftJson { get; set; }
    /// <summary>Credits (of a loyalty card: points) it was made with; the balance is a counter.</summary>
    public long? GiftAmount { get; set; }
    /// <summary>Campaign id.</summary>
    public string? CampaignId { get; init; }
    /// <summary>Category name.</summary>
    public string? Category { get; set; }
    /// <summary>Category id.</summary>
    public string? CategoryId { get; set; }
    /// <summary>From when it may be used.</summary>
    public DateTimeOffset? StartDate { get; set; }
    /// <summary>Until when it may be used.</summary>
    public DateTimeOffset? ExpirationDate { get; set; }
    /// <summary><c>validity_timeframe</c> as JSON.</summary>
    public string? ValidityTimeframeJson { get; set; }
    /// <summary><c>validity_day_of_week</c> as JSON.</summary>
    public string? ValidityDayOfWeekJson { get; set; }
    /// <summary><c>validity_hours</c> as JSON.</summary>
    public string? ValidityHoursJson { get; set; }
    /// <summary>Disabled vouchers are refused.</summary>
    public bool Active { get; set; } = true;
    /// <summary>Free text.</summary>
    public string? AdditionalInfo { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>How often it may be redeemed; null: without limit. The count is a counter.</summary>
    public long? RedemptionQuantity { get; set; }
    /// <summary>The customer it was given to.</summary>
    public string? HolderId { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
    /// <summary>When it was put into the bin.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>Kinds of vouchers.</summary>
public enum VoucherType : short
{
    /// <summary><c>DISCOUNT_VOUCHER</c>.</summary>
    Discount = 1,
    /// <summary><c>GIFT_VOUCHER</c>.</summary>
    Gift = 2,
    /// <summary><c>LOYALTY_CARD</c>.</summary>
    Loyalty = 3,
}

/// <summary>A movement of credits or points on a card.</summary>
public sealed class VoucherTransaction
{
    /// <summary>Id, <c>vtx_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Card.</summary>
    public required string VoucherId { get; init; }
    /// <summary>
    /// Wire name: <c>CREDITS_ADDITION</c>, <c>CREDITS_REMOVAL</c>, <c>CREDITS_REDEMPTION</c>, <c>CREDITS_REFUND</c>; the same with
    /// <c>POINTS_</c>, and <c>POINTS_ACCRUAL</c>.
    /// </summary>
    public required string Type { get; init; }
    /// <summary>Caller's own id of the movement.</summary>
    public string? SourceId { get; init; }
    /// <summary>Caller's reason.</summary>
    public string? Reason { get; init; }
    /// <summary>What moved, in minor units; negative when spent.</summary>
    public required long Amount { get; init; }
    /// <summary>Balance after it, filled in by the ledger.</summary>
    public long Balance { get; set; }
    /// <summary>All credits ever loaded, after it.</summary>
    public long Total { get; set; }
    /// <summary>Redemption or rollback that caused it.</summary>
    public string? RelatedId { get; init; }
    /// <summary>Order whose payment caused it.</summary>
    public string? OrderId { get; init; }
    /// <summary>Earning rule that caused it.</summary>
    public string? EarningRuleId { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A voucher given to a customer.</summary>
public sealed class Publication
{
    /// <summary>Id, <c>pub_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Voucher; the first one, if there are several.</summary>
    public required string VoucherId { get; init; }
    /// <summary>All vouchers, a JSON array of ids.</summary>
    public string VoucherIdsJson { get; init; } = "[]";
    /// <summary>Holder.</summary>
    public required string CustomerId { get; init; }
    /// <summary>Caller's own id of the publication.</summary>
    public string? SourceId { get; init; }
    /// <summary>How it was sent.</summary>
    public required string Channel { get; init; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; init; } = "{}";
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A resource in the bin.</summary>
public sealed class TrashEntry
{
    /// <summary>Id, <c>tbe_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Wire name of the kind of resource, such as <c>voucher</c>.</summary>
    public required string ResourceType { get; init; }
    /// <summary>Its id.</summary>
    public required string ResourceId { get; init; }
    /// <summary>Its name or code.</summary>
    public required string ResourceName { get; init; }
    /// <summary>Its parent's name, such as the campaign's.</summary>
    public string? ParentResourceName { get; init; }
    /// <summary>When it was put there.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
