using System.Text.Json.Serialization;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Api.Resources.Validations;

/// <summary>The verdict on one redeemable on the wire.</summary>
internal sealed record RedeemableWire
{
    public required string Status { get; init; }
    public required string Id { get; init; }
    public required string Object { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? ApplicableTo { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? InapplicableTo { get; init; }
    public required ResultInfo Result { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Metadata { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<CategoryResponse>? Categories { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ExplanationWire? Explanation { get; init; }

    /// <summary>With what the request wants to see, and nothing else.</summary>
    internal RedeemableWire Shown(UseRequest request) => this with
    {
        Order = request.Expands("order") ? Order : null,
        Metadata = request.Expands("redeemable") ? Metadata : null,
        Categories = request.Expands("category") ? Categories : null,
    };

    /// <summary>What it gives, or why it does not.</summary>
    internal sealed record ResultInfo
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DiscountWire? Discount { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ApplicableResponse.BundleInfo? Bundle { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public GiftResult? Gift { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public LoyaltyCardResult? LoyaltyCard { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ApiErrorBody? Error { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ReasonSummary? Details { get; init; }
    }

    internal sealed record GiftResult(long Balance, long Credits);

    internal sealed record LoyaltyCardResult(long Points);

    /// <summary>The reason in short; for a rule with a message of its author, that message.</summary>
    internal sealed record ReasonSummary(string Key, string Message)
    {
        internal static ReasonSummary? From(Reason? reason) => reason is null ? null : new(reason.Key, reason.CustomMessage ?? reason.Message);
    }

    internal static RedeemableWire From(EvaluationRun run, RedeemableResult result, string requestId)
    {
        var resolved = run.Of(result);
        var applicable = result.Status == RedeemableStatus.Applicable;
        return new RedeemableWire
        {
            Status = WireNames.Of(result.Status),
            Id = result.Redeemable.Id,
            Object = resolved.Object,
            Order = applicable && result.Order is { } order ? OrderResponse.From(order, null, null, null) : null,
            ApplicableTo = applicable ? TargetWire.List(result.ApplicableTo) : null,
            InapplicableTo = applicable ? TargetWire.List(result.InapplicableTo) : null,
            Metadata = applicable ? new JsonText(resolved.MetadataJson) : null,
            Categories = applicable ? [.. resolved.Categories.Select(CategoryResponse.From)] : null,
            Explanation = ExplanationWire.From(run, result),
            Result = new ResultInfo
            {
                Discount = DiscountWire.From(result.Discount),
                Bundle = ApplicableResponse.BundleInfo.From(result.Bundle),
                Gift = applicable && result is { Credits: { } credits, Redeemable.Benefit: GiftBenefit } && resolved.Voucher is { } card
                    ? new GiftResult(card.BalanceWithHolds, credits)
                    : null,
                LoyaltyCard = applicable && result is { Credits: { } points, Redeemable.Benefit: PointsBenefit } ? new LoyaltyCardResult(points) : null,
                Error = result.Status == RedeemableStatus.Inapplicable && result.Reason is { } reason ? UseErrors.Of(reason).ToBody(requestId) : null,
                Details = ReasonSummary.From(result.Reason),
            },
        };
    }
}
