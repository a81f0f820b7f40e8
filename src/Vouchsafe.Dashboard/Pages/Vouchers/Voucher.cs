using System.Text.Json;
using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Pages.Vouchers;

/// <summary>A voucher on the wire, as far as the pages show it.</summary>
public sealed record Voucher(
    string Id, string Code, string Type, string? Campaign, string? CampaignId, string? Category, string? CategoryId,
    DiscountDefinition? Discount, GiftOnCard? Gift, PointsOnCard? LoyaltyCard,
    DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate, TimeframeDefinition? ValidityTimeframe, int[]? ValidityDayOfWeek,
    HoursDefinition? ValidityHours, bool Active, string? AdditionalInfo, JsonElement Metadata, VoucherPictures? Assets, string? HolderId,
    DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt, RuleAssignmentList? ValidationRulesAssignments, UseCount Redemption, PublicationCount? Publish)
{
    /// <summary>When it may be used, as the engine and the words read it.</summary>
    public AvailabilityDefinition Availability => new()
    {
        Active = Active, StartDate = StartDate, ExpirationDate = ExpirationDate,
        ValidityTimeframe = ValidityTimeframe, ValidityDayOfWeek = ValidityDayOfWeek, ValidityHours = ValidityHours,
    };

    /// <summary>What it does, in a sentence.</summary>
    public string Sentence(string? currency) => this switch
    {
        { Discount: { } discount } => DiscountWords.Sentence(discount, currency, Redemption.Quantity, Availability),
        { Gift: { } gift } => DiscountWords.GiftSentence(gift.Amount, gift.Effect, currency, Redemption.Quantity, Availability),
        { LoyaltyCard: { } card } => $"{card.Points:#,##0} points",
        _ => "",
    };

    /// <summary>What it is worth, in few words.</summary>
    public string Worth(string? currency) => this switch
    {
        { Discount: { } discount } => DiscountWords.Of(discount, currency),
        { Gift: { } gift } => $"{MoneyText.Of(gift.Balance, currency)} of {MoneyText.Of(gift.Amount, currency)} left",
        { LoyaltyCard: { } card } => $"{card.Balance:#,##0} points",
        _ => "",
    };

    /// <summary>Its path in the API.</summary>
    public string ApiPath => $"/v1/vouchers/{Uri.EscapeDataString(Code)}";
}

/// <summary>Credits of a gift card, in minor units.</summary>
public sealed record GiftOnCard(long Amount, long Balance, long SubtractedAmount, string? Effect);

/// <summary>Points of a loyalty card.</summary>
public sealed record PointsOnCard(long Points, long Balance);

/// <summary>How often it was redeemed, and may be.</summary>
public sealed record UseCount(long? Quantity, long RedeemedQuantity, long? RedeemedAmount);

/// <summary>How often it was published.</summary>
public sealed record PublicationCount(long Count);

/// <summary>Addresses of pictures of the code.</summary>
public sealed record VoucherPictures(VoucherPicture? Qr, VoucherPicture? Barcode);

/// <summary>One of them; without an address where the code cannot be drawn so.</summary>
public sealed record VoucherPicture(string? Url)
{
    /// <summary>The address on this server: the public one may not be the one that the dashboard is reached by.</summary>
    public string? Path => Url?.IndexOf("/api/v1/assets", StringComparison.Ordinal) is >= 0 and var at ? Url[at..] : null;
}

/// <summary>A redemption or rollback in a voucher's history.</summary>
public sealed record VoucherUse(
    string Id, string Object, DateTimeOffset Date, string Status, string Result, string? FailureMessage, string? Reason, long? Amount,
    UseOrder? Order, UseCustomer? Customer, string? TrackingId);

/// <summary>What the order came to.</summary>
public sealed record UseOrder(string? Id, string? SourceId, long? Amount, long? TotalDiscountAmount, long? TotalAmount);

/// <summary>Who redeemed it.</summary>
public sealed record UseCustomer(string? Id, string? Name, string? Email, string? SourceId)
{
    /// <summary>What to call them.</summary>
    public string Label => new[] { Name, Email, SourceId, Id }.FirstOrDefault(t => !string.IsNullOrEmpty(t)) ?? "–";
}

/// <summary>A publication in a voucher's history.</summary>
public sealed record VoucherPublication(string Id, DateTimeOffset CreatedAt, string Channel, string? TrackingId, string? SourceId, UseCustomer? Customer);

/// <summary>A movement on a card.</summary>
public sealed record CardTransaction(string Id, string Type, string? Reason, string? Source, DateTimeOffset CreatedAt, CardMovement Details);

/// <summary>What moved, and the order that made it move.</summary>
public sealed record CardMovement(CardAmounts Balance, UseOrder? Order);

/// <summary>The amounts, in minor units or points.</summary>
public sealed record CardAmounts(long? Amount, long? Points, long Total, long Balance);

/// <summary>A page of movements, by cursor.</summary>
public sealed record CardTransactionPage(IReadOnlyList<CardTransaction> Data, bool HasMore, string? MoreStartingAfter);
