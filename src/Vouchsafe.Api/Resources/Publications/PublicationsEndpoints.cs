using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire.Idempotency;

namespace Vouchsafe.Api.Resources.Publications;

internal static class PublicationsEndpoints
{
    internal static void MapPublications(this ChannelRoutes routes)
    {
        routes.Post("/publications", CreatePublication.Handle, "create-publication", "publications").OncePerKey(PublicationResponse.RenderAsync);
        routes.Get("/publications", ListPublications.Handle, "list-publications", "publications");
        routes.GetThatWrites("/publications/create", CreatePublication.HandleQuery, "create-publication-1", "publications");
        routes.Get("/publications/{publicationId}", GetPublication.Handle, "get-publication", "publications");
    }
}
