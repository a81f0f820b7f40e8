using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>Ways to find customers.</summary>
internal static class CustomerQueries
{
    /// <summary>By the id minted here or the shop's own.</summary>
    internal static async ValueTask<Customer?> ByAnyIdAsync(this IQueryable<Customer> customers, ProjectSettings project, string id, CancellationToken ct) =>
        await customers.FirstOrDefaultAsync(c => c.ProjectId == project.Id && c.Id == id, ct)
        ?? await customers.FirstOrDefaultAsync(c => c.ProjectId == project.Id && c.SourceId == id, ct);

    /// <summary>Who a request speaks of: its customer's id, else that one's source id, else the tracking id. Null: somebody not known yet.</summary>
    internal static async ValueTask<Customer?> IdentifyAsync(
        this VouchsafeDbContext db, ProjectSettings project, CustomerPayload? named, string? trackingId, CancellationToken ct)
    {
        if (named is { Id: { Length: > 0 } id }) return await db.Customers.ByAnyIdAsync(project, id, ct);
        var sourceId = SourceIdOf(project, named, trackingId);
        return sourceId is null ? null : await db.Customers.FirstOrDefaultAsync(c => c.ProjectId == project.Id && c.SourceId == sourceId, ct);
    }

    /// <summary>The same past the context: a row of the caller's own.</summary>
    internal static async ValueTask<Customer?> IdentifyAsync(
        this RowReads rows, ProjectSettings project, CustomerPayload? named, string? trackingId, CancellationToken ct)
    {
        if (named is { Id: { Length: > 0 } id })
            return await rows.CustomerByIdAsync(project.Id, id, ct) ?? await rows.CustomerBySourceIdAsync(project.Id, id, ct);
        return SourceIdOf(project, named, trackingId) is { } sourceId ? await rows.CustomerBySourceIdAsync(project.Id, sourceId, ct) : null;
    }

    private static string? SourceIdOf(ProjectSettings project, CustomerPayload? named, string? trackingId) =>
        named is { SourceId: { Length: > 0 } given } ? TrackingIds.Plain(project, given)
        : trackingId is { Length: > 0 } ? TrackingIds.Plain(project, trackingId)
        : null;

    /// <summary>Those behind a cursor: later ones where the list goes up, earlier ones where it goes down.</summary>
    internal static IQueryable<Customer> GoingOnFrom(this IQueryable<Customer> customers, DateTimeOffset instant, string order) => order switch
    {
        "created_at" => customers.Where(c => c.CreatedAt > instant),
        "updated_at" => customers.Where(c => c.UpdatedAt > instant),
        "-updated_at" => customers.Where(c => c.UpdatedAt < instant),
        _ => customers.Where(c => c.CreatedAt < instant),
    };

    internal static IQueryable<Customer> OrderedBy(this IQueryable<Customer> customers, string order) => order switch
    {
        "created_at" => customers.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id),
        "updated_at" => customers.OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id),
        "-updated_at" => customers.OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id),
        "source_id" => customers.OrderBy(c => c.SourceId).ThenBy(c => c.Id),
        "-source_id" => customers.OrderByDescending(c => c.SourceId).ThenByDescending(c => c.Id),
        _ => customers.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id),
    };
}
