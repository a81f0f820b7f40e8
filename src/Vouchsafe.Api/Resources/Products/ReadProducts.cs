using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>GET /v1/products/{id}, by id or source id.</summary>
internal static class GetProduct
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, VouchsafeDbContext db)
    {
        if (await db.Products.AsNoTracking().ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product)
            return ProductErrors.NotFound(productId);
        var skus = await db.SkusOfAsync(call.Project, [product.Id], call.Aborted);
        return Json.Ok(ProductResponse.From(product, [.. skus[product.Id]]));
    }
}

/// <summary>GET /v1/products.</summary>
internal static class ListProducts
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query, "name", "price", "source_id").Failed(out var error, out var listing)) return error;
        var (rows, total) = await listing.RunAsync(db.Products.AsNoTracking().Of(call.Project), call.Aborted);
        var skus = await db.SkusOfAsync(call.Project, [.. rows.Select(p => p.Id)], call.Aborted);
        return WireList.Ok<ProductResponse>("products", [.. rows.Select(p => ProductResponse.From(p, [.. skus[p.Id]]))], total);
    }
}

/// <summary>GET /v1/skus/{id}, by id or source id.</summary>
internal static class GetSku
{
    internal static async Task<IResult> Handle(ApiCall call, string skuId, VouchsafeDbContext db) =>
        await db.Skus.AsNoTracking().ByAnyIdAsync(call.Project, skuId, call.Aborted) is { } sku
            ? Json.Ok(SkuResponse.From(sku))
            : ProductErrors.SkuNotFound(skuId);
}

/// <summary>GET /v1/products/{id}/skus.</summary>
internal static class ListSkus
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query, "price", "source_id").Failed(out var error, out var listing)) return error;
        if (await db.Products.AsNoTracking().ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product)
            return ProductErrors.NotFound(productId);
        var (rows, total) = await listing.RunAsync(db.Skus.AsNoTracking().Of(call.Project).Where(s => s.ProductId == product.Id), call.Aborted);
        return WireList.Ok<SkuResponse>("skus", [.. rows.Select(sku => SkuResponse.From(sku))], total);
    }
}
