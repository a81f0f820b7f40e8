using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Dashboard.Pages.Vouchers;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Pages.Promotions;

/// <summary>A promotion campaign on the wire.</summary>
public sealed record PromotionCampaign(
    string Id, string Name, string? Description, bool Active, DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate,
    string? CategoryId, DateTimeOffset? CreatedAt);

/// <summary>A promotion tier on the wire.</summary>
public sealed record Tier(
    string Id, string Name, string? Banner, TierAction Action, int Hierarchy, bool Active, DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate,
    TimeframeDefinition? ValidityTimeframe, int[]? ValidityDayOfWeek, HoursDefinition? ValidityHours,
    RuleAssignmentList? ValidationRuleAssignments, string? CategoryId, TierSummary? Summary)
{
    /// <summary>When it may be used.</summary>
    public AvailabilityDefinition Availability => new()
    {
        StartDate = StartDate, ExpirationDate = ExpirationDate, ValidityTimeframe = ValidityTimeframe,
        ValidityDayOfWeek = ValidityDayOfWeek, ValidityHours = ValidityHours,
    };

    /// <summary>The rules it has.</summary>
    public IReadOnlyList<RuleAssignment> Rules => ValidationRuleAssignments?.Data ?? [];
}

/// <summary>What a tier does.</summary>
public sealed record TierAction(DiscountDefinition Discount);

/// <summary>What a tier has given so far.</summary>
public sealed record TierSummary(TierRedemptions Redemptions, TierOrders Orders);

/// <summary>How often it was redeemed.</summary>
public sealed record TierRedemptions(long TotalRedeemed);

/// <summary>What was ordered with it.</summary>
public sealed record TierOrders(long TotalAmount, long TotalDiscountAmount);

/// <summary>A promotion stack on the wire.</summary>
public sealed record Stack(string Id, string Name, StackTiers Tiers, string? CategoryId, DateTimeOffset? CreatedAt);

/// <summary>A stack's tiers in their order.</summary>
public sealed record StackTiers(IReadOnlyList<string> Ids);

/// <summary>Whether something with a switch and dates runs now.</summary>
internal static class PromotionStanding
{
    internal static VoucherStanding Of(bool active, DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now) => (active, start, end) switch
    {
        (false, _, _) => new("Disabled", MudBlazor.Color.Default, ""),
        (_, { } from, _) when from > now => new("Scheduled", MudBlazor.Color.Info, ""),
        (_, _, { } until) when until < now => new("Expired", MudBlazor.Color.Warning, ""),
        _ => new("Active", MudBlazor.Color.Success, ""),
    };
}
