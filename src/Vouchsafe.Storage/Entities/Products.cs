namespace Vouchsafe.Storage.Entities;

/// <summary>What the shop sells.</summary>
public sealed class Product : Named
{
    /// <summary>Id, <c>prod_...</c>, or what the caller chose.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>The shop's own id, unique in the project among products that are not in the bin.</summary>
    public string? SourceId { get; set; }
    /// <summary>Unit price in minor units.</summary>
    public long? Price { get; set; }
    /// <summary>Names of the attributes in which its variants differ, a JSON array.</summary>
    public string AttributesJson { get; set; } = "[]";
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>Picture.</summary>
    public string? ImageUrl { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
    /// <summary>When it was put into the bin.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A variant of a product; its name is <c>sku</c> on the wire.</summary>
public sealed class Sku : Named
{
    /// <summary>Id, <c>sku_...</c>, or what the caller chose.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>The product it is a variant of.</summary>
    public required string ProductId { get; init; }
    /// <summary>The shop's own id, unique in the project among variants that are not in the bin.</summary>
    public string? SourceId { get; set; }
    /// <summary>Unit price in minor units; null: the product's.</summary>
    public long? Price { get; set; }
    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; set; }
    /// <summary>Values of the product's attributes, a JSON object.</summary>
    public string AttributesJson { get; set; } = "{}";
    /// <summary>Metadata as a JSON object.</summary>
    public string MetadataJson { get; set; } = "{}";
    /// <summary>Picture.</summary>
    public string? ImageUrl { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
    /// <summary>When it was put into the bin.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A set of products and variants that rules refer to.</summary>
public sealed class ProductCollection
{
    /// <summary>Id, <c>pc_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; set; }
    /// <summary>The filter of an <c>AUTO_UPDATE</c> collection as JSON in wire form; null: <c>STATIC</c>, the members are <see cref="ProductCollectionItem"/> rows.</summary>
    public string? FilterJson { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>A member of a static product collection.</summary>
public sealed class ProductCollectionItem
{
    /// <summary>Collection.</summary>
    public required string CollectionId { get; init; }
    /// <summary>Id of the product or variant.</summary>
    public required string ItemId { get; init; }
    /// <summary>The product of a variant; null: the member is a product.</summary>
    public string? ProductId { get; init; }
    /// <summary>Place in the collection.</summary>
    public required int Position { get; init; }
}

/// <summary>A category of campaigns and vouchers; stacking rules speak of categories.</summary>
public sealed class Category
{
    /// <summary>Id, <c>cat_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name, unique in the project.</summary>
    public required string Name { get; set; }
    /// <summary>Lower comes first.</summary>
    public required int Hierarchy { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}
