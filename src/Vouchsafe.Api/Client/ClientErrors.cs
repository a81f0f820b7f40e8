using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Client;

/// <summary>Refusals that only the public channel's operations give.</summary>
internal static class ClientErrors
{
    internal static ApiError NoConsent(string id) => CommonErrors.NotFound("consent", id);
}
