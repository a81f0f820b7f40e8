using System.Text.Json;

namespace Vouchsafe.Engine.Orders;

/// <summary>Finds the metadata objects around an order line.</summary>
internal static class ItemMetadata
{
    /// <summary>Metadata of the line's product; undefined when there is none.</summary>
    public static JsonElement OfProduct(OrderItem? item) =>
        item?.Product is { ValueKind: JsonValueKind.Object } product && product.TryGetProperty("metadata", out var metadata) ? metadata : default;
}
