using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Money;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Rewards;

/// <summary>A reward as requests write one.</summary>
internal sealed record RewardPayload
{
    public string? Name { get; init; }
    public string? Type { get; init; }
    public RewardParameters? Parameters { get; init; }
    public Optional<JsonText?> Metadata { get; init; }

    /// <summary>What is wrong with it; null: nothing.</summary>
    /// <param name="type">What kind it is or is to be.</param>
    internal ApiError? Problem(RewardType type) =>
        Check.Text(Name, "name") ?? Check.Object(Metadata.Value, "metadata") ?? (Parameters is null ? null : type == RewardType.Coin ? CoinProblem(Parameters.Coin) : CampaignProblem(Parameters.Campaign));

    /// <summary>Its kind; MATERIAL is one that is not built.</summary>
    internal Result<RewardType> ReadType() =>
        Type is null ? RewardErrors.Missing("type")
        : WireNames.TryParse<RewardType>(Type, out var type) ? type
        : CommonErrors.InvalidPayload(Type == "MATERIAL" ? "type MATERIAL is not supported by this version." : "type must be one of: CAMPAIGN, COIN.");

    /// <summary>The parameters as they are kept: a reward's campaign must be there and give codes that need nothing more.</summary>
    internal async ValueTask<Result<string>> ParametersAsync(ApiCall call, RewardType type, VouchsafeDbContext db)
    {
        if (type == RewardType.Coin) return new RewardParameters { Coin = Parameters!.Coin }.ToJson();
        var id = Parameters!.Campaign!.Id!;
        if (await db.Campaigns.AsNoTracking().Of(call.Project).FirstOrDefaultAsync(c => c.Id == id, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(id);
        return campaign.CampaignType == CampaignType.DiscountCoupons
            ? new RewardParameters { Campaign = new(id, null, WireNames.Of(campaign.CampaignType)) }.ToJson()
            : CommonErrors.InvalidPayload("parameters.campaign must be a campaign of DISCOUNT_COUPONS; others are not supported by this version.");
    }

    private static ApiError? CampaignProblem(RewardParameters.CampaignPart? campaign) =>
        string.IsNullOrEmpty(campaign?.Id) ? RewardErrors.Missing("parameters.campaign.id")
        : campaign.Balance is { Text: not "null" } ? CommonErrors.InvalidPayload("parameters.campaign.balance is for cards; rewards of cards are not supported by this version.")
        : Check.Text(campaign.Id, "parameters.campaign.id");

    private static ApiError? CoinProblem(RewardParameters.CoinPart? coin)
    {
        if (coin?.ExchangeRatio is not { } ratio) return RewardErrors.Missing("parameters.coin.exchange_ratio");
        if (ratio <= 0 || ratio > Minor.Max / RewardTerms.MinorPerUnit || decimal.Truncate(ratio * RewardTerms.MinorPerUnit) != ratio * RewardTerms.MinorPerUnit)
            return CommonErrors.InvalidPayload("parameters.coin.exchange_ratio must be an amount of money of more than 0, with two decimals at most.");
        return Check.Range(coin.PointsRatio, "parameters.coin.points_ratio", 1);
    }
}

/// <summary>Refusals of rewards.</summary>
internal static class RewardErrors
{
    internal static ApiError NotFound(string id) => CommonErrors.NotFound("reward", id);

    internal static ApiError AssignmentNotFound(string id) => CommonErrors.NotFound("reward_assignment", id);

    internal static ApiError Missing(string parameter) => new(400, "missing_param", "Missing required parameter", $"Parameter '{parameter}' is required");

    internal static ApiError Duplicate(string assignmentId) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated reward_assignment exists with id {assignmentId}", assignmentId, "reward_assignment");

    internal static ApiError InUse(string id, IReadOnlyList<string> assignmentIds) => new(
        400, "resource_in_use", "Resource in use", $"Resource reward with id {id} is in use by reward_assignments with ids [{string.Join(", ", assignmentIds)}]")
    {
        RelatedObjectIds = assignmentIds, RelatedObjectType = "reward_assignment",
    };
}
