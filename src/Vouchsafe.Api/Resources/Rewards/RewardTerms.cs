using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Rewards;

/// <summary><c>parameters</c> of a reward: the campaign whose code is given, or the rate at which points pay.</summary>
internal sealed record RewardParameters
{
    public CampaignPart? Campaign { get; init; }
    public CoinPart? Coin { get; init; }

    /// <param name="Id">Campaign.</param>
    /// <param name="Balance">What is put on a card; a coupon has none.</param>
    /// <param name="Type">The campaign's kind.</param>
    internal sealed record CampaignPart(string? Id, JsonText? Balance, string? Type);

    /// <param name="ExchangeRatio">What one exchange pays, in units of the currency.</param>
    /// <param name="PointsRatio">Points of one exchange; 1 if absent.</param>
    internal sealed record CoinPart(decimal? ExchangeRatio, long? PointsRatio);

    internal static RewardParameters Of(Reward reward) => JsonSerializer.Deserialize<RewardParameters>(reward.ParametersJson, WireJson.Options)!;

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Sparse);
}

/// <summary>Rewards as the engine takes them.</summary>
internal static class RewardTerms
{
    /// <summary>Cents of one unit of currency: the one place where the API counts money in units.</summary>
    internal const int MinorPerUnit = 100;

    internal static PointsReward ToEngine(Reward reward, RewardAssignment assignment) => reward.Type switch
    {
        RewardType.Coin when RewardParameters.Of(reward).Coin is { } coin => new CoinReward(coin.PointsRatio ?? 1, (long)(coin.ExchangeRatio!.Value * MinorPerUnit)),
        _ => new PricedReward(assignment.Points!.Value),
    };
}
