using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.Products;

internal static class ProductsEndpoints
{
    internal static void MapProducts(this ChannelRoutes routes)
    {
        routes.Post("/products", UpsertProduct.Handle, "create-product", "products");
        routes.Get("/products", ListProducts.Handle, "list-products", "products");
        routes.Post("/products/bulk/async", BulkUpsert.OfProducts, "update-products-in-bulk", "products");
        routes.Post("/products/metadata/async", UpdateMetadata.OfProducts, "update-products-metadata-in-bulk", "products");
        routes.Get("/products/{productId}", GetProduct.Handle, "get-product", "products");
        routes.Put("/products/{productId}", UpdateProduct.Handle, "update-product", "products");
        routes.Delete("/products/{productId}", DeleteProduct.Handle, "delete-product", "products");
        routes.Post("/products/{productId}/skus", UpsertSku.Handle, "create-sku", "products");
        routes.Get("/products/{productId}/skus", ListSkus.Handle, "list-SKUs-in-product", "products");
        routes.Put("/products/{productId}/skus/{skuId}", UpdateSku.Handle, "update-sku", "products");
        routes.Delete("/products/{productId}/skus/{skuId}", DeleteSku.Handle, "delete-sku", "products");
        routes.Get("/skus/{skuId}", GetSku.Handle, "get-sku", "skus");
    }

    internal static void MapProductBrowsing(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/products", BrowseProducts.Handle, "browse-products", MemberAction.ReadFigures);
}
