using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>A product collection on the wire.</summary>
internal sealed record ProductCollectionResponse
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonText? Filter { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Member>? Products { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }
    public string Object => "products_collection";

    /// <summary>A product or variant in a static collection.</summary>
    internal sealed record Member(
        string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ProductId, string Object);

    internal static ProductCollectionResponse From(ProductCollection collection, IEnumerable<ProductCollectionItem> items) => new()
    {
        Id = collection.Id,
        Name = collection.Name,
        Type = collection.FilterJson is null ? "STATIC" : "AUTO_UPDATE",
        Filter = JsonText.From(collection.FilterJson),
        Products = collection.FilterJson is not null
            ? null
            : [.. items.OrderBy(i => i.Position).Select(i => new Member(i.ItemId, i.ProductId, i.ProductId is null ? "product" : "sku"))],
        CreatedAt = collection.CreatedAt,
        UpdatedAt = collection.UpdatedAt,
    };
}
