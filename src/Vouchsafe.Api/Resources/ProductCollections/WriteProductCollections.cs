using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>A product collection as requests write one.</summary>
internal sealed record ProductCollectionPayload
{
    internal const int MaxProducts = 10_000;

    public string? Type { get; init; }
    public string? Name { get; init; }
    public List<Item>? Products { get; init; }
    public JsonText? Filter { get; init; }

    /// <summary>A product or variant that a static collection takes in.</summary>
    internal sealed record Item(string? Id, string? ProductId, string? Object);

    internal ApiError? Problem() =>
        (string.IsNullOrEmpty(Name) ? CommonErrors.InvalidPayload("Payload should have required property 'name'") : null)
        ?? Check.Text(Name, "name")
        ?? (Type is null ? CommonErrors.InvalidPayload("Payload should have required property 'type'") : Check.OneOf(Type, "type", "STATIC", "AUTO_UPDATE"))
        ?? (Products?.Count > MaxProducts ? CommonErrors.InvalidPayload($"products may hold {MaxProducts} entries at most.") : null)
        ?? Products?.Select(ItemProblem).FirstOrDefault(error => error is not null)
        ?? (Type == "AUTO_UPDATE" ? FilterProblem(Filter) : null);

    internal static ApiError? FilterProblem(JsonText? filter) =>
        filter is not { } given || !given.Text.Contains("\"junction\"", StringComparison.Ordinal) ? ProductCollectionErrors.NoFilter
        : ProductFilters.Parse(given.Text).Failed(out var error, out _) ? error : null;

    private static ApiError? ItemProblem(Item item, int index) =>
        string.IsNullOrEmpty(item.Id) ? CommonErrors.InvalidPayload($"products[{index}].id is required.")
        : item.Object is null ? CommonErrors.InvalidPayload($"products[{index}].object is required.")
        : Check.OneOf(item.Object, $"products[{index}].object", "product", "sku");
}

/// <summary>POST /v1/product-collections.</summary>
internal static class CreateProductCollection
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<ProductCollectionPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        var collection = new ProductCollection
        {
            Id = Ids.New(IdPrefix.ProductCollection, call.Now),
            ProjectId = call.Project.Id,
            Name = payload.Name!,
            FilterJson = payload.Type == "AUTO_UPDATE" ? payload.Filter!.Value.Text : null,
            CreatedAt = call.Now,
        };
        IReadOnlyList<ProductCollectionItem> items = [];
        if (payload.Type == "STATIC" && (await ItemsAsync(call, collection.Id, payload.Products ?? [], db)).Failed(out error, out items!)) return error;
        db.ProductCollections.Add(collection);
        db.ProductCollectionItems.AddRange(items);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(ProductCollectionResponse.From(collection, items));
    }

    private static async ValueTask<Result<IReadOnlyList<ProductCollectionItem>>> ItemsAsync(
        ApiCall call, string collectionId, List<ProductCollectionPayload.Item> wanted, VouchsafeDbContext db)
    {
        List<string> ids = [.. wanted.Select(w => w.Id!).Distinct()];
        var products = await db.Products.AsNoTracking().Of(call.Project).Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(call.Aborted);
        var skus = await db.Skus.AsNoTracking().Of(call.Project).Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.ProductId, call.Aborted);
        List<ProductCollectionItem> items = [];
        foreach (var item in wanted.DistinctBy(w => w.Id))
        {
            string? productId = null;
            if (item.Object == "product" ? !products.Contains(item.Id!) : !skus.TryGetValue(item.Id!, out productId))
                return item.Object == "product" ? ProductErrors.NotFound(item.Id!) : ProductErrors.SkuNotFound(item.Id!);
            items.Add(new ProductCollectionItem { CollectionId = collectionId, ItemId = item.Id!, ProductId = productId, Position = items.Count });
        }

        return items;
    }
}

/// <summary>PUT /v1/product-collections/{id}: the name, and the filter of an auto-update collection.</summary>
internal static class UpdateProductCollection
{
    internal static async Task<IResult> Handle(ApiCall call, string productCollectionId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<ProductCollectionPayload>()).Failed(out var error, out var payload)) return error;
        if (Check.Text(payload.Name, "name") is { } problem) return problem;
        if (await db.ProductCollections.ByAnyIdAsync(call.Project, productCollectionId, call.Aborted) is not { } collection)
            return ProductCollectionErrors.NotFound(productCollectionId);
        if (collection.FilterJson is null && string.IsNullOrEmpty(payload.Name))
            return CommonErrors.InvalidPayload("Payload should have required property 'name'");
        if (collection.FilterJson is not null && payload.Filter is { } filter)
        {
            if (ProductCollectionPayload.FilterProblem(filter) is { } fault) return fault;
            collection.FilterJson = filter.Text;
        }

        collection.Name = string.IsNullOrEmpty(payload.Name) ? collection.Name : payload.Name;
        collection.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(ProductCollectionResponse.From(collection, await db.ItemsOfAsync([collection.Id], call.Aborted)));
    }
}

/// <summary>DELETE /v1/product-collections/{id}; refused while a validation rule speaks of it.</summary>
internal static class DeleteProductCollection
{
    internal static async Task<IResult> Handle(ApiCall call, string productCollectionId, VouchsafeDbContext db)
    {
        if (await db.ProductCollections.ByAnyIdAsync(call.Project, productCollectionId, call.Aborted) is not { } collection)
            return ProductCollectionErrors.NotFound(productCollectionId);
        var quoted = $"\"{collection.Id}\"";
        var users = await db.ValidationRules
            .Where(r => r.ProjectId == call.Project.Id
                && (r.RulesJson!.Contains(quoted) || r.ApplicableToJson!.Contains(quoted) || r.BundleRulesJson!.Contains(quoted)))
            .OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(call.Aborted);
        if (users.Count > 0) return ProductCollectionErrors.InUse(collection.Id, users);
        db.ProductCollections.Remove(collection);
        db.ProductCollectionItems.RemoveRange(await db.ProductCollectionItems.Where(i => i.CollectionId == collection.Id).ToListAsync(call.Aborted));
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}
