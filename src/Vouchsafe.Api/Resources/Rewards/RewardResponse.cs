using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Rewards;

/// <summary>A reward on the wire. Stock and what was taken of it belong to things, which are not built.</summary>
internal sealed record RewardResponse(
    string Id, string Name, string Type, JsonText Parameters, long? Stock, long? Redeemed, JsonText Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt)
{
    public string Object => "reward";

    internal static RewardResponse From(Reward reward) => new(
        reward.Id, reward.Name, WireNames.Of(reward.Type), new JsonText(reward.ParametersJson), null, null, new JsonText(reward.MetadataJson),
        reward.CreatedAt, reward.UpdatedAt);
}

/// <summary>An assignment of a reward on the wire.</summary>
internal sealed record RewardAssignmentResponse(
    string Id, string RewardId, string RelatedObjectId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RewardAssignmentResponse.ParameterInfo? Parameters,
    DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt)
{
    public string RelatedObjectType => "campaign";
    public string Object => "reward_assignment";

    internal sealed record ParameterInfo(ParameterInfo.LoyaltyInfo Loyalty)
    {
        internal sealed record LoyaltyInfo(long Points);
    }

    internal static RewardAssignmentResponse From(RewardAssignment assignment) => new(
        assignment.Id, assignment.RewardId, assignment.CampaignId, assignment.Points is { } points ? new(new(points)) : null,
        assignment.CreatedAt, assignment.UpdatedAt);
}
