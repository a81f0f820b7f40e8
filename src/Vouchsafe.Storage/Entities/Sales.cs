namespace Vouchsafe.Storage.Entities;

/// <summary>A buyer.</summary>
public sealed class Customer : Named
{
    /// <summary>Id, <c>cust_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>The shop's own id, unique in the project.</summary>
    public string? SourceId { get; set; }
    /// <summary>Free text.</summary>
    public string? Description { get; set; }
    /// <summary>E-mail.</summary>
    public string? Email
    {
        get;
        set => EmailKey = SearchKey.Of(field = value);
    }

    /// <summary>What searches compare of the e-mail.</summary>
    public string? EmailKey { get; private set; }
    /// <summary>Phone.</summary>
    public string? Phone { get; set; }
    /// <summary>Date of birth as written on the wire, <c>yyyy-MM-dd</c>.</summary>
    public string? Birthdate { get; set; }
    /// <summary>Address as JSON in wire form.</summary>
    public string? AddressJson { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>An order with what the last evaluation made of it.</summary>
public sealed class Order
{
    /// <summary>Id, <c>ord_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>The shop's own id, unique in the project.</summary>
    public string? SourceId { get; set; }
    /// <summary>Wire name: <c>CREATED</c>, <c>PAID</c>, <c>CANCELED</c>, <c>FULFILLED</c>.</summary>
    public required string Status { get; set; }
    /// <summary>Buyer.</summary>
    public string? CustomerId { get; set; }
    /// <summary>Referrer.</summary>
    public string? ReferrerId { get; set; }
    /// <summary>All amounts and items as JSON in wire form.</summary>
    public required string BodyJson { get; set; }
    /// <summary>What its items cost before discounts, as the body says, so that a customer's orders can be added up.</summary>
    public required long Amount { get; set; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>A redemption, a failed redemption, or a rollback.</summary>
public sealed class Redemption
{
    /// <summary>Id: <c>r_</c>, <c>rf_</c>, <c>rr_</c> or <c>rrf_</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Redemption or rollback, and how it went.</summary>
    public required RedemptionKind Kind { get; init; }
    /// <summary>The redemption that a rollback takes back; unique among successful rollbacks.</summary>
    public string? RollbackOf { get; init; }
    /// <summary>Its successful rollback, once there is one.</summary>
    public string? RollbackId { get; set; }
    /// <summary>The parent of a stacked redemption or rollback.</summary>
    public string? ParentId { get; init; }
    /// <summary>Redeemed voucher; null for a parent and for a promotion.</summary>
    public string? VoucherId { get; init; }
    /// <summary>Redeemed promotion tier.</summary>
    public string? PromotionTierId { get; init; }
    /// <summary>The promotion stack through which the tier was redeemed.</summary>
    public string? PromotionStackId { get; init; }
    /// <summary>Buyer.</summary>
    public string? CustomerId { get; init; }
    /// <summary>Tracking id as it was given.</summary>
    public string? TrackingId { get; init; }
    /// <summary>Order.</summary>
    public string? OrderId { get; init; }
    /// <summary>Credits or points spent, in minor units; negative in a rollback.</summary>
    public long? Amount { get; init; }
    /// <summary>The reward that points bought, with what was given, as JSON in wire form; null unless a loyalty card was redeemed.</summary>
    public string? RewardJson { get; init; }
    /// <summary>The order as it stood after it, as JSON in wire form.</summary>
    public string? OrderJson { get; init; }
    /// <summary>Metadata as a JSON object.</summary>
    public string? MetadataJson { get; init; }
    /// <summary>What it moved in counters beside its own use and credits (those of rules), as JSON, so that a rollback takes back exactly that.</summary>
    public string? CountedJson { get; set; }
    /// <summary>Error key of a failure.</summary>
    public string? FailureCode { get; init; }
    /// <summary>Message of a failure.</summary>
    public string? FailureMessage { get; init; }
    /// <summary>Caller's reason of a rollback.</summary>
    public string? Reason { get; init; }
    /// <summary>Where it came from: <c>API</c>, <c>CLIENT</c>, ...</summary>
    public required string Channel { get; init; }
    /// <summary>Key that was used.</summary>
    public string? KeyId { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a row of <see cref="Redemption"/> tells.</summary>
public enum RedemptionKind : short
{
    /// <summary>A redemption that counts (unless rolled back).</summary>
    Success = 1,
    /// <summary>A redemption that was refused.</summary>
    Failure = 2,
    /// <summary>A rollback that counts.</summary>
    Rollback = 3,
    /// <summary>A rollback that was refused.</summary>
    FailedRollback = 4,
}

/// <summary>A custom event of a customer.</summary>
public sealed class CustomEvent
{
    /// <summary>Id, <c>ev_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name.</summary>
    public required string Type { get; init; }
    /// <summary>Customer.</summary>
    public required string CustomerId { get; init; }
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; init; } = "{}";
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
