using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>DELETE /v1/products/{id}, with its variants: into the bin, or for good with <c>force=true</c>.</summary>
internal static class DeleteProduct
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, VouchsafeDbContext db)
    {
        if (call.Query.Flag("force").Failed(out var error, out var force)) return error;
        if (await db.Products.ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product) return ProductErrors.NotFound(productId);
        var skus = await db.Skus.Of(call.Project).Where(s => s.ProductId == product.Id).ToListAsync(call.Aborted);
        if (force is true)
        {
            db.Products.Remove(product);
            db.Skus.RemoveRange(skus);
        }
        else
        {
            product.DeletedAt = call.Now;
            db.TrashEntries.Add(Bin.Entry(call, "product", product.Id, product.Name ?? product.SourceId ?? product.Id, null));
            foreach (var sku in skus)
            {
                sku.DeletedAt = call.Now;
                db.TrashEntries.Add(Bin.Entry(call, "sku", sku.Id, sku.Name ?? sku.SourceId ?? sku.Id, product.Name));
            }
        }

        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}

/// <summary>DELETE /v1/products/{id}/skus/{skuId}: into the bin, or for good with <c>force=true</c>.</summary>
internal static class DeleteSku
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, string skuId, VouchsafeDbContext db)
    {
        if (call.Query.Flag("force").Failed(out var error, out var force)) return error;
        if (await db.Products.AsNoTracking().ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product)
            return ProductErrors.NotFound(productId);
        if (await db.Skus.ByAnyIdAsync(call.Project, skuId, call.Aborted) is not { } sku || sku.ProductId != product.Id)
            return ProductErrors.SkuNotFound(skuId);
        if (force is true)
        {
            db.Skus.Remove(sku);
        }
        else
        {
            sku.DeletedAt = call.Now;
            db.TrashEntries.Add(Bin.Entry(call, "sku", sku.Id, sku.Name ?? sku.SourceId ?? sku.Id, product.Name));
        }

        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}

/// <summary>Entries of the bin.</summary>
internal static class Bin
{
    internal static TrashEntry Entry(ApiCall call, string type, string id, string name, string? parent) => new()
    {
        Id = Ids.New(IdPrefix.TrashEntry, call.Now),
        ProjectId = call.Project.Id,
        ResourceType = type,
        ResourceId = id,
        ResourceName = name,
        ParentResourceName = parent,
        CreatedAt = call.Now,
    };
}
