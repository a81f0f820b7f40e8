using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.ProductCollections;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>The stored products and variants that a request speaks of, and the collections they are in.</summary>
internal sealed class ProductStock
{
    private static readonly ILookup<string, string> NoCollections = Array.Empty<string>().ToLookup(id => id);
    private static readonly ProductStock Empty = new([], [], NoCollections, [], default);

    private readonly Dictionary<string, Product> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sku> _skus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Product> _parents;
    private readonly ILookup<string, string> _collections;
    private readonly IReadOnlyList<CollectionMembership.Dynamic> _dynamic;
    private readonly DateTimeOffset _now;

    private ProductStock(
        IEnumerable<Product> products, IEnumerable<Sku> skus, ILookup<string, string> collections, IReadOnlyList<CollectionMembership.Dynamic> dynamic,
        DateTimeOffset now)
    {
        _parents = products.ToDictionary(p => p.Id);
        foreach (var product in _parents.Values) AddUnder(_products, product.Id, product.SourceId, product);
        foreach (var sku in skus) AddUnder(_skus, sku.Id, sku.SourceId, sku);
        (_collections, _dynamic, _now) = (collections, dynamic, now);
    }

    /// <summary>Loads what an order and free units name.</summary>
    /// <param name="database">The database.</param>
    /// <param name="project">The project.</param>
    /// <param name="items">Lines of the order.</param>
    /// <param name="unitTypes">Ids of free units.</param>
    /// <param name="withCollections">Whether somebody asks for collections; they cost more than the rest.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels.</param>
    internal static async ValueTask<ProductStock> LoadAsync(
        Database database, ProjectSettings project, IReadOnlyCollection<OrderItem> items, IEnumerable<string> unitTypes, bool withCollections,
        DateTimeOffset now, CancellationToken ct)
    {
        if (items.Count == 0 && !withCollections && !unitTypes.Any()) return Empty;
        List<string> names = [.. items.SelectMany(i => new[] { i.ProductId, i.SkuId, i.SourceId }).OfType<string>().Concat(unitTypes).Distinct()];
        if (names.Count == 0 && !withCollections) return Empty;
        var db = database.Context;
        var dynamic = withCollections ? await CollectionMembership.DynamicAsync(db, project, ct) : [];
        if (names.Count == 0) return new ProductStock([], [], NoCollections, dynamic, now);
        var skus = await db.Skus.AsNoTracking().Of(project).Where(s => names.Contains(s.Id) || names.Contains(s.SourceId!)).ToListAsync(ct);
        List<string> parents = [.. skus.Select(s => s.ProductId)];
        var products = await db.Products.AsNoTracking().Of(project)
            .Where(p => names.Contains(p.Id) || names.Contains(p.SourceId!) || parents.Contains(p.Id)).ToListAsync(ct);
        var collections = withCollections
            ? await CollectionMembership.OfItemsAsync(db, project, products, skus, dynamic, now, ct)
            : NoCollections;
        return new ProductStock(products, skus, collections, dynamic, now);
    }

    /// <summary>The order with its gaps filled from what is stored; what the request says wins.</summary>
    internal OrderSnapshot Fill(OrderSnapshot order) => order.Items.Count == 0 ? order : order with { Items = [.. order.Items.Select(Fill)] };

    /// <summary>The line that a free unit makes; null for what is not stored.</summary>
    internal OrderItem? UnitItem(string unitType)
    {
        if (_skus.TryGetValue(unitType, out var sku)) return Fill(new OrderItem { SkuId = sku.Id });
        return _products.TryGetValue(unitType, out var product) ? Fill(new OrderItem { ProductId = product.Id }) : null;
    }

    private OrderItem Fill(OrderItem item)
    {
        var sku = Find(_skus, item.SkuId) ?? (item.RelatedObject == "sku" || item.ProductId is null ? Find(_skus, item.SourceId) : null);
        var product = (sku is null ? null : _parents.GetValueOrDefault(sku.ProductId)) ?? Find(_products, item.ProductId)
            ?? (sku is null && item.RelatedObject != "sku" ? Find(_products, item.SourceId) : null);
        if (sku is null && product is null) return item with { CollectionIds = DescribedIn(item) };
        return item with
        {
            ProductId = product?.Id ?? item.ProductId,
            SkuId = sku?.Id ?? item.SkuId,
            ProductSourceId = product?.SourceId,
            SkuSourceId = sku?.SourceId,
            StoredPrice = sku?.Price ?? product?.Price,
            CollectionIds = [.. (sku is null ? [] : _collections[sku.Id]).Concat(product is null ? [] : _collections[product.Id]).Distinct()],
            Product = product is null ? item.Product : Over(item.Product, View(product)),
            Sku = sku is null ? item.Sku : Over(item.Sku, View(sku)),
        };
    }

    // What is not stored may describe itself in the request; collections made of filters then hold it for this call.
    private IReadOnlyCollection<string> DescribedIn(OrderItem item)
    {
        if (_dynamic.Count == 0) return [];
        List<JsonElement> views = [];
        if (item.Product.ValueKind == JsonValueKind.Object) views.Add(Described(item.Product, item.ProductId, item, "product"));
        if (item.Sku.ValueKind == JsonValueKind.Object) views.Add(Described(item.Sku, item.SkuId, item, "sku"));
        return [.. _dynamic.Where(d => views.Exists(view => d.Filter.Matches(view, _now))).Select(d => d.Id)];
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

    private static JsonObject View(Product product)
    {
        var view = new JsonObject { ["id"] = product.Id, ["source_id"] = product.SourceId, ["name"] = product.Name };
        if (product.Price is { } price) view["price"] = price;
        view["metadata"] = JsonNode.Parse(product.MetadataJson);
        return view;
    }

    private static JsonObject View(Sku sku)
    {
        var view = new JsonObject { ["id"] = sku.Id, ["source_id"] = sku.SourceId, ["sku"] = sku.Name };
        if (sku.Price is { } price) view["price"] = price;
        view["metadata"] = JsonNode.Parse(sku.MetadataJson);
        return view;
    }

    // A member that the request writes wins for this call; metadata is joined member by member.
    private static JsonElement Over(JsonElement given, JsonObject stored)
    {
        if (given.ValueKind == JsonValueKind.Object)
            foreach (var member in given.EnumerateObject())
            {
                if (member.Name == "metadata" && member.Value.ValueKind == JsonValueKind.Object && stored["metadata"] is JsonObject metadata)
                    foreach (var entry in member.Value.EnumerateObject()) metadata[entry.Name] = JsonNode.Parse(entry.Value.GetRawText());
                else if (member.Value.ValueKind != JsonValueKind.Null)
                    stored[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }

        if (stored["metadata"] is JsonObject { Count: 0 }) stored.Remove("metadata");
        return JsonSerializer.SerializeToElement(stored, WireJson.Options);
    }

    private static T? Find<T>(Dictionary<string, T> known, string? name) where T : class => name is null ? null : known.GetValueOrDefault(name);

    // An id beats a source id of the same text.
    private static void AddUnder<T>(Dictionary<string, T> known, string id, string? sourceId, T value)
    {
        known[id] = value;
        if (sourceId is not null) known.TryAdd(sourceId, value);
    }
}
