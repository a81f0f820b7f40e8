using System.Text.Json;
using Vouchsafe.Engine.Products;

namespace Vouchsafe.Engine.Rules;

/// <summary>Reads <c>{"id", "type", "object"}</c>, or a bare id; null when it is neither.</summary>
internal static class TargetReader
{
    public static ItemTarget? Read(JsonElement operand)
    {
        if (operand.ValueKind == JsonValueKind.String && JsonReading.TextOf(operand) is { Length: > 0 } bare)
            return new ItemTarget(ByPrefix(bare), bare);
        if (JsonReading.Member(operand, "id") is not { ValueKind: JsonValueKind.String } id || JsonReading.TextOf(id) is not { Length: > 0 } text)
            return null;
        TargetObject? kind = JsonReading.Member(operand, "object") is { ValueKind: JsonValueKind.String } named ? Object(JsonReading.TextOf(named)) : ByPrefix(text);
        return kind is { } known
            ? new ItemTarget(known, text) { SourceId = JsonReading.Member(operand, "source_id") is { ValueKind: JsonValueKind.String } source ? JsonReading.TextOf(source) : null }
            : null;
    }

    public static TargetObject? Object(string? name) => name switch
    {
        "product" => TargetObject.Product,
        "sku" => TargetObject.Sku,
        "products_collection" => TargetObject.ProductsCollection,
        _ => null,
    };

    private static TargetObject ByPrefix(string id) =>
        id.StartsWith("sku_", StringComparison.Ordinal) ? TargetObject.Sku
        : id.StartsWith("pc_", StringComparison.Ordinal) ? TargetObject.ProductsCollection
        : TargetObject.Product;
}
