using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>Earning rules as the engine takes them.</summary>
internal static class EarningTerms
{
    internal static EarningDefinition DefinitionOf(EarningRule rule) => VoucherTerms.Read<EarningDefinition>(rule.LoyaltyJson)!;

    /// <summary>When the rule gives points; the dates it leaves open are its program's.</summary>
    internal static AvailabilityDefinition AvailabilityOf(EarningRule rule, Campaign campaign) => new()
    {
        Active = rule.Active && campaign.Active,
        StartDate = rule.StartDate ?? campaign.StartDate,
        ExpirationDate = rule.ExpirationDate ?? campaign.ExpirationDate,
        ValidityTimeframe = VoucherTerms.Read<TimeframeDefinition>(rule.ValidityTimeframeJson),
        ValidityDayOfWeek = VoucherTerms.Read<int[]>(rule.ValidityDayOfWeekJson),
    };
}
