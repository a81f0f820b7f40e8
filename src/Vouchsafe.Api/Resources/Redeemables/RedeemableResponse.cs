using System.Text.Json.Serialization;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Stacking;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>A refusal inside an answer: an error of the catalogue, with the message of the rule's author if there is one.</summary>
internal sealed record ReasonResponse
{
    public required int Code { get; init; }
    public required string Key { get; init; }
    public required string Message { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Details { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RequestId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ResourceId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ResourceType { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public CustomMessage? Error { get; init; }

    internal sealed record CustomMessage(string Message);

    internal static ReasonResponse From(Reason reason, string? requestId) => new()
    {
        Code = reason.Code,
        Key = reason.Key,
        Message = reason.Message,
        Details = reason.Details,
        RequestId = requestId,
        ResourceId = reason.ResourceId,
        ResourceType = reason.ResourceType,
        Error = reason.CustomMessage is { } text ? new CustomMessage(text) : null,
    };
}

/// <summary>A redeemable that holds, as validations and qualifications show it.</summary>
internal sealed record ApplicableResponse
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Status { get; init; }
    public required string Id { get; init; }
    public required string Object { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? CreatedAt { get; init; }
    public required ResultInfo Result { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
    public required TargetList ApplicableTo { get; init; }
    public required TargetList InapplicableTo { get; init; }
    public required JsonText Metadata { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<StackedCategory>? Categories { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Banner { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CampaignId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CampaignName { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Dictionary<string, object>? ValidationRulesAssignments { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ExplanationWire? Explanation { get; init; }
    /// <summary>The tiers of a stack that holds, in qualifications.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<ApplicableResponse>? Redeemables { get; init; }

    internal sealed record ResultInfo
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DiscountWire? Discount { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public BundleInfo? Bundle { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public GiftInfo? Gift { get; init; }
    }

    /// <summary>Which units of the order are those of a bundle, and what is missing of a first one.</summary>
    internal sealed record BundleInfo(
        int Quantity, int Limit, IReadOnlyList<BundleInfo.Units> Identified,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<BundleInfo.Lacking>? Missing)
    {
        internal sealed record Units(string Id, string Object, int ItemIndex, long ItemQuantity);

        internal sealed record Lacking(string Id, string Object, long ItemQuantity);

        internal static BundleInfo? From(BundleCount? bundle) => bundle is null ? null : new(
            bundle.Quantity,
            bundle.Limit,
            [.. bundle.Identified.Select(u => new Units(u.Id, TargetWire.NameOf(u.Object), u.Index, u.Quantity))],
            bundle.Missing.Count == 0 ? null : [.. bundle.Missing.Select(m => new Lacking(m.Target.Id, TargetWire.NameOf(m.Target.Object), m.Quantity))]);
    }

    internal sealed record GiftInfo(
        long Balance, long Credits, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LockedCredits);

    /// <summary>A category with what the stacking rules make of it.</summary>
    internal sealed record StackedCategory(
        string Id, string Name, int Hierarchy, DateTimeOffset CreatedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? UpdatedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StackingRulesType)
    {
        public string Object => "category";

        internal static StackedCategory From(Category category, StackingRules rules) => new(
            category.Id, category.Name, category.Hierarchy, category.CreatedAt, category.UpdatedAt,
            rules.JointCategories.Contains(category.Id) ? "JOINT" : rules.ExclusiveCategories.Contains(category.Id) ? "EXCLUSIVE" : null);
    }

    /// <summary>The wire form of a result that holds.</summary>
    internal static ApplicableResponse From(EvaluationRun run, RedeemableResult result, Buyer? buyer, bool showsLocks = false)
    {
        var resolved = run.Of(result);
        return new ApplicableResponse
        {
            Id = result.Redeemable.Id,
            Object = resolved.Object,
            Result = new ResultInfo
            {
                Discount = DiscountWire.From(result.Discount),
                Bundle = BundleInfo.From(result.Bundle),
                Gift = result.Redeemable.Benefit is GiftBenefit gift
                    ? new GiftInfo(gift.Balance, result.Credits ?? 0, showsLocks ? resolved.Voucher?.HeldCredits : null)
                    : null,
            },
            Order = result.Order is { } order ? OrderResponse.From(order, OrderText.Metadata(run.Order), buyer?.Stored?.Id, run.ReferrerId) : null,
            ApplicableTo = TargetWire.List(result.ApplicableTo),
            InapplicableTo = TargetWire.List(result.InapplicableTo),
            Metadata = new JsonText(resolved.MetadataJson),
            Explanation = ExplanationWire.From(run, result),
            Categories = [.. resolved.Categories.Select(c => StackedCategory.From(c, run.Context.StackingRules))],
        };
    }
}

/// <summary>Parts of an engine's order that travel as text.</summary>
internal static class OrderText
{
    internal static JsonText? Metadata(Engine.Orders.OrderSnapshot? order) =>
        order is { Metadata.ValueKind: System.Text.Json.JsonValueKind.Object } ? new JsonText(order.Metadata.GetRawText()) : null;
}
