using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Publications;

/// <summary>A publication on the wire: one voucher in full, or the codes of several.</summary>
internal sealed record PublicationResponse
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
    public CustomerResponse? Customer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public VoucherResponse? Voucher { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Vouchers { get; init; }
    public required IReadOnlyList<string> VouchersId { get; init; }

    internal static IReadOnlyList<string> IdsOf(Publication publication) =>
        JsonSerializer.Deserialize<string[]>(publication.VoucherIdsJson, WireJson.Options) is { Length: > 0 } ids ? ids : [publication.VoucherId];

    /// <summary>The wire form of a publication by its id.</summary>
    internal static async ValueTask<object> RenderAsync(VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct) =>
        (await LoadAsync(db, project, [await db.Publications.AsNoTracking().FirstAsync(p => p.Id == id, ct)], ct))[0];

    /// <summary>Publications with their vouchers and customers, in a fixed number of queries a page.</summary>
    internal static async ValueTask<IReadOnlyList<PublicationResponse>> LoadAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyList<Publication> publications, CancellationToken ct)
    {
        List<string> voucherIds = [.. publications.SelectMany(IdsOf).Distinct()];
        List<string> customerIds = [.. publications.Select(p => p.CustomerId).Distinct()];
        var vouchers = await db.Vouchers.AsNoTracking().Where(v => voucherIds.Contains(v.Id)).ToListAsync(ct);
        var states = (await VoucherState.LoadAsync(db, vouchers, ct)).ToDictionary(s => s.Voucher.Id);
        var surroundings = await VoucherSurroundings.LoadAsync(db, project, vouchers, ct);
        var customers = await db.Customers.AsNoTracking().Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var summaries = await CustomerSummary.LoadAsync(db, customerIds, ct);
        return [.. publications.Select(p =>
        {
            var ids = IdsOf(p);
            var customer = customers.GetValueOrDefault(p.CustomerId);
            return new PublicationResponse
            {
                Id = p.Id,
                CreatedAt = p.CreatedAt,
                CustomerId = p.CustomerId,
                TrackingId = customer?.SourceId,
                Metadata = new JsonText(p.MetadataJson),
                Channel = p.Channel,
                SourceId = p.SourceId,
                Customer = customer is null ? null : CustomerResponse.From(customer, summaries[customer.Id]),
                Voucher = ids.Count == 1 && states.TryGetValue(ids[0], out var one) ? VoucherResponse.From(one, null, surroundings) : null,
                Vouchers = ids.Count == 1 ? null : [.. ids.Where(states.ContainsKey).Select(id => states[id].Voucher.Code)],
                VouchersId = ids,
            };
        })];
    }
}
