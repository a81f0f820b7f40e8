using System.Text.Json;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Products;

/// <summary>A product in the list.</summary>
public sealed record ProductRow(string Id, string? SourceId, string? Name, long? Price, int Skus, DateTimeOffset? CreatedAt)
{
    /// <summary>The best name there is.</summary>
    public string Label => Name ?? SourceId ?? Id;
}

/// <summary>A product on the wire.</summary>
public sealed record ProductView(
    string Id, string? SourceId, string? Name, long? Price, IReadOnlyList<string>? Attributes, JsonElement Metadata, string? ImageUrl, SkuList? Skus, DateTimeOffset? CreatedAt)
{
    /// <summary>The best name there is.</summary>
    public string Label => Name ?? SourceId ?? Id;
}

/// <summary>The variants of a product.</summary>
public sealed record SkuList(IReadOnlyList<SkuView> Data);

/// <summary>A variant on the wire.</summary>
public sealed record SkuView(
    string Id, string? SourceId, string? Sku, long? Price, string? Currency, JsonElement Attributes, JsonElement Metadata, string? ImageUrl, DateTimeOffset? CreatedAt)
{
    /// <summary>The best name there is.</summary>
    public string Label => Sku ?? SourceId ?? Id;

    /// <summary>The values of the product's attributes, in words.</summary>
    public string AttributeText => string.Join(", ", MetadataEntry.Read(Attributes).Select(a => $"{a.Name}: {a.Text}"));
}
