using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Discounts;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>A discount as it was applied: effect resolved, formulas computed.</summary>
internal sealed record DiscountWire
{
    public required string Type { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Effect { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AmountOff { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AmountOffFormula { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public decimal? PercentOff { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PercentOffFormula { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? FixedAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? FixedAmountFormula { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AmountLimit { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AggregatedAmountLimit { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? UnitOff { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? UnitOffFormula { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? UnitType { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Product { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Sku { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<UnitWire>? Units { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public bool? IsDynamic { get; init; }

    /// <summary>One kind of free units among several.</summary>
    internal sealed record UnitWire
    {
        public required long UnitOff { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? UnitOffFormula { get; init; }
        public required string UnitType { get; init; }
        public required string Effect { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Product { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Sku { get; init; }
        public required bool IsDynamic { get; init; }
    }

    internal static DiscountWire? From(Discount? discount) => discount switch
    {
        null => null,
        AmountOff amount => Of("AMOUNT", amount) with
        {
            AmountOff = amount.Amount, AmountOffFormula = amount.Formula?.Text, AggregatedAmountLimit = amount.AggregatedAmountLimit,
        },
        PercentOff percent => Of("PERCENT", percent) with
        {
            PercentOff = percent.Percent, PercentOffFormula = percent.Formula?.Text,
            AmountLimit = percent.AmountLimit, AggregatedAmountLimit = percent.AggregatedAmountLimit,
        },
        FixedAmount price => Of("FIXED", price) with { FixedAmount = price.Amount, FixedAmountFormula = price.Formula?.Text },
        UnitOff { Units: [var only], Effect: not DiscountEffect.AddManyItems } units => Of("UNIT", units) with
        {
            Effect = WireNames.Of(only.Effect), UnitOff = only.Count, UnitOffFormula = only.Formula?.Text, UnitType = only.UnitType,
            Product = Text(only.Item?.Product), Sku = Text(only.Item?.Sku), IsDynamic = only.IsDynamic,
        },
        UnitOff units => Of("UNIT", units) with
        {
            Effect = WireNames.Of(DiscountEffect.AddManyItems), IsDynamic = null, Units = [.. units.Units.Select(From)],
        },
        _ => throw new InvalidOperationException("An unknown kind of discount."),
    };

    private static DiscountWire Of(string type, Discount discount) => new()
    {
        Type = type, Effect = discount.Effect is { } effect ? WireNames.Of(effect) : null, IsDynamic = discount.IsDynamic,
    };

    private static UnitWire From(FreeUnits units) => new()
    {
        UnitOff = units.Count,
        UnitOffFormula = units.Formula?.Text,
        UnitType = units.UnitType,
        Effect = WireNames.Of(units.Effect),
        Product = Text(units.Item?.Product),
        Sku = Text(units.Item?.Sku),
        IsDynamic = units.IsDynamic,
    };

    private static JsonText? Text(System.Text.Json.JsonElement? element) =>
        element is { ValueKind: System.Text.Json.JsonValueKind.Object } value ? new JsonText(value.GetRawText()) : null;
}
