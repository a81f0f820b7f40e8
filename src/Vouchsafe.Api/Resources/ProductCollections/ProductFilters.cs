using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Api.Filters;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>The filter of an auto-update collection, over products and variants in wire form.</summary>
internal static class ProductFilters
{
    private static readonly HashSet<string> Fields =
        ["id", "product_id", "source_id", "name", "sku", "price", "object", "attributes", "image_url", "skus", "created_at", "updated_at"];

    internal static Result<FilterSet> Parse(string json) => FilterSet.Parse(
        json, "filter", field => Fields.Contains(field) || field.StartsWith("metadata.", StringComparison.Ordinal)
            || field.StartsWith("attributes.", StringComparison.Ordinal));

    /// <summary>A product as filters see it.</summary>
    internal static JsonElement View(Product product, IReadOnlyList<Sku> skus) =>
        JsonSerializer.SerializeToElement(new
        {
            product.Id, product.SourceId, product.Name, product.Price, product.ImageUrl, product.CreatedAt, product.UpdatedAt,
            Attributes = new JsonText(product.AttributesJson), Metadata = new JsonText(product.MetadataJson),
            Skus = skus.Select(s => s.Id), Object = "product",
        }, WireJson.Options);

    /// <summary>A variant as filters see it; what it has not of its own, a price or an entry of metadata, is its product's.</summary>
    internal static JsonElement View(Sku sku, Product? product) =>
        JsonSerializer.SerializeToElement(new
        {
            sku.Id, sku.ProductId, sku.SourceId, sku.Name, Sku = sku.Name, Price = sku.Price ?? product?.Price, sku.ImageUrl,
            sku.CreatedAt, sku.UpdatedAt, Attributes = new JsonText(sku.AttributesJson), Metadata = Inherited(sku.MetadataJson, product?.MetadataJson), Object = "sku",
        }, WireJson.Options);

    private static JsonObject Inherited(string own, string? products)
    {
        var metadata = JsonNode.Parse(products ?? "{}")!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(own)!.AsObject()) metadata[key] = value?.DeepClone();
        return metadata;
    }
}
