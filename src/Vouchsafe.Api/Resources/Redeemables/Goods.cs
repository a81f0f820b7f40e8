using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>What a name in an order means. An id beats a source id of the same text.</summary>
/// <param name="Name">An id or a source id.</param>
/// <param name="Product">The product of that name.</param>
/// <param name="Sku">The variant of that name.</param>
internal sealed record Goods(string Name, StoredProduct? Product, StoredSku? Sku)
{
    /// <summary>Looks names up, in two queries; those that nothing has are left out.</summary>
    internal static async Task<IEnumerable<Goods>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> names, CancellationToken ct)
    {
        var skus = await db.Skus.AsNoTracking().Of(project).Where(s => names.Contains(s.Id) || names.Contains(s.SourceId!)).ToListAsync(ct);
        List<string> parents = [.. skus.Select(s => s.ProductId)];
        var products = (await db.Products.AsNoTracking().Of(project)
            .Where(p => names.Contains(p.Id) || names.Contains(p.SourceId!) || parents.Contains(p.Id)).ToListAsync(ct)).ConvertAll(p => new StoredProduct(p));
        var variants = skus.ConvertAll(s => new StoredSku(s, products.Find(p => p.Row.Id == s.ProductId)));
        return names.Select(name => new Goods(
                name,
                products.Find(p => p.Row.Id == name) ?? products.Find(p => p.Row.SourceId == name),
                variants.Find(s => s.Row.Id == name) ?? variants.Find(s => s.Row.SourceId == name)))
            .Where(goods => goods is not { Product: null, Sku: null });
    }
}

/// <summary>A product as lines of orders show it.</summary>
/// <param name="row">The row; not tracked, not to be changed.</param>
internal sealed class StoredProduct(Product row)
{
    private readonly Lazy<JsonElement> _view = new(() => View(row).ToElement());

    internal Product Row => row;

    /// <summary>It with what a request says of it, for this call.</summary>
    internal JsonElement Under(JsonElement given) => given.ValueKind == JsonValueKind.Object ? View(row).Under(given) : _view.Value;

    private static GoodsView View(Product row) => new(
        new JsonObject { ["id"] = row.Id, ["source_id"] = row.SourceId, ["name"] = row.Name }, row.Price, row.MetadataJson);
}

/// <summary>A variant as lines of orders show it.</summary>
/// <param name="row">The row; not tracked, not to be changed.</param>
/// <param name="parent">What it is a variant of.</param>
internal sealed class StoredSku(Sku row, StoredProduct? parent)
{
    private readonly Lazy<JsonElement> _view = new(() => View(row).ToElement());

    internal Sku Row => row;

    internal StoredProduct? Parent => parent;

    /// <summary>It with what a request says of it, for this call.</summary>
    internal JsonElement Under(JsonElement given) => given.ValueKind == JsonValueKind.Object ? View(row).Under(given) : _view.Value;

    private static GoodsView View(Sku row) => new(
        new JsonObject { ["id"] = row.Id, ["source_id"] = row.SourceId, ["sku"] = row.Name }, row.Price, row.MetadataJson);
}

/// <summary>The view of a product or variant, being made.</summary>
internal readonly struct GoodsView
{
    private readonly JsonObject _view;

    internal GoodsView(JsonObject view, long? price, string metadata)
    {
        _view = view;
        if (price is { } amount) view["price"] = amount;
        view["metadata"] = JsonNode.Parse(metadata);
    }

    /// <summary>A member that the request writes wins for this call; metadata is joined member by member.</summary>
    internal JsonElement Under(JsonElement given)
    {
        foreach (var member in given.EnumerateObject())
        {
            if (member.Name == "metadata" && member.Value.ValueKind == JsonValueKind.Object && _view["metadata"] is JsonObject metadata)
                foreach (var entry in member.Value.EnumerateObject()) metadata[entry.Name] = JsonNode.Parse(entry.Value.GetRawText());
            else if (member.Value.ValueKind != JsonValueKind.Null)
                _view[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return ToElement();
    }

    internal JsonElement ToElement()
    {
        if (_view["metadata"] is JsonObject { Count: 0 }) _view.Remove("metadata");
        return JsonSerializer.SerializeToElement(_view, WireJson.Options);
    }
}
