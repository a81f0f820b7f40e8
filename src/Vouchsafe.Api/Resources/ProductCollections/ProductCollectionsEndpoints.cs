using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.ProductCollections;

internal static class ProductCollectionsEndpoints
{
    internal static void MapProductCollections(this ChannelRoutes routes)
    {
        const string scope = "product-collections";
        routes.Post("/product-collections", CreateProductCollection.Handle, "create-product-collection", scope);
        routes.Get("/product-collections", ListProductCollections.Handle, "list-product-collections", scope);
        routes.Get("/product-collections/{productCollectionId}", GetProductCollection.Handle, "get-product-collection", scope);
        routes.Put("/product-collections/{productCollectionId}", UpdateProductCollection.Handle, "put-product-collection", scope);
        routes.Delete("/product-collections/{productCollectionId}", DeleteProductCollection.Handle, "delete-product-collection", scope);
        routes.Get("/product-collections/{productCollectionId}/products", ListCollectionProducts.Handle, "list-products-in-collection", scope);
    }

    internal static void MapProductCollectionBrowsing(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/product-collections", BrowseProductCollections.Handle, "browse-product-collections", MemberAction.ReadFigures);
}
