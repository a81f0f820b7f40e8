using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Filters;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>Which products and variants a collection holds: listed rows, or whatever its filter matches when asked.</summary>
internal static class CollectionMembership
{
    /// <summary>Products of a collection and, for its variants, the products they belong to.</summary>
    internal readonly record struct CollectionProducts(IReadOnlyList<Product> Members, IReadOnlyList<Product> Parents);

    /// <summary>A collection that holds whatever its filter matches.</summary>
    internal readonly record struct Dynamic(string Id, FilterSet Filter);

    /// <summary>The project's collections that are made of filters.</summary>
    internal static async ValueTask<IReadOnlyList<Dynamic>> DynamicAsync(VouchsafeDbContext db, ProjectSettings project, CancellationToken ct) =>
        [.. (await db.ProductCollections.AsNoTracking().Where(c => c.ProjectId == project.Id && c.FilterJson != null).ToListAsync(ct))
            .Select(c => new Dynamic(c.Id, Filter(c)))];

    /// <summary>All that a collection holds.</summary>
    internal static async ValueTask<(CollectionProducts Products, IReadOnlyList<Sku> Skus)> MembersAsync(
        VouchsafeDbContext db, ProjectSettings project, ProductCollection collection, DateTimeOffset now, CancellationToken ct)
    {
        var allProducts = db.Products.AsNoTracking().Of(project);
        var allSkus = db.Skus.AsNoTracking().Of(project);
        if (collection.FilterJson is null)
        {
            var items = db.ProductCollectionItems.Where(i => i.CollectionId == collection.Id);
            var products = await allProducts.Where(p => items.Any(i => i.ItemId == p.Id)).ToListAsync(ct);
            var skus = await allSkus.Where(s => items.Any(i => i.ItemId == s.Id)).ToListAsync(ct);
            return (new(products, await allProducts.Where(p => items.Any(i => i.ProductId == p.Id)).ToListAsync(ct)), skus);
        }

        var (filter, clock) = (Filter(collection), new ProjectClock(now, project.TimeZone));
        var everyProduct = await allProducts.ToListAsync(ct);
        var everySku = await allSkus.ToListAsync(ct);
        var (byProduct, byId) = (everySku.ToLookup(s => s.ProductId), everyProduct.ToDictionary(p => p.Id));
        return (
            new([.. everyProduct.Where(p => filter.Matches(ProductFilters.View(p, [.. byProduct[p.Id]]), clock))], everyProduct),
            [.. everySku.Where(s => filter.Matches(ProductFilters.View(s, byId.GetValueOrDefault(s.ProductId)), clock))]);
    }

    /// <summary>
    /// The collections that each of some products and variants is in, by item id. A list that names a product holds its variants too; a
    /// filter has to match a variant itself.
    /// </summary>
    internal static async ValueTask<ILookup<string, string>> OfItemsAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyCollection<Product> products, IReadOnlyCollection<Sku> skus,
        IReadOnlyList<Dynamic> dynamic, DateTimeOffset now, CancellationToken ct)
    {
        List<string> ids = [.. products.Select(p => p.Id), .. skus.Select(s => s.Id), .. skus.Select(s => s.ProductId)];
        if (ids.Count == 0) return Array.Empty<string>().ToLookup(id => id);
        var listed = await db.ProductCollectionItems.AsNoTracking()
            .Where(i => ids.Contains(i.ItemId) && db.ProductCollections.Any(c => c.Id == i.CollectionId && c.ProjectId == project.Id))
            .Select(i => new { i.ItemId, i.CollectionId }).ToListAsync(ct);
        var byList = listed.ToLookup(i => i.ItemId, i => i.CollectionId);
        List<(string Item, string Collection)> found =
        [
            .. products.SelectMany(p => byList[p.Id].Select(id => (p.Id, id))),
            .. skus.SelectMany(s => byList[s.Id].Concat(byList[s.ProductId]).Select(id => (s.Id, id))),
        ];

        var (byProduct, byId) = (skus.ToLookup(s => s.ProductId), products.DistinctBy(p => p.Id).ToDictionary(p => p.Id));
        var clock = new ProjectClock(now, project.TimeZone);
        foreach (var (id, filter) in dynamic)
        {
            found.AddRange(products.Where(p => filter.Matches(ProductFilters.View(p, [.. byProduct[p.Id]]), clock)).Select(p => (p.Id, id)));
            found.AddRange(skus.Where(s => filter.Matches(ProductFilters.View(s, byId.GetValueOrDefault(s.ProductId)), clock)).Select(s => (s.Id, id)));
        }

        return found.Distinct().ToLookup(f => f.Item, f => f.Collection);
    }

    // What is stored was checked when it was written.
    private static FilterSet Filter(ProductCollection collection) =>
        ProductFilters.Parse(collection.FilterJson!).Failed(out var error, out var filter) ? throw new InvalidOperationException(error.Details) : filter;
}
