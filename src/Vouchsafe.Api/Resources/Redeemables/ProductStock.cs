using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.ProductCollections;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>The stored products and variants that a request speaks of, and the collections they are in.</summary>
internal sealed class ProductStock
{
    private static readonly ILookup<string, string> NoCollections = Array.Empty<string>().ToLookup(id => id);
    private static readonly ProductStock Empty = new([], NoCollections, [], default);

    private readonly Dictionary<string, Goods> _goods;
    private readonly ILookup<string, string> _collections;
    private readonly IReadOnlyList<CollectionMembership.Dynamic> _dynamic;
    private readonly ProjectClock _clock;

    private ProductStock(
        IReadOnlyList<Goods> goods, ILookup<string, string> collections, IReadOnlyList<CollectionMembership.Dynamic> dynamic, ProjectClock clock) =>
        (_goods, _collections, _dynamic, _clock) = (goods.ToDictionary(g => g.Name, StringComparer.Ordinal), collections, dynamic, clock);

    /// <summary>Loads what an order and free units name.</summary>
    /// <param name="database">The database.</param>
    /// <param name="definitions">Products and variants in memory.</param>
    /// <param name="project">The project.</param>
    /// <param name="items">Lines of the order.</param>
    /// <param name="unitTypes">Ids of free units.</param>
    /// <param name="withCollections">Whether somebody asks for collections; they cost more than the rest.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels.</param>
    internal static async ValueTask<ProductStock> LoadAsync(
        Database database, Definitions definitions, ProjectSettings project, IReadOnlyCollection<OrderItem> items, IEnumerable<string> unitTypes,
        bool withCollections, DateTimeOffset now, CancellationToken ct)
    {
        if (items.Count == 0 && !withCollections && !unitTypes.Any()) return Empty;
        List<string> names = [.. items.SelectMany(i => new[] { i.ProductId, i.SkuId, i.SourceId }).OfType<string>().Concat(unitTypes).Distinct()];
        if (names.Count == 0 && !withCollections) return Empty;
        var clock = new ProjectClock(now, project.TimeZone);
        var dynamic = withCollections ? await CollectionMembership.DynamicAsync(database.Context, project, ct) : [];
        var goods = names.Count == 0 ? [] : await definitions.GoodsAsync(project, names, ct);
        if (!withCollections) return new ProductStock(goods, NoCollections, dynamic, clock);
        var skus = goods.Select(g => g.Sku).OfType<StoredSku>().DistinctBy(s => s.Row.Id).ToList();
        var products = goods.Select(g => g.Product).Concat(skus.Select(s => s.Parent)).OfType<StoredProduct>().DistinctBy(p => p.Row.Id).ToList();
        var collections = await CollectionMembership.OfItemsAsync(
            database.Context, project, products.ConvertAll(p => p.Row), skus.ConvertAll(s => s.Row), dynamic, now, ct);
        return new ProductStock(goods, collections, dynamic, clock);
    }

    /// <summary>The order with its gaps filled from what is stored; what the request says wins.</summary>
    internal OrderSnapshot Fill(OrderSnapshot order) => order.Items.Count == 0 ? order : order with { Items = [.. order.Items.Select(Fill)] };

    /// <summary>The line that a free unit makes; null for what is not stored.</summary>
    internal OrderItem? UnitItem(string unitType) => _goods.GetValueOrDefault(unitType) switch
    {
        { Sku: { } sku } => Fill(new OrderItem(), sku, sku.Parent),
        { Product: { } product } => Fill(new OrderItem(), null, product),
        _ => null,
    };

    private OrderItem Fill(OrderItem item)
    {
        var sku = Named(item.SkuId)?.Sku ?? (item.RelatedObject == "sku" || item.ProductId is null ? Named(item.SourceId)?.Sku : null);
        var product = sku?.Parent ?? Named(item.ProductId)?.Product
            ?? (sku is null && item.RelatedObject != "sku" ? Named(item.SourceId)?.Product : null);
        return sku is null && product is null ? item with { CollectionIds = DescribedIn(item) } : Fill(item, sku, product);
    }

    private OrderItem Fill(OrderItem item, StoredSku? sku, StoredProduct? product) => item with
    {
        ProductId = product?.Row.Id ?? item.ProductId,
        SkuId = sku?.Row.Id ?? item.SkuId,
        ProductSourceId = product?.Row.SourceId,
        SkuSourceId = sku?.Row.SourceId,
        StoredPrice = OrderItemPayload.PriceIn(item.Sku) ?? sku?.Row.Price ?? OrderItemPayload.PriceIn(item.Product) ?? product?.Row.Price,
        CollectionIds = [.. _collections[sku?.Row.Id ?? product!.Row.Id]],
        Product = product is null ? item.Product : product.Under(item.Product),
        Sku = sku is null ? item.Sku : sku.Under(item.Sku),
    };

    private Goods? Named(string? name) => name is null ? null : _goods.GetValueOrDefault(name);

    // What is not stored may describe itself in the request; collections made of filters then hold it for this call.
    private IReadOnlyCollection<string> DescribedIn(OrderItem item)
    {
        if (_dynamic.Count == 0) return [];
        List<JsonElement> views = [];
        if (item.Product.ValueKind == JsonValueKind.Object) views.Add(Described(item.Product, item.ProductId, item, "product"));
        if (item.Sku.ValueKind == JsonValueKind.Object) views.Add(Described(item.Sku, item.SkuId, item, "sku"));
        return [.. _dynamic.Where(d => views.Exists(view => d.Filter.Matches(view, _clock))).Select(d => d.Id)];
    }

    private static JsonElement Described(JsonElement given, string? id, OrderItem item, string kind)
    {
        var view = JsonObject.Create(given)!;
        view["object"] = kind;
        if (id is not null) view.TryAdd("id", id);
        if (item.SourceId is { } sourceId) view.TryAdd("source_id", sourceId);
        if (item.Price is { } price) view.TryAdd("price", price);
        return JsonSerializer.SerializeToElement(view, WireJson.Options);
    }
}
