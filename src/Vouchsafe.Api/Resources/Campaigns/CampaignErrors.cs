using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>Refusals of campaigns.</summary>
internal static class CampaignErrors
{
    private const string InvalidMessage = "Invalid Campaign";

    internal static ApiError NotFound(string idOrName) => CommonErrors.NotFound("campaign", idOrName);

    internal static ApiError Invalid(string details) => new(400, "invalid_campaign", InvalidMessage, details);

    internal static ApiError? Invalid(IReadOnlyList<Engine.Validation.FieldError> faults) => Check.Definition(faults, "invalid_campaign", InvalidMessage);

    internal static ApiError Duplicate(string name) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated campaign exists with name {name}", name, "campaign");

    internal static ApiError HoldsNoCodes(string name) => Invalid($"Campaign {name} is a promotion: it has tiers and no codes.");
}
