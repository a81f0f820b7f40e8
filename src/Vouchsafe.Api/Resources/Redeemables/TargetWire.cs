using System.Text.Json.Serialization;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary><c>applicable_to</c> and <c>inapplicable_to</c>: a list in the API's envelope.</summary>
internal sealed record TargetList(IReadOnlyList<TargetWire> Data)
{
    internal static readonly TargetList Empty = new([]);

    public string Object => "list";
    public string DataRef => "data";
    public int Total => Data.Count;
}

/// <summary>An entry of <c>applicable_to</c> or <c>inapplicable_to</c>: what a rule names and which lines of the order it met.</summary>
internal sealed record TargetWire
{
    public required string Object { get; init; }
    public required string Id { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SourceId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Price { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PriceFormula { get; init; }
    public required string Effect { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? QuantityLimit { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AggregatedQuantityLimit { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AmountLimit { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AggregatedAmountLimit { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<int>? OrderItemIndices { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<UnitsWire>? OrderItemUnits { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? Repeat { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? SkipInitially { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Target { get; init; }

    /// <summary>Units of a line, numbered from 1.</summary>
    internal sealed record UnitsWire(
        int Index, IReadOnlyList<long> Units, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool UnitsLimitExceeded);

    /// <summary>The list as answers carry it.</summary>
    internal static TargetList List(IReadOnlyList<TargetCoverage> coverage) =>
        coverage.Count == 0 ? TargetList.Empty : new TargetList([.. coverage.Select(From)]);

    /// <summary>A kind of target on the wire.</summary>
    internal static string NameOf(TargetObject kind) => WireNames.Of(kind).ToLowerInvariant();

    private static TargetWire From(TargetCoverage coverage)
    {
        var included = coverage.Target as IncludedTarget;
        return new TargetWire
        {
            Object = NameOf(coverage.Target.Object),
            Id = coverage.Target.Id,
            SourceId = coverage.Target.SourceId,
            Price = included?.Price,
            PriceFormula = included?.PriceFormula?.Text,
            Effect = WireNames.Of(included?.Effect ?? TargetEffect.ApplyToEvery),
            QuantityLimit = included?.QuantityLimit,
            AggregatedQuantityLimit = included?.AggregatedQuantityLimit,
            AmountLimit = included?.AmountLimit,
            AggregatedAmountLimit = included?.AggregatedAmountLimit,
            OrderItemIndices = coverage.LineIndices.Count == 0 ? null : coverage.LineIndices,
            OrderItemUnits = coverage.Units.Count == 0 ? null : [.. coverage.Units.Select(u => new UnitsWire(u.Index, u.Units, u.UnitsLimitExceeded))],
            Repeat = included?.Repeat,
            SkipInitially = included?.SkipInitially,
            Target = included is { Target: TargetKind.Unit } ? "UNIT" : null,
        };
    }
}
