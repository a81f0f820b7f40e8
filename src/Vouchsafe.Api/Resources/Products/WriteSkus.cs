using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>POST /v1/products/{id}/skus: creates a variant, or changes the one with the same id or source id.</summary>
internal static class UpsertSku
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<SkuPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        if (await db.Products.AsNoTracking().ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product)
            return ProductErrors.NotFound(productId);
        var sku = await FindAsync(call, payload, db);
        if (sku is not null && sku.ProductId != product.Id) return ProductErrors.Duplicate("sku", payload.SourceId ?? sku.Id);
        if (sku is null)
        {
            sku = new Sku
            {
                Id = string.IsNullOrEmpty(payload.Id) ? Ids.New(IdPrefix.Sku, call.Now) : payload.Id,
                ProjectId = call.Project.Id,
                ProductId = product.Id,
                CreatedAt = call.Now,
            };
            db.Skus.Add(sku);
        }
        else
        {
            sku.UpdatedAt = call.Now;
        }

        payload.Apply(sku);
        // Somebody else took the id or source id in this moment, or the bin still has it.
        return await Store.SaveAsync(db, call, () => ProductErrors.Duplicate("sku", payload.SourceId ?? sku.Id)) ?? Json.Ok(SkuResponse.From(sku));
    }

    private static async ValueTask<Sku?> FindAsync(ApiCall call, SkuPayload payload, VouchsafeDbContext db)
    {
        if (payload.Id is { Length: > 0 } id && await db.Skus.Of(call.Project).FirstOrDefaultAsync(s => s.Id == id, call.Aborted) is { } known)
            return known;
        return payload.SourceId is { Length: > 0 } sourceId
            ? await db.Skus.Of(call.Project).FirstOrDefaultAsync(s => s.SourceId == sourceId, call.Aborted)
            : null;
    }
}

/// <summary>PUT /v1/products/{id}/skus/{skuId}: changes what the body names; the ids stay.</summary>
internal static class UpdateSku
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, string skuId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<SkuPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        if (await db.Products.AsNoTracking().ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product)
            return ProductErrors.NotFound(productId);
        if (await db.Skus.ByAnyIdAsync(call.Project, skuId, call.Aborted) is not { } sku || sku.ProductId != product.Id)
            return ProductErrors.SkuNotFound(skuId);
        (payload with { SourceId = null }).Apply(sku);
        sku.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(SkuResponse.From(sku));
    }
}
