using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>Ways to find products and variants; those in the bin are not found.</summary>
internal static class ProductQueries
{
    internal static IQueryable<Product> Of(this IQueryable<Product> products, ProjectSettings project) =>
        products.Where(p => p.ProjectId == project.Id && p.DeletedAt == null);

    internal static IQueryable<Sku> Of(this IQueryable<Sku> skus, ProjectSettings project) =>
        skus.Where(s => s.ProjectId == project.Id && s.DeletedAt == null);

    /// <summary>By id or the shop's own id.</summary>
    internal static async ValueTask<Product?> ByAnyIdAsync(this IQueryable<Product> products, ProjectSettings project, string id, CancellationToken ct) =>
        await products.Of(project).FirstOrDefaultAsync(p => p.Id == id, ct)
        ?? await products.Of(project).FirstOrDefaultAsync(p => p.SourceId == id, ct);

    /// <summary>By id or the shop's own id.</summary>
    internal static async ValueTask<Sku?> ByAnyIdAsync(this IQueryable<Sku> skus, ProjectSettings project, string id, CancellationToken ct) =>
        await skus.Of(project).FirstOrDefaultAsync(s => s.Id == id, ct)
        ?? await skus.Of(project).FirstOrDefaultAsync(s => s.SourceId == id, ct);

    /// <summary>The variants of some products, oldest first.</summary>
    internal static async ValueTask<ILookup<string, Sku>> SkusOfAsync(
        this VouchsafeDbContext db, ProjectSettings project, IReadOnlyCollection<string> productIds, CancellationToken ct) =>
        (await db.Skus.AsNoTracking().Of(project).Where(s => productIds.Contains(s.ProductId))
            .OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.ProductId);
}
