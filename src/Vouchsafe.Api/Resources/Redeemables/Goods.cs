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

/// <summary>A product or variant as lines of orders show it.</summary>
internal abstract class StoredGoods
{
    private readonly Lazy<JsonElement> _view;

    private protected StoredGoods() => _view = new(() => ToElement(View()));

    /// <summary>It with what a request says of it, for this call: a member that the request writes wins, metadata is joined member by member.</summary>
    internal JsonElement Under(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object) return _view.Value;
        var view = View();
        foreach (var member in given.EnumerateObject())
        {
            if (member.Name == "metadata" && member.Value.ValueKind == JsonValueKind.Object && view["metadata"] is JsonObject metadata)
                foreach (var entry in member.Value.EnumerateObject()) metadata[entry.Name] = JsonNode.Parse(entry.Value.GetRawText());
            else if (member.Value.ValueKind != JsonValueKind.Null)
                view[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return ToElement(view);
    }

    private protected abstract JsonObject View();

    private protected static JsonObject View(JsonObject names, long? price, string metadata)
    {
        if (price is { } amount) names["price"] = amount;
        names["metadata"] = JsonNode.Parse(metadata);
        return names;
    }

    private static JsonElement ToElement(JsonObject view)
    {
        if (view["metadata"] is JsonObject { Count: 0 }) view.Remove("metadata");
        return JsonSerializer.SerializeToElement(view, WireJson.Options);
    }
}

/// <summary>A product.</summary>
/// <param name="row">The row; not tracked, not to be changed.</param>
internal sealed class StoredProduct(Product row) : StoredGoods
{
    internal Product Row => row;

    private protected override JsonObject View() =>
        View(new JsonObject { ["id"] = row.Id, ["source_id"] = row.SourceId, ["name"] = row.Name }, row.Price, row.MetadataJson);
}

/// <summary>A variant.</summary>
/// <param name="row">The row; not tracked, not to be changed.</param>
/// <param name="parent">What it is a variant of.</param>
internal sealed class StoredSku(Sku row, StoredProduct? parent) : StoredGoods
{
    internal Sku Row => row;

    internal StoredProduct? Parent => parent;

    private protected override JsonObject View() =>
        View(new JsonObject { ["id"] = row.Id, ["source_id"] = row.SourceId, ["sku"] = row.Name }, row.Price, row.MetadataJson);
}
