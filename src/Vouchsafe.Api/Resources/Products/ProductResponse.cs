using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>A product on the wire.</summary>
internal sealed record ProductResponse
{
    public required string Id { get; init; }
    public string? SourceId { get; init; }
    public string? Name { get; init; }
    public long? Price { get; init; }
    public required JsonText Attributes { get; init; }
    public required JsonText Metadata { get; init; }
    public string? ImageUrl { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>Its variants; left out where products are shown without them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, object>? Skus { get; init; }
    public string Object => "product";

    /// <summary>The wire form.</summary>
    /// <param name="product">The product.</param>
    /// <param name="skus">Its variants; null: leave them out.</param>
    internal static ProductResponse From(Product product, IReadOnlyList<Sku>? skus) => new()
    {
        Id = product.Id,
        SourceId = product.SourceId,
        Name = product.Name,
        Price = product.Price,
        Attributes = new JsonText(product.AttributesJson),
        Metadata = new JsonText(product.MetadataJson),
        ImageUrl = product.ImageUrl,
        CreatedAt = product.CreatedAt,
        UpdatedAt = product.UpdatedAt,
        Skus = skus is null ? null : WireList.Of<SkuResponse>("data", [.. skus.Select(sku => SkuResponse.From(sku))], skus.Count),
    };
}

/// <summary>A variant on the wire.</summary>
internal sealed record SkuResponse
{
    public required string Id { get; init; }
    public string? SourceId { get; init; }
    public required string ProductId { get; init; }
    public string? Sku { get; init; }
    public long? Price { get; init; }
    public string? Currency { get; init; }
    public required JsonText Attributes { get; init; }
    public string? ImageUrl { get; init; }
    public required JsonText Metadata { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>The product it is a variant of, where lists show it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProductResponse? Product { get; init; }
    public string Object => "sku";

    internal static SkuResponse From(Sku sku, Product? product = null) => new()
    {
        Id = sku.Id,
        SourceId = sku.SourceId,
        ProductId = sku.ProductId,
        Sku = sku.Name,
        Price = sku.Price,
        Currency = sku.Currency,
        Attributes = new JsonText(sku.AttributesJson),
        ImageUrl = sku.ImageUrl,
        Metadata = new JsonText(sku.MetadataJson),
        CreatedAt = sku.CreatedAt,
        UpdatedAt = sku.UpdatedAt,
        Product = product is null ? null : ProductResponse.From(product, null),
    };
}
