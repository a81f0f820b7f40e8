using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
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
        if (payload.Problem() is { } problem) return problem;
        var product = await FindAsync(call, payload, db);
        if (product is null)
        {
            product = new Product
            {
                Id = string.IsNullOrEmpty(payload.Id) ? Ids.New(IdPrefix.Product, call.Now) : payload.Id,
                ProjectId = call.Project.Id,
                CreatedAt = call.Now,
            };
            db.Products.Add(product);
        }
        else
        {
            product.UpdatedAt = call.Now;
        }

        payload.Apply(product);
        // Somebody else took the id or source id in this moment, or the bin still has it.
        if (await Store.SaveAsync(db, call, () => ProductErrors.Duplicate("product", payload.SourceId ?? product.Id)) is { } taken) return taken;

        var skus = await db.SkusOfAsync(call.Project, [product.Id], call.Aborted);
        return Json.Ok(ProductResponse.From(product, [.. skus[product.Id]]));
    }

    private static async ValueTask<Product?> FindAsync(ApiCall call, ProductPayload payload, VouchsafeDbContext db)
    {
        if (payload.Id is { Length: > 0 } id && await db.Products.Of(call.Project).FirstOrDefaultAsync(p => p.Id == id, call.Aborted) is { } known)
            return known;
        return payload.SourceId is { Length: > 0 } sourceId
            ? await db.Products.Of(call.Project).FirstOrDefaultAsync(p => p.SourceId == sourceId, call.Aborted)
            : null;
    }
}
