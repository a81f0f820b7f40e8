using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Categories;

internal static class CategoriesEndpoints
{
    internal static void MapCategories(this ChannelRoutes routes)
    {
        routes.Post("/categories", CreateCategory.Handle, "create-category", "categories");
        routes.Get("/categories", ListCategories.Handle, "list-categories", "categories");
        routes.Get("/categories/{categoryId}", GetCategory.Handle, "get-category", "categories");
        routes.Put("/categories/{categoryId}", UpdateCategory.Handle, "update-category", "categories");
        routes.Delete("/categories/{categoryId}", DeleteCategory.Handle, "delete-category", "categories");
    }
}
