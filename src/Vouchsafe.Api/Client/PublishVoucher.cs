using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Client;

/// <summary>
/// POST /client/v1/publish: gives a code to a customer, of the voucher or campaign that the body names, or of the campaign
/// in the query, as the older browser client writes it.
/// </summary>
internal static class PublishVoucher
{
    /// <summary>A publication as a page may see it: the customer by its ids alone.</summary>
    internal sealed record Response
    {
        public required string Id { get; init; }
        public string Object => "publication";
        public required DateTimeOffset CreatedAt { get; init; }
        public required string CustomerId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TrackingId { get; init; }
        public required JsonText Metadata { get; init; }
        public required string Channel { get; init; }
        public string? SourceId { get; init; }
        public string Result => "SUCCESS";
        public ClientCustomer? Customer { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public VoucherResponse? Voucher { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Vouchers { get; init; }
        public required IReadOnlyList<string> VouchersId { get; init; }

        internal static Response From(PublicationResponse publication) => new()
        {
            Id = publication.Id,
            CreatedAt = publication.CreatedAt,
            CustomerId = publication.CustomerId,
            TrackingId = publication.TrackingId,
            Metadata = publication.Metadata,
            Channel = publication.Channel,
            SourceId = publication.SourceId,
            Customer = publication.Customer is { } customer ? new ClientCustomer(customer.Id, customer.SourceId) : null,
            Voucher = publication.Voucher,
            Vouchers = publication.Vouchers,
            VouchersId = publication.VouchersId,
        };
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Ledger ledger)
    {
        if (call.Query.Text("campaign").Failed(out var error, out var campaign)) return error;
        if ((await call.ReadBodyAsync<PublicationRequest>()).Failed(out error, out var request)) return error;
        if (request.Customer is not { NamesSomebody: true }) return CustomerErrors.Missing;
        if (campaign is { Length: > 0 }) request = request with { Campaign = new JsonText(JsonSerializer.Serialize(campaign, WireJson.Options)), Voucher = null };

        if (GuessBudget.Check(call.Http) is { } spent) return spent;
        if (request.Customer is { Id: { Length: > 0 } id } && await db.IdentifyAsync(call.Project, request.Customer, null, call.Aborted) is null)
            return CustomerErrors.NotFound(id);
        if ((await CreatePublication.RunAsync(call, request, "API", db, ledger)).Failed(out error, out var publication))
            return error is { Status: StatusCodes.Status404NotFound, ResourceType: "voucher" } ? GuessBudget.Miss(call.Http) ?? error : error;
        db.ChangeTracker.Clear();
        return Json.Ok(Response.From((await PublicationResponse.LoadAsync(db, call.Project, [publication], call.Aborted))[0]));
    }
}
