using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>POST /v1/loyalties/{campaignId}/members: publishes a card of the program to a customer, as a publication does.</summary>
internal static class AddMember
{
    internal sealed record Request(string? Voucher, JsonText? Customer, string? Channel, JsonText? Metadata);

    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (ReadCustomer(request.Customer).Failed(out error, out var customer)) return error;
        if ((await db.ProgramAsync(call, campaignId)).Failed(out error, out var campaign)) return error;
        if (request.Voucher is { Length: > 0 } code && (await db.CardAsync(call, campaign.Id, code)).Failed(out error, out _)) return error;

        var wanted = new PublicationRequest
        {
            Customer = customer,
            Voucher = request.Voucher is { Length: > 0 } card ? Text(card) : null,
            Campaign = Text(campaign.Id),
            Channel = request.Channel,
            Metadata = request.Metadata,
        };
        if ((await CreatePublication.RunAsync(call, wanted, "API", db, ledger)).Failed(out error, out var publication)) return error;
        db.ChangeTracker.Clear();
        return Json.Ok(await VoucherResponse.RenderAsync(db, call.Project, publication.VoucherId, call.Aborted));
    }

    /// <summary>The card of a publication, by the publication's id.</summary>
    internal static async ValueTask<object> RenderAsync(VouchsafeDbContext db, Pipeline.ProjectSettings project, string id, CancellationToken ct)
    {
        var publication = await db.Publications.FindAsync([id], ct);
        return await VoucherResponse.RenderAsync(db, project, publication!.VoucherId, ct);
    }

    // A text is an id of ours or the shop's own; an object is a customer as everywhere.
    private static Result<CustomerPayload> ReadCustomer(JsonText? customer)
    {
        if (customer is not { } json || json.Text == "null") return PublicationErrors.MissingCustomer;
        if (!json.Text.StartsWith('"') && !json.IsObject) return CommonErrors.InvalidPayload("customer must be an id or an object.");
        try
        {
            if (json.IsObject) return JsonSerializer.Deserialize<CustomerPayload>(json.Text, WireJson.Options)!;
            var id = JsonSerializer.Deserialize<string>(json.Text, WireJson.Options)!;
            return id.StartsWith(IdPrefix.Customer + "_", StringComparison.Ordinal) ? new CustomerPayload { Id = id } : new CustomerPayload { SourceId = id };
        }
        catch (JsonException e)
        {
            return CommonErrors.InvalidPayload($"customer{e.Path?.TrimStart('$')} cannot be read.");
        }
    }

    private static JsonText Text(string value) => new(JsonSerializer.Serialize(value, WireJson.Options));
}
