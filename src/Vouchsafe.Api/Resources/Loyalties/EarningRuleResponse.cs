using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>An earning rule on the wire.</summary>
internal sealed record EarningRuleResponse
{
    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public string? ValidationRuleId => null;
    public required JsonText Loyalty { get; init; }
    public required string Event { get; init; }
    public required SourceInfo Source { get; init; }
    public required bool Active { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityTimeframe { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityDayOfWeek { get; init; }
    public required JsonText Metadata { get; init; }
    /// <summary>Clients read one; nothing can be asked by it.</summary>
    public required string AutomationId { get; init; }
    public string Object => "earning_rule";

    internal sealed record SourceInfo(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Banner, string ObjectId)
    {
        public string ObjectType => "campaign";
    }

    internal static EarningRuleResponse From(EarningRule rule) => new()
    {
        Id = rule.Id,
        CreatedAt = rule.CreatedAt,
        UpdatedAt = rule.UpdatedAt,
        Loyalty = new JsonText(rule.LoyaltyJson),
        Event = rule.Event,
        Source = new(rule.Banner, rule.CampaignId),
        Active = rule.Active,
        StartDate = rule.StartDate,
        ExpirationDate = rule.ExpirationDate,
        ValidityTimeframe = JsonText.From(rule.ValidityTimeframeJson),
        ValidityDayOfWeek = JsonText.From(rule.ValidityDayOfWeekJson),
        Metadata = new JsonText(rule.MetadataJson),
        AutomationId = rule.Id,
    };
}
