using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Redemptions;
using Vouchsafe.Api.Resources.Referrals;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>An activity on the wire.</summary>
internal sealed record ActivityResponse(string Id, string Type, ActivityResponse.Details Data, DateTimeOffset CreatedAt)
{
    /// <summary>What it was about, as that stands now; members that do not apply are left out.</summary>
    internal sealed record Details
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public object? Customer { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public EventInfo? Event { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SchemaInfo? EventSchema { get; init; }
        /// <summary>Null, and said so, in custom events.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Referral { get; init; }
        /// <summary>The same.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Loyalty { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public CampaignInfo? Campaign { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public VoucherResponse? Voucher { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public PromotionTierResponse? PromotionTier { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public PublicationResponse? Publication { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RedemptionResponse? Redemption { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RedemptionResponse? RedemptionRollback { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public HolderResponse? Holder { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TransactionResponse.BalanceInfo? Balance { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TransactionResponse? Transaction { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SourceInfo? EventSource { get; init; }
    }

    /// <summary>By which channel it came.</summary>
    internal sealed record SourceInfo(string Channel)
    {
        internal static SourceInfo Of(Redemption row) => new(row.Channel switch
        {
            "USER" => "USER_PORTAL",
            "CLIENT" => "CLIENT_API",
            _ => "API",
        });
    }

    internal sealed record EventInfo(string Id, string Type, SimpleCustomer Customer, JsonText Metadata, DateTimeOffset CreatedAt)
    {
        public string Object => "event";
        public JsonText Referral => JsonText.EmptyObject;
        public JsonText Loyalty => JsonText.EmptyObject;
    }

    /// <summary>Names need no schema, so it has no id.</summary>
    internal sealed record SchemaInfo(string Name);

    internal sealed record CampaignInfo(
        string Id, string Name, string CampaignType, string Type, bool AutoJoin, bool JoinOnce, bool Active, string? CategoryId, JsonText Metadata, DateTimeOffset CreatedAt)
    {
        public string Object => "campaign";

        internal static CampaignInfo From(Campaign campaign) => new(
            campaign.Id, campaign.Name, WireNames.Of(campaign.CampaignType), WireNames.Of(campaign.Mode), campaign.AutoJoin, campaign.JoinOnce, campaign.Active,
            campaign.CategoryId, new JsonText(campaign.MetadataJson), campaign.CreatedAt);
    }

    /// <summary>A page of activities with what they speak of, in a fixed number of queries.</summary>
    internal static async ValueTask<IReadOnlyList<ActivityResponse>> LoadAsync(ApiCall call, ActivityPlace place, IReadOnlyList<Activity> activities)
    {
        var surroundings = await ActivitySurroundings.LoadAsync(call, place, [.. activities.Select(a => a.Record)]);
        return [.. activities.Select(a => new ActivityResponse(a.Key.Id, a.Type, surroundings.Of(a.Record), a.Key.At))];
    }
}
