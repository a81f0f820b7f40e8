using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Pages.Promotions;

/// <summary>A promotion campaign with all that its dialog edits.</summary>
public sealed record CampaignToEdit(
    string Id, string Name, string? Description, bool Active, string? CategoryId, DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate,
    TimeframeDefinition? ValidityTimeframe, int[]? ValidityDayOfWeek, HoursDefinition? ValidityHours, string? CampaignType)
{
    /// <summary>When it runs.</summary>
    public AvailabilityDefinition Availability => new()
    {
        StartDate = StartDate, ExpirationDate = ExpirationDate, ValidityTimeframe = ValidityTimeframe,
        ValidityDayOfWeek = ValidityDayOfWeek, ValidityHours = ValidityHours,
    };
}
