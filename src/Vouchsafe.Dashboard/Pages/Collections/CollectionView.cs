using System.Text.Json;
using Vouchsafe.Dashboard.Pages.Products;

namespace Vouchsafe.Dashboard.Pages.Collections;

/// <summary>A collection in the list.</summary>
public sealed record CollectionRow(string Id, string Name, string Type, int? Items, DateTimeOffset? CreatedAt);

/// <summary>A collection on the wire.</summary>
public sealed record CollectionView(string Id, string Name, string Type, JsonElement Filter, DateTimeOffset? CreatedAt)
{
    /// <summary>Whether a filter says what is in it.</summary>
    public bool IsAuto => Type == "AUTO_UPDATE";
}

/// <summary>A product or SKU of a collection.</summary>
public sealed record CollectionMember(string Id, string Object, string? SourceId, string? Name, string? Sku, long? Price, string? ProductId, ProductView? Product)
{
    /// <summary>The best name there is.</summary>
    public string Label => Name ?? Sku ?? SourceId ?? Id;

    /// <summary>The product that it is, or is a variant of.</summary>
    public string Page => ProductId ?? Id;
}
