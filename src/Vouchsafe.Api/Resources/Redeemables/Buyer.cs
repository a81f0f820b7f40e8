using System.Globalization;
using System.Text.Json;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Segments;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Customers;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>The customer of a request: the stored one with what the request says of them, which is not saved here.</summary>
/// <param name="Stored">The stored customer; null if they are not known.</param>
/// <param name="Described">The customer as rules see them.</param>
internal sealed record Buyer(Customer? Stored, Customer Described)
{
    /// <summary>The customer whom a request names or describes; null: nobody.</summary>
    internal static async ValueTask<Buyer?> FindAsync(
        Database database, ProjectSettings project, CustomerPayload? named, string? trackingId, DateTimeOffset now, CancellationToken ct)
    {
        if (named is null or { NamesSomebody: false, CarriesData: false } && string.IsNullOrEmpty(trackingId)) return null;
        var stored = await database.Rows.IdentifyAsync(project, named, trackingId, ct);
        var described = stored is null ? (named ?? new CustomerPayload()).Create(project, now) : Copy(stored);
        if (stored is null && described.SourceId is null && !string.IsNullOrEmpty(trackingId)) described.SourceId = TrackingIds.Plain(project, trackingId);
        if (stored is not null) named?.Apply(described, now);
        return new Buyer(stored, described);
    }

    /// <summary>The customer as the engine takes them.</summary>
    /// <param name="database">The database.</param>
    /// <param name="project">The project.</param>
    /// <param name="withSegments">Whether a rule asks for segments.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels.</param>
    internal async ValueTask<CustomerSnapshot> ToEngineAsync(
        Database database, ProjectSettings project, bool withSegments, DateTimeOffset now, CancellationToken ct) => new()
    {
        Id = Stored?.Id,
        SourceId = Described.SourceId,
        SegmentIds = withSegments ? await SegmentsAsync(database.Context, project, now, ct) : [],
        Metadata = JsonSerializer.Deserialize<JsonElement>(Described.MetadataJson),
        Birthdate = DateOnly.TryParseExact(Described.Birthdate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };

    private async ValueTask<IReadOnlyCollection<string>> SegmentsAsync(VouchsafeDbContext db, ProjectSettings project, DateTimeOffset now, CancellationToken ct)
    {
        var summary = Stored is null ? CustomerSummary.Empty : (await CustomerSummary.LoadAsync(db, [Stored.Id], ct))[Stored.Id];
        var view = JsonSerializer.SerializeToElement(CustomerResponse.From(Described, summary), WireJson.Options);
        return [.. (await SegmentMembership.OfAsync(db, project, Stored?.Id, view, now, ct)).Select(s => s.Id)];
    }

    private static Customer Copy(Customer customer) => new()
    {
        Id = customer.Id,
        ProjectId = customer.ProjectId,
        SourceId = customer.SourceId,
        Name = customer.Name,
        Description = customer.Description,
        Email = customer.Email,
        Phone = customer.Phone,
        Birthdate = customer.Birthdate,
        AddressJson = customer.AddressJson,
        MetadataJson = customer.MetadataJson,
        CreatedAt = customer.CreatedAt,
        UpdatedAt = customer.UpdatedAt,
    };
}
