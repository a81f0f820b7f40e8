using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.OAuth;

internal static class OAuthEndpoints
{
    internal static void MapOAuth(this ChannelRoutes routes)
    {
        routes.Post("/token", GenerateToken.Handle, "generate-oauth-token", null);
        routes.Post("/introspect", IntrospectToken.Handle, "introspect-oauth-token", null);
        routes.Post("/token/revoke", RevokeToken.Handle, "revoke-oauth-token", null);
    }
}
