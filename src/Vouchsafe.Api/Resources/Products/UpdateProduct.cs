using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>PUT /v1/products/{id}: changes what the body names; the ids stay.</summary>
internal static class UpdateProduct
{
    internal static async Task<IResult> Handle(ApiCall call, string productId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<ProductPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        if (await db.Products.ByAnyIdAsync(call.Project, productId, call.Aborted) is not { } product) return ProductErrors.NotFound(productId);
        (payload with { SourceId = null }).Apply(product);
        product.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        var skus = await db.SkusOfAsync(call.Project, [product.Id], call.Aborted);
        return Json.Ok(ProductResponse.From(product, [.. skus[product.Id]]));
    }
}
