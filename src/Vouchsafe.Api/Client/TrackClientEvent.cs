using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Events;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Client;

/// <summary>POST /client/v1/events: the private channel's function; of the customer only its ids come back.</summary>
internal static class TrackClientEvent
{
    private sealed record Response(string Type, ClientCustomer Customer, JsonText Metadata)
    {
        public string Object => "event";
        public JsonText? Referral => null;
        public JsonText? Loyalty => null;
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db) =>
        (await TrackEvent.RunAsync(call, db)).Failed(out var error, out var tracked)
            ? error
            : Json.Ok(new Response(tracked.Name, ClientCustomer.From(tracked.Customer), tracked.Metadata));
}
