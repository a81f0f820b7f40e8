using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Products;

/// <summary>Whether an order line is what a target names.</summary>
internal static class TargetMatch
{
    public static bool Matches(ItemTarget target, OrderItem item) => target.Object switch
    {
        TargetObject.Product => Same(target.Id, item.ProductId)
            || Known(target, item.ProductSourceId) || (item.RelatedObject != "sku" && Known(target, item.SourceId)),
        TargetObject.Sku => Same(target.Id, item.SkuId)
            || Known(target, item.SkuSourceId) || (item.RelatedObject == "sku" && Known(target, item.SourceId)),
        TargetObject.ProductsCollection => item.CollectionIds.Contains(target.Id),
    };

    private static bool Same(string id, string? other) => string.Equals(id, other, StringComparison.Ordinal);

    private static bool Known(ItemTarget target, string? sourceId) =>
        sourceId is not null && (Same(sourceId, target.SourceId) || Same(sourceId, target.Id));
}
