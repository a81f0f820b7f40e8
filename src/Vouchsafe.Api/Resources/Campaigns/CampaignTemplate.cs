using System.Text.Json;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary><c>voucher</c> of a campaign: what all its codes have in common.</summary>
internal sealed record CampaignTemplate
{
    public string? Type { get; init; }
    public DiscountDefinition? Discount { get; init; }
    public GiftDefinition? Gift { get; init; }
    public LoyaltyCardDefinition? LoyaltyCard { get; init; }
    public CreateVoucher.RedemptionLimit? Redemption { get; init; }
    public CodeConfig? CodeConfig { get; init; }

    /// <summary>What is wrong with it; null: nothing.</summary>
    internal ApiError? Problem() => TypeProblem()
        ?? CampaignErrors.Invalid(CodeConfig?.Check("voucher.code_config") ?? [])
        ?? Check.Range(Redemption?.Quantity, "voucher.redemption.quantity", 1);

    private ApiError? TypeProblem() => Type switch
    {
        "DISCOUNT_VOUCHER" when Discount is null => CampaignErrors.Invalid("voucher.discount is required for a DISCOUNT_VOUCHER."),
        "DISCOUNT_VOUCHER" => CampaignErrors.Invalid(Discount.Check("voucher.discount")),
        "GIFT_VOUCHER" when Gift is null => CampaignErrors.Invalid("voucher.gift is required for a GIFT_VOUCHER."),
        "GIFT_VOUCHER" => CampaignErrors.Invalid(Gift.Check("voucher.gift")),
        "LOYALTY_CARD" when LoyaltyCard is null => CampaignErrors.Invalid("voucher.loyalty_card is required for a LOYALTY_CARD."),
        "LOYALTY_CARD" => CampaignErrors.Invalid(LoyaltyCard.Check("voucher.loyalty_card")),
        null => CampaignErrors.Invalid("voucher.type is required."),
        _ => CampaignErrors.Invalid("voucher.type must be one of: DISCOUNT_VOUCHER, GIFT_VOUCHER, LOYALTY_CARD."),
    };

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Sparse);

    /// <summary>The template of a campaign that has codes.</summary>
    internal static CampaignTemplate Of(Campaign campaign) => JsonSerializer.Deserialize<CampaignTemplate>(campaign.VoucherJson!, WireJson.Options)!;

    /// <summary>A request for one more code of the campaign: the template, with the campaign's dates.</summary>
    internal static CreateVoucher.Request RequestFor(Campaign campaign)
    {
        var template = Of(campaign);
        return new CreateVoucher.Request
        {
            Type = template.Type,
            Discount = template.Discount,
            Gift = template.Gift,
            LoyaltyCard = template.LoyaltyCard,
            Redemption = template.Redemption,
            CodeConfig = template.CodeConfig,
            StartDate = campaign.StartDate,
            ExpirationDate = campaign.ExpirationDate,
            ValidityTimeframe = VoucherTerms.Read<TimeframeDefinition>(campaign.ValidityTimeframeJson),
            ValidityDayOfWeek = VoucherTerms.Read<int[]>(campaign.ValidityDayOfWeekJson),
            ValidityHours = VoucherTerms.Read<HoursDefinition>(campaign.ValidityHoursJson),
        };
    }
}
