using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>POST /v1/products: creates a product, or changes the one with the same id or source id.</summary>
internal static class UpsertProduct
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<ProductPayload>()).Failed(out var error, out var payload)) return error;
        if ((await RunAsync(call.Project, payload, db, call.Now, call.Aborted)).Failed(out error, out var product)) return error;
        var skus = await db.SkusOfAsync(call.Project, [product.Id], call.Aborted);
        return Json.Ok(ProductResponse.From(product, [.. skus[product.Id]]));
    }

    /// <summary>Creates or changes the product that the payload names; without a name a new one is made.</summary>
    internal static async ValueTask<Result<Product>> RunAsync(
        ProjectSettings project, ProductPayload payload, VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        if (payload.Problem() is { } problem) return problem;
        var product = await FindAsync(project, payload, db, ct);
        if (product is null)
        {
            product = new Product
            {
                Id = string.IsNullOrEmpty(payload.Id) ? Ids.New(IdPrefix.Product, now) : payload.Id,
                ProjectId = project.Id,
                CreatedAt = now,
            };
            db.Products.Add(product);
        }
        else
        {
            product.UpdatedAt = now;
        }

        payload.Apply(product);
        // Somebody else took the id or source id in this moment, or the bin still has it.
        return await Store.SaveAsync(db, () => ProductErrors.Duplicate("product", payload.SourceId ?? product.Id), ct) is { } taken ? taken : product;
    }

    private static async ValueTask<Product?> FindAsync(ProjectSettings project, ProductPayload payload, VouchsafeDbContext db, CancellationToken ct)
    {
        if (payload.Id is { Length: > 0 } id && await db.Products.Of(project).FirstOrDefaultAsync(p => p.Id == id, ct) is { } known)
            return known;
        return payload.SourceId is { Length: > 0 } sourceId
            ? await db.Products.Of(project).FirstOrDefaultAsync(p => p.SourceId == sourceId, ct)
            : null;
    }
}
