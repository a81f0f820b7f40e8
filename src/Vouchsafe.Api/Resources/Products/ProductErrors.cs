using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>Refusals of products and variants.</summary>
internal static class ProductErrors
{
    internal static ApiError NotFound(string id) => CommonErrors.NotFound("product", id);

    internal static ApiError SkuNotFound(string id) => CommonErrors.NotFound("sku", id);

    internal static ApiError Duplicate(string type, string id) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated {type} exists with id {id}", id, type);
}
