using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>What a campaign's creation and its update have in common.</summary>
internal record CampaignPayload
{
    public Optional<string> Description { get; init; }
    public Optional<DateTimeOffset?> StartDate { get; init; }
    public Optional<DateTimeOffset?> ExpirationDate { get; init; }
    public Optional<TimeframeDefinition> ValidityTimeframe { get; init; }
    public Optional<int[]> ValidityDayOfWeek { get; init; }
    public Optional<HoursDefinition> ValidityHours { get; init; }
    public Optional<string> ActivityDurationAfterPublishing { get; init; }
    public Optional<JsonText?> Metadata { get; init; }
    public IReadOnlyList<string>? UnsetMetadataFields { get; init; }
    public bool? JoinOnce { get; init; }
    public bool? AutoJoin { get; init; }
    public string? Type { get; init; }
    public JsonText? LoyaltyTiersExpiration { get; init; }
    public string? Category { get; init; }
    public Optional<string> CategoryId { get; init; }

    internal ApiError? Problem() =>
        Check.Text(Description.Value, "description", Check.LongText) ?? Check.Object(Metadata.Value, "metadata")
        ?? Check.OneOf(Type, "type", "AUTO_UPDATE", "STATIC", "STANDALONE")
        // Refused, never ignored: a member would keep a tier that the shop believes to end.
        ?? (LoyaltyTiersExpiration is not null ? CampaignErrors.Invalid("loyalty_tiers_expiration is not supported: loyalty programs have no tiers.") : null)
        ?? (ActivityDurationAfterPublishing.Value is { } text && (!IsoDuration.TryParse(text, out var duration) || duration.IsZero)
            ? CampaignErrors.Invalid("activity_duration_after_publishing must be an ISO 8601 duration of more than zero.")
            : null);

    /// <summary>Writes into a campaign what this names; what is wrong with the campaign that comes of it, or null.</summary>
    internal ApiError? Apply(Campaign campaign)
    {
        campaign.Description = Description.Or(campaign.Description);
        campaign.StartDate = StartDate.Or(campaign.StartDate);
        campaign.ExpirationDate = ExpirationDate.Or(campaign.ExpirationDate);
        if (ValidityTimeframe.IsPresent) campaign.ValidityTimeframeJson = VoucherTerms.ToJson(ValidityTimeframe.Value);
        if (ValidityDayOfWeek.IsPresent) campaign.ValidityDayOfWeekJson = VoucherTerms.ToJson(ValidityDayOfWeek.Value);
        if (ValidityHours.IsPresent) campaign.ValidityHoursJson = VoucherTerms.ToJson(ValidityHours.Value);
        campaign.ActivityDurationAfterPublishing = ActivityDurationAfterPublishing.Or(campaign.ActivityDurationAfterPublishing);
        if (Metadata.IsPresent) campaign.MetadataJson = Metadata.Value?.Text ?? "{}";
        if (UnsetMetadataFields is { Count: > 0 } fields) campaign.MetadataJson = MetadataText.Without(campaign.MetadataJson, fields);
        campaign.JoinOnce = JoinOnce ?? campaign.JoinOnce;
        campaign.AutoJoin = AutoJoin ?? campaign.AutoJoin;
        return CampaignErrors.Invalid(CampaignTerms.AvailabilityOf(campaign).Check());
    }

    /// <summary>Whether it changes what codes have of their campaign.</summary>
    internal bool ReachesCodes => StartDate.IsPresent || ExpirationDate.IsPresent || ValidityTimeframe.IsPresent
        || ValidityDayOfWeek.IsPresent || ValidityHours.IsPresent || CategoryId.IsPresent || Category is not null;

    internal static bool TryReadType(string? name, out CampaignType type) => WireNames.TryParse(name, out type);
}

/// <summary>Metadata as text.</summary>
internal static class MetadataText
{
    internal static string Without(string json, IEnumerable<string> fields)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        foreach (var field in fields) node.Remove(field);
        return node.ToJsonString(WireJson.Options);
    }
}
