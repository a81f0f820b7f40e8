using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>When campaigns and tiers may be used, as the engine takes it.</summary>
internal static class CampaignTerms
{
    internal static AvailabilityDefinition AvailabilityOf(Campaign campaign) => new()
    {
        Active = campaign.Active,
        StartDate = campaign.StartDate,
        ExpirationDate = campaign.ExpirationDate,
        ValidityTimeframe = VoucherTerms.Read<TimeframeDefinition>(campaign.ValidityTimeframeJson),
        ValidityDayOfWeek = VoucherTerms.Read<int[]>(campaign.ValidityDayOfWeekJson),
        ValidityHours = VoucherTerms.Read<HoursDefinition>(campaign.ValidityHoursJson),
    };

    internal static AvailabilityDefinition AvailabilityOf(PromotionTier tier) => new()
    {
        Active = tier.Active,
        StartDate = tier.StartDate,
        ExpirationDate = tier.ExpirationDate,
        ValidityTimeframe = VoucherTerms.Read<TimeframeDefinition>(tier.ValidityTimeframeJson),
        ValidityDayOfWeek = VoucherTerms.Read<int[]>(tier.ValidityDayOfWeekJson),
        ValidityHours = VoucherTerms.Read<HoursDefinition>(tier.ValidityHoursJson),
    };

    /// <summary>
    /// What a code inherits at the moment of use: the campaign's switch. Dates were copied onto the code when it was made,
    /// and a later change of the campaign reaches only codes that nobody has yet.
    /// </summary>
    internal static Availability ForCodes(Campaign campaign) => new() { Active = campaign.Active };
}
