using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Client;

/// <summary>
/// POST /client/v1/customers: creates a customer, or changes the one with the same source id. The answer repeats what the
/// caller said, never what else is stored.
/// </summary>
internal static class CreateClientCustomer
{
    internal sealed record Response
    {
        public required string Id { get; init; }
        public string? SourceId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Description { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Email { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Phone { get; init; }
        public required JsonText Metadata { get; init; }
        public string Object => "customer";

        internal static Response From(Customer customer, CustomerPayload said) => new()
        {
            Id = customer.Id,
            SourceId = customer.SourceId,
            Name = said.Name.Value,
            Description = said.Description.Value,
            Email = said.Email.Value,
            Phone = said.Phone.Value,
            Metadata = said.Metadata.Value ?? JsonText.EmptyObject,
        };
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<CustomerPayload>()).Failed(out var error, out var payload)) return error;
        // The id minted here names customers of the shop to the shop; a page names them by the shop's own id.
        if ((await UpsertCustomer.RunAsync(call.Project, payload with { Id = null }, db, call.Now, call.Aborted)).Failed(out error, out var customer)) return error;
        return Json.Ok(Response.From(customer, payload));
    }
}
