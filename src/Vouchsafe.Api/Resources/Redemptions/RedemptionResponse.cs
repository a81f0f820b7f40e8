using System.Text.Json.Serialization;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>A redemption or a rollback on the wire.</summary>
internal sealed record RedemptionResponse
{
    public required string Id { get; init; }
    public required string Object { get; init; }
    public required DateTimeOffset Date { get; init; }
    public string? CustomerId { get; init; }
    public string? TrackingId { get; init; }
    public JsonText? Metadata { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Amount { get; init; }
    /// <summary>The parent of a stacked redemption; in a rollback the redemption taken back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Redemption { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Rollback { get; init; }
    public required string Result { get; init; }
    public required string Status { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? FailureCode { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? FailureMessage { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }
    public OrderResponse? Order { get; init; }
    public required ChannelInfo Channel { get; init; }
    public SimpleCustomer? Customer { get; init; }
    public required string RelatedObjectType { get; init; }
    public required string RelatedObjectId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public VoucherResponse? Voucher { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public PromotionTierResponse? PromotionTier { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public GiftInfo? Gift { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public LoyaltyCardInfo? LoyaltyCard { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Reward { get; init; }

    internal sealed record ChannelInfo(string ChannelId, string ChannelType);

    /// <summary>Credits that moved, in minor units.</summary>
    internal sealed record GiftInfo(long Amount);

    /// <summary>Points that moved.</summary>
    internal sealed record LoyaltyCardInfo(long Points);

    /// <param name="row">The row.</param>
    /// <param name="voucher">Its voucher as it stands.</param>
    /// <param name="customer">Its customer.</param>
    /// <param name="tier">Its promotion tier.</param>
    internal static RedemptionResponse From(Redemption row, VoucherResponse? voucher, Customer? customer, PromotionTierResponse? tier = null)
    {
        var isRollback = row.Kind is RedemptionKind.Rollback or RedemptionKind.FailedRollback;
        var failed = row.Kind is RedemptionKind.Failure or RedemptionKind.FailedRollback;
        return new RedemptionResponse
        {
            Id = row.Id,
            Object = isRollback ? "redemption_rollback" : "redemption",
            Date = row.CreatedAt,
            CustomerId = row.CustomerId,
            TrackingId = row.TrackingId,
            Metadata = JsonText.From(row.MetadataJson),
            Amount = row.Amount,
            Redemption = isRollback ? row.RollbackOf : row.ParentId,
            Rollback = isRollback ? row.ParentId : null,
            Result = failed ? "FAILURE" : "SUCCESS",
            Status = failed ? "FAILED" : row.RollbackId is null ? "SUCCEEDED" : "ROLLED_BACK",
            FailureCode = row.FailureCode,
            FailureMessage = row.FailureMessage,
            Reason = row.Reason,
            Order = row.OrderJson is { } order ? OrderResponse.Read(order) : null,
            // Clients know two kinds: a program with a key, whichever channel it came by, and a person in the dashboard.
            Channel = new(row.KeyId ?? "", row.Channel == Caller.UserChannel ? Caller.UserChannel : "API"),
            Customer = SimpleCustomer.From(customer),
            RelatedObjectType = row.VoucherId is not null ? "voucher" : row.PromotionTierId is not null ? "promotion_tier" : "redemption",
            RelatedObjectId = row.VoucherId ?? row.PromotionTierId ?? row.Id,
            Voucher = voucher,
            PromotionTier = tier,
            Gift = row is { Amount: { } credits, VoucherId: not null, RewardJson: null } ? new GiftInfo(credits) : null,
            LoyaltyCard = row is { Amount: { } points, RewardJson: not null } ? new LoyaltyCardInfo(points) : null,
            Reward = JsonText.From(row.RewardJson),
        };
    }
}
