using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>Ways to find product collections.</summary>
internal static class ProductCollectionQueries
{
    internal static async ValueTask<ProductCollection?> ByAnyIdAsync(
        this IQueryable<ProductCollection> collections, ProjectSettings project, string id, CancellationToken ct) =>
        await collections.FirstOrDefaultAsync(c => c.ProjectId == project.Id && c.Id == id, ct);

    /// <summary>The members of static collections.</summary>
    internal static async ValueTask<List<ProductCollectionItem>> ItemsOfAsync(
        this VouchsafeDbContext db, IReadOnlyCollection<string> collectionIds, CancellationToken ct) =>
        await db.ProductCollectionItems.AsNoTracking().Where(i => collectionIds.Contains(i.CollectionId)).ToListAsync(ct);
}

/// <summary>GET /v1/product-collections/{id}.</summary>
internal static class GetProductCollection
{
    internal static async Task<IResult> Handle(ApiCall call, string productCollectionId, VouchsafeDbContext db) =>
        await db.ProductCollections.AsNoTracking().ByAnyIdAsync(call.Project, productCollectionId, call.Aborted) is { } collection
            ? Json.Ok(ProductCollectionResponse.From(collection, await db.ItemsOfAsync([collection.Id], call.Aborted)))
            : ProductCollectionErrors.NotFound(productCollectionId);
}

/// <summary>GET /v1/product-collections.</summary>
internal static class ListProductCollections
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query, "name").Failed(out var error, out var listing)) return error;
        var (rows, total) = await listing.RunAsync(db.ProductCollections.AsNoTracking().Where(c => c.ProjectId == call.Project.Id), call.Aborted);
        var items = (await db.ItemsOfAsync([.. rows.Select(c => c.Id)], call.Aborted)).ToLookup(i => i.CollectionId);
        return WireList.Ok<ProductCollectionResponse>("data", [.. rows.Select(c => ProductCollectionResponse.From(c, items[c.Id]))], total);
    }
}

/// <summary>GET /v1/product-collections/{id}/products: products and variants, in the collection's order or by age.</summary>
internal static class ListCollectionProducts
{
    internal static async Task<IResult> Handle(ApiCall call, string productCollectionId, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", "created_at", "-created_at", "updated_at", "-updated_at").Failed(out error, out var order)) return error;
        if (await db.ProductCollections.AsNoTracking().ByAnyIdAsync(call.Project, productCollectionId, call.Aborted) is not { } collection)
            return ProductCollectionErrors.NotFound(productCollectionId);
        var (products, skus) = await CollectionMembership.MembersAsync(db, call.Project, collection, call.Now, call.Aborted);
        var byId = products.Parents.ToDictionary(p => p.Id);
        var entries = products.Members.Select(p => (p.CreatedAt, p.UpdatedAt, p.Id, Entry: (object)ProductResponse.From(p, null)))
            .Concat(skus.Select(s => (s.CreatedAt, s.UpdatedAt, s.Id, Entry: (object)SkuResponse.From(s, byId.GetValueOrDefault(s.ProductId)))));
        var sorted = order.TrimStart('-') == "created_at" ? entries.OrderBy(e => e.CreatedAt).ThenBy(e => e.Id) : entries.OrderBy(e => e.UpdatedAt).ThenBy(e => e.Id);
        List<object> all = [.. sorted.Select(e => e.Entry)];
        if (order.StartsWith('-')) all.Reverse();
        return WireList.Ok<object>("data", [.. all.Skip(page.Skip).Take(page.Limit)], all.Count);
    }
}
