using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Assets;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>A voucher on the wire.</summary>
internal sealed record VoucherResponse
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public string? Campaign { get; init; }
    public string? CampaignId { get; init; }
    public string? Category { get; init; }
    public string? CategoryId { get; init; }
    public IReadOnlyList<CategoryResponse> Categories { get; init; } = [];
    public required string Type { get; init; }
    public JsonText? Discount { get; init; }
    public GiftInfo? Gift { get; init; }
    public LoyaltyInfo? LoyaltyCard { get; init; }
    public DateTimeOffset? StartDate { get; init; }
    public DateTimeOffset? ExpirationDate { get; init; }
    public JsonText? ValidityTimeframe { get; init; }
    public JsonText? ValidityDayOfWeek { get; init; }
    public JsonText? ValidityHours { get; init; }
    public bool Active { get; init; }
    public string? AdditionalInfo { get; init; }
    public required JsonText Metadata { get; init; }
    public required VoucherAssets Assets { get; init; }
    public bool IsReferralCode { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? HolderId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ReferrerId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SimpleCustomer? Holder { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public Dictionary<string, object> ValidationRulesAssignments { get; init; } = AssignmentResponse.List([]);
    public required RedemptionInfo Redemption { get; init; }
    public required PublishInfo Publish { get; init; }
    /// <summary>What it was found to apply to; only where it was judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? ApplicableTo { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? InapplicableTo { get; init; }
    public string Object => "voucher";

    /// <summary>A gift card's credits, in minor units; loaded less removed less redeemed is the balance.</summary>
    internal sealed record GiftInfo(long Amount, long SubtractedAmount, long Balance, string Effect);

    /// <summary>A loyalty card's points; loaded less removed less redeemed is the balance.</summary>
    internal sealed record LoyaltyInfo(long Points, long Balance, long ExpiredPoints, long SubtractedPoints);

    internal sealed record RedemptionInfo(
        long? Quantity, long RedeemedQuantity,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? RedeemedAmount,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? RedeemedPoints, string Url)
    {
        public string Object => "list";
    }

    internal sealed record PublishInfo(long Count, string Url)
    {
        public string Object => "list";
    }

    internal static VoucherResponse From(VoucherState state, Customer? holder = null, VoucherSurroundings? surroundings = null)
    {
        var voucher = state.Voucher;
        var path = $"/v1/vouchers/{Uri.EscapeDataString(voucher.Code)}";
        var isReferralCode = surroundings?.IsReferralCode(voucher) == true;
        return new VoucherResponse
        {
            Id = voucher.Id,
            Code = voucher.Code,
            Campaign = surroundings?.CampaignName(voucher),
            CampaignId = voucher.CampaignId,
            Category = voucher.Category ?? surroundings?.Category(voucher)?.Name,
            CategoryId = voucher.CategoryId,
            Categories = surroundings?.Category(voucher) is { } category ? [CategoryResponse.From(category)] : [],
            ValidationRulesAssignments = AssignmentResponse.List(surroundings?.Assignments(voucher) ?? []),
            Type = TypeName(voucher.Type),
            Discount = JsonText.From(voucher.DiscountJson),
            Gift = voucher.Type == VoucherType.Gift ? GiftOf(state) : null,
            LoyaltyCard = voucher.Type == VoucherType.Loyalty ? LoyaltyOf(state) : null,
            StartDate = voucher.StartDate,
            ExpirationDate = voucher.ExpirationDate,
            ValidityTimeframe = JsonText.From(voucher.ValidityTimeframeJson),
            ValidityDayOfWeek = JsonText.From(voucher.ValidityDayOfWeekJson),
            ValidityHours = JsonText.From(voucher.ValidityHoursJson),
            Active = voucher.Active,
            AdditionalInfo = voucher.AdditionalInfo,
            Metadata = new JsonText(voucher.MetadataJson),
            Assets = VoucherAssets.Of(voucher, surroundings?.Assets),
            IsReferralCode = isReferralCode,
            HolderId = voucher.HolderId,
            ReferrerId = isReferralCode ? voucher.HolderId : null,
            Holder = SimpleCustomer.From(holder),
            CreatedAt = voucher.CreatedAt,
            UpdatedAt = voucher.UpdatedAt,
            Redemption = new(voucher.RedemptionQuantity, state.Redeemed,
                voucher.Type == VoucherType.Gift ? state.RedeemedAmount : null,
                voucher.Type == VoucherType.Loyalty ? state.RedeemedAmount : null, path + "/redemptions?page=1&limit=10"),
            Publish = new(state.Publications, path + "/publications?page=1&limit=10"),
        };
    }

    /// <summary>The wire form with all that belongs to the voucher.</summary>
    internal static async ValueTask<VoucherResponse> LoadAsync(VouchsafeDbContext db, ProjectSettings project, VoucherState state, CancellationToken ct) =>
        From(state, null, await VoucherSurroundings.LoadAsync(db, project, [state.Voucher], ct));

    /// <summary>The wire form of a voucher by its id.</summary>
    internal static async ValueTask<object> RenderAsync(VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct)
    {
        var voucher = await db.Vouchers.AsNoTracking().FirstAsync(v => v.Id == id, ct);
        return await LoadAsync(db, project, (await VoucherState.LoadAsync(db, [voucher], ct))[0], ct);
    }

    internal static GiftInfo GiftOf(VoucherState state) => new(
        state.BalanceWithHolds + state.RedeemedAmount + state.RemovedAmount, state.RemovedAmount, state.BalanceWithHolds,
        VoucherTerms.Read<GiftDefinition>(state.Voucher.GiftJson)?.Effect ?? "APPLY_TO_ORDER");

    internal static LoyaltyInfo LoyaltyOf(VoucherState state) => new(
        state.BalanceWithHolds + state.RedeemedAmount + state.RemovedAmount, state.BalanceWithHolds, 0, state.RemovedAmount);

    internal static string TypeName(VoucherType type) => type switch
    {
        VoucherType.Discount => "DISCOUNT_VOUCHER",
        VoucherType.Gift => "GIFT_VOUCHER",
        VoucherType.Loyalty => "LOYALTY_CARD",
    };
}

/// <summary>Pictures of the code.</summary>
internal sealed record VoucherAssets(VoucherAssets.Picture Qr, VoucherAssets.Picture Barcode)
{
    private static readonly VoucherAssets None = new(new(null, null), new(null, null));

    /// <summary>One of them; without members for a code that cannot be drawn so.</summary>
    internal sealed record Picture(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url);

    internal static VoucherAssets Of(Voucher voucher, AssetLinks? links) => links is null
        ? None
        : new(Draw(AssetKind.Qr, voucher, links), Code128.Writes(voucher.Code) ? Draw(AssetKind.Barcode, voucher, links) : None.Barcode);

    private static Picture Draw(AssetKind kind, Voucher voucher, AssetLinks links)
    {
        var id = links.Id(kind, voucher.Id);
        return new(id, links.Url(kind, id));
    }
}
