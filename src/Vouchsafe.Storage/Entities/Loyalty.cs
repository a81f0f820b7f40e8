namespace Vouchsafe.Storage.Entities;

/// <summary>What points buy.</summary>
public sealed class Reward
{
    /// <summary>Id, <c>rew_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; set; }
    /// <summary>Kind.</summary>
    public required RewardType Type { get; init; }
    /// <summary><c>parameters</c> as JSON in wire form.</summary>
    public required string ParametersJson { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>Kinds of rewards; the wire names are these in upper case.</summary>
public enum RewardType : short
{
    /// <summary>A code of a campaign.</summary>
    Campaign = 1,
    /// <summary>Points pay for an order.</summary>
    Coin = 2,
}

/// <summary>Says that the members of a loyalty program may have a reward, and what it costs them.</summary>
public sealed class RewardAssignment
{
    /// <summary>Id, <c>rewa_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Reward.</summary>
    public required string RewardId { get; init; }
    /// <summary>Loyalty program.</summary>
    public required string CampaignId { get; init; }
    /// <summary>Price in points; null where the reward has a rate of exchange.</summary>
    public long? Points { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>Says for what members of a loyalty program get points.</summary>
public sealed class EarningRule
{
    /// <summary>Id, <c>ern_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Loyalty program.</summary>
    public required string CampaignId { get; init; }
    /// <summary>Wire name of what earns points: <c>order.paid</c>.</summary>
    public required string Event { get; init; }
    /// <summary><c>loyalty</c> as JSON in wire form: how many points.</summary>
    public required string LoyaltyJson { get; set; }
    /// <summary><c>source.banner</c>: its name.</summary>
    public string? Banner { get; set; }
    /// <summary>Disabled rules give nothing.</summary>
    public bool Active { get; set; } = true;
    /// <summary>From when it gives points.</summary>
    public DateTimeOffset? StartDate { get; set; }
    /// <summary>Until when it gives points.</summary>
    public DateTimeOffset? ExpirationDate { get; set; }
    /// <summary><c>validity_timeframe</c> as JSON.</summary>
    public string? ValidityTimeframeJson { get; set; }
    /// <summary><c>validity_day_of_week</c> as JSON.</summary>
    public string? ValidityDayOfWeekJson { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>An order that became PAID, written with it; it is gone once its points are given.</summary>
public sealed class PaidOrder
{
    /// <summary>Id, <c>paid_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Order.</summary>
    public required string OrderId { get; init; }
    /// <summary>Who paid.</summary>
    public required string CustomerId { get; init; }
    /// <summary>The order's amount before discounts, in minor units.</summary>
    public required long Amount { get; init; }
    /// <summary>What was paid, in minor units.</summary>
    public required long TotalAmount { get; init; }
    /// <summary>When it became PAID.</summary>
    public required DateTimeOffset PaidAt { get; init; }
}
