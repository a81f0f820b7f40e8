namespace Vouchsafe.Storage.Entities;

/// <summary>A campaign: what its codes or tiers have in common. Its codes are vouchers with its id.</summary>
public sealed class Campaign
{
    /// <summary>Id, <c>camp_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name, unique in the project among campaigns that are not in the bin.</summary>
    public required string Name { get; set; }
    /// <summary>Free text.</summary>
    public string? Description { get; set; }
    /// <summary>Kind.</summary>
    public required CampaignType CampaignType { get; init; }
    /// <summary>How it grows.</summary>
    public required CampaignMode Mode { get; set; }
    /// <summary>Voucher template as JSON in wire form (type, discount or gift, redemption, code_config); null for promotions.</summary>
    public string? VoucherJson { get; set; }
    /// <summary><c>referral_program</c> as JSON; null for other campaigns.</summary>
    public string? ReferralProgramJson { get; set; }
    /// <summary>New customers get a code at once.</summary>
    public bool AutoJoin { get; set; }
    /// <summary>A customer gets one code at most.</summary>
    public bool JoinOnce { get; set; }
    /// <summary>Vouchers follow the voucher metadata schema.</summary>
    public bool UseVoucherMetadataSchema { get; set; }
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
    /// <summary>ISO 8601 duration for which a code lives once published.</summary>
    public string? ActivityDurationAfterPublishing { get; set; }
    /// <summary>Disabled campaigns refuse their codes and tiers.</summary>
    public bool Active { get; set; } = true;
    /// <summary>Category id.</summary>
    public string? CategoryId { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>Guarded against changes by others; always false for now.</summary>
    public bool Protected { get; set; }
    /// <summary>How the making of its codes goes.</summary>
    public GenerationStatus Generation { get; set; } = GenerationStatus.Done;
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
    /// <summary>When it was put into the bin.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>Kinds of campaigns; the wire names are these in upper snake case.</summary>
public enum CampaignType : short
{
    /// <summary>Discount codes.</summary>
    DiscountCoupons = 1,
    /// <summary>Gift cards.</summary>
    GiftVouchers = 2,
    /// <summary>Discounts without codes, in tiers.</summary>
    Promotion = 3,
    /// <summary>Points.</summary>
    LoyaltyProgram = 4,
    /// <summary>Codes that customers pass on.</summary>
    ReferralProgram = 5,
}

/// <summary>How a campaign grows; the wire names are these in upper snake case.</summary>
public enum CampaignMode : short
{
    /// <summary>A publication that finds no free code makes one.</summary>
    AutoUpdate = 1,
    /// <summary>It has the codes that were ordered and runs dry.</summary>
    Static = 2,
    /// <summary>One generic code.</summary>
    Standalone = 3,
}

/// <summary>State of work in the background; the wire names are these in upper snake case.</summary>
public enum GenerationStatus : short
{
    /// <summary>Nothing is to do.</summary>
    Done = 1,
    /// <summary>Codes are being made.</summary>
    InProgress = 2,
    /// <summary>It stopped; the action tells why.</summary>
    Failed = 3,
    /// <summary>Codes are being changed.</summary>
    Modifying = 4,
}

/// <summary>A discount of a promotion campaign.</summary>
public sealed class PromotionTier
{
    /// <summary>Id, <c>promo_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Campaign.</summary>
    public required string CampaignId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; set; }
    /// <summary>What customers read.</summary>
    public string? Banner { get; set; }
    /// <summary>The discount's definition as JSON in wire form.</summary>
    public required string DiscountJson { get; set; }
    /// <summary>Rank in the campaign, from 1; lower comes first.</summary>
    public required int Hierarchy { get; set; }
    /// <summary>Disabled tiers are refused.</summary>
    public bool Active { get; set; } = true;
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
    /// <summary>Category id.</summary>
    public string? CategoryId { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>Tiers that are applied together, in their order.</summary>
public sealed class PromotionStack
{
    /// <summary>Id, <c>stack_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Campaign.</summary>
    public required string CampaignId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; set; }
    /// <summary>Ids of its tiers, in the order in which they are applied.</summary>
    public List<string> TierIds { get; set; } = [];
    /// <summary>Category id.</summary>
    public string? CategoryId { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>A project's stacking rules; a project without a row has the defaults.</summary>
public sealed class StackingRulesEntry
{
    /// <summary>Id, <c>stk_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project; at most one row each.</summary>
    public required string ProjectId { get; init; }
    /// <summary>The rules as JSON in wire form, complete.</summary>
    public required string RulesJson { get; set; }
    /// <summary>When they were made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When they were last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>Work that a request started and a worker finishes.</summary>
public sealed class AsyncAction
{
    /// <summary>Id, <c>aa_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Wire name of the kind of work, such as <c>CAMPAIGN_VOUCHERS_GENERATION</c>.</summary>
    public required string Type { get; init; }
    /// <summary>How it goes.</summary>
    public required AsyncActionStatus Status { get; set; }
    /// <summary>The resource that is worked on.</summary>
    public required string ResourceId { get; init; }
    /// <summary>What was asked, as JSON; nothing once it is over, as it may speak of people.</summary>
    public required string RequestJson { get; set; }
    /// <summary>What came of it, as JSON.</summary>
    public string? ResultJson { get; set; }
    /// <summary>Units of work in all.</summary>
    public required long Total { get; set; }
    /// <summary>Units done so far; a worker that takes over goes on from here.</summary>
    public long Processed { get; set; }
    /// <summary>Until when a worker has it for itself.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
    /// <summary>When it was asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it last moved.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>State of an <see cref="AsyncAction"/>; the wire names are these in upper snake case.</summary>
public enum AsyncActionStatus : short
{
    /// <summary>Nobody works on it yet.</summary>
    Accepted = 1,
    /// <summary>A worker has it.</summary>
    InProgress = 2,
    /// <summary>Done.</summary>
    Done = 3,
    /// <summary>It cannot be done.</summary>
    Failed = 4,
}
