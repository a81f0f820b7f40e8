using System.Text.Json;
using Vouchsafe.Dashboard.Pages.Vouchers;
using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Pages.Campaigns;

/// <summary>A campaign on the wire, as far as the pages show it.</summary>
public sealed record Campaign(
    string Id, string Name, string? Description, string CampaignType, string Type, CampaignCodes? Voucher,
    DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate, TimeframeDefinition? ValidityTimeframe, int[]? ValidityDayOfWeek, HoursDefinition? ValidityHours,
    long? VouchersCount, bool Active, JsonElement Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt, string? Category, string? CategoryId,
    string VouchersGenerationStatus, RuleAssignmentList? ValidationRulesAssignments)
{
    /// <summary>When its codes may be used.</summary>
    public AvailabilityDefinition Availability => new()
    {
        Active = Active, StartDate = StartDate, ExpirationDate = ExpirationDate,
        ValidityTimeframe = ValidityTimeframe, ValidityDayOfWeek = ValidityDayOfWeek, ValidityHours = ValidityHours,
    };

    /// <summary>Whether it has codes that the pages here can make.</summary>
    public bool HasPlainCodes => CampaignType is "DISCOUNT_COUPONS" or "GIFT_VOUCHERS";

    /// <summary>Whether codes are being made, changed or removed.</summary>
    public bool IsBusy => VouchersGenerationStatus is "IN_PROGRESS" or "MODIFYING";

    /// <summary>Its kind in words.</summary>
    public string Kind => CampaignType switch
    {
        "DISCOUNT_COUPONS" => "Discount codes",
        "GIFT_VOUCHERS" => "Gift cards",
        "PROMOTION" => "Promotion",
        "LOYALTY_PROGRAM" => "Loyalty program",
        "REFERRAL_PROGRAM" => "Referral program",
        var other => other,
    };

    /// <summary>What each of its codes does, in a sentence; empty where it has none.</summary>
    public string Sentence(string? currency) => Voucher switch
    {
        { Discount: { } discount } => DiscountWords.Sentence(discount, currency, Voucher.Redemption?.Quantity, Availability),
        { Gift: { } gift } => DiscountWords.GiftSentence(gift.Amount, gift.Effect, currency, Voucher.Redemption?.Quantity, Availability),
        _ => "",
    };

    /// <summary>Whether its codes can be redeemed now, and if not, why.</summary>
    public VoucherStanding Standing(DateTimeOffset now)
    {
        if (!Active) return new("Disabled", MudBlazor.Color.Default, "It is switched off: none of its codes can be redeemed until somebody enables it.");
        if (StartDate > now) return new("Scheduled", MudBlazor.Color.Info, "It has not begun yet.");
        if (ExpirationDate < now) return new("Expired", MudBlazor.Color.Warning, "It is over. A later end date makes its codes work again.");
        return new("Active", MudBlazor.Color.Success, "Its codes can be redeemed, each within its own limits.");
    }
}

/// <summary>What the codes of a campaign have in common.</summary>
public sealed record CampaignCodes(string Type, DiscountDefinition? Discount, CampaignGift? Gift, CampaignUses? Redemption, CodeConfig? CodeConfig);

/// <summary>What each card is loaded with, in minor units.</summary>
public sealed record CampaignGift(long Amount, string? Effect);

/// <summary>How often each code may be redeemed.</summary>
public sealed record CampaignUses(long? Quantity);

/// <summary>Work in the background.</summary>
public sealed record BackgroundAction(string Id, string Type, string Status, long Progress, DateTimeOffset CreatedAt, JsonElement Result);

/// <summary>The answer that names it.</summary>
public sealed record BackgroundActionId(string? AsyncActionId);
