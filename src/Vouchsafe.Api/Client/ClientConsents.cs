using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Client;

/// <summary>
/// GET /client/v1/consents and PUT /client/v1/customers/{id}/consents. Consents are defined by the shop's people; a project
/// in which nobody defined one has none to list and none to give.
/// </summary>
internal static class ClientConsents
{
    internal sealed record Envelope(Listing Groups, Listing Consents);

    internal sealed record Listing(IReadOnlyList<JsonText> Data, long Total)
    {
        public string Object => "list";
        public string DataRef => "data";

        internal static readonly Listing Empty = new([], 0);
    }

    internal static IResult List() => Json.Ok(new Envelope(Listing.Empty, Listing.Empty));

    internal static async Task<IResult> Update(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Dictionary<string, JsonElement>>()).Failed(out var error, out var given)) return error;
        if (given.FirstOrDefault(c => c.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) is { Key: { } name })
            return CommonErrors.InvalidPayload($"{name} must be true or false.");
        if (await db.Customers.ByAnyIdAsync(call.Project, TrackingIds.Plain(call.Project, customerId), call.Aborted) is null) return CustomerErrors.NotFound(customerId);
        return given.Count == 0 ? TypedResults.NoContent() : ClientErrors.NoConsent(given.Keys.First());
    }
}
