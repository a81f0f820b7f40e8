using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Reads;

/// <summary>
/// Reads the customer and the order of a validation or redemption: a prepared statement each, no change tracking
/// (docs/adr/0401-hot-reads.md). The rows are the caller's own.
/// </summary>
public abstract class RowReads
{
    private const string Customers =
        """
        SELECT id, source_id, name, description, email, phone, birthdate, address_json, metadata_json, created_at, updated_at
        FROM customers WHERE project_id = $1 AND
        """;

    private const string Orders =
        """
        SELECT id, source_id, status, customer_id, referrer_id, body_json, amount, metadata_json, created_at, updated_at
        FROM orders WHERE project_id = $1 AND
        """;

    /// <summary>The customer with an id minted here; null if there is none.</summary>
    /// <param name="projectId">Project.</param>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels.</param>
    public ValueTask<Customer?> CustomerByIdAsync(string projectId, string id, CancellationToken ct = default) =>
        FirstAsync(Customers + " id = $2", Customer, projectId, id, ct);

    /// <summary>The customer with an id of the shop's; null if there is none.</summary>
    /// <param name="projectId">Project.</param>
    /// <param name="sourceId">The shop's id.</param>
    /// <param name="ct">Cancels.</param>
    public ValueTask<Customer?> CustomerBySourceIdAsync(string projectId, string sourceId, CancellationToken ct = default) =>
        FirstAsync(Customers + " source_id = $2", Customer, projectId, sourceId, ct);

    /// <summary>The order with an id minted here; null if there is none.</summary>
    /// <param name="projectId">Project.</param>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels.</param>
    public ValueTask<Order?> OrderByIdAsync(string projectId, string id, CancellationToken ct = default) =>
        FirstAsync(Orders + " id = $2", Order, projectId, id, ct);

    /// <summary>The order with a number of the shop's; null if there is none.</summary>
    /// <param name="projectId">Project.</param>
    /// <param name="sourceId">The shop's number.</param>
    /// <param name="ct">Cancels.</param>
    public ValueTask<Order?> OrderBySourceIdAsync(string projectId, string sourceId, CancellationToken ct = default) =>
        FirstAsync(Orders + " source_id = $2", Order, projectId, sourceId, ct);

    /// <summary>The first row of a statement with two parameters.</summary>
    private protected abstract ValueTask<T?> FirstAsync<T>(
        string statement, Func<IRow, string, T> read, string projectId, string key, CancellationToken ct) where T : class;

    private static Customer Customer(IRow row, string projectId) => new()
    {
        Id = row.Text(0),
        ProjectId = projectId,
        SourceId = row.TextOrNull(1),
        Name = row.TextOrNull(2),
        Description = row.TextOrNull(3),
        Email = row.TextOrNull(4),
        Phone = row.TextOrNull(5),
        Birthdate = row.TextOrNull(6),
        AddressJson = row.TextOrNull(7),
        MetadataJson = row.Text(8),
        CreatedAt = row.InstantOrNull(9)!.Value,
        UpdatedAt = row.InstantOrNull(10),
    };

    private static Order Order(IRow row, string projectId) => new()
    {
        Id = row.Text(0),
        ProjectId = projectId,
        SourceId = row.TextOrNull(1),
        Status = row.Text(2),
        CustomerId = row.TextOrNull(3),
        ReferrerId = row.TextOrNull(4),
        BodyJson = row.Text(5),
        Amount = row.Number(6),
        MetadataJson = row.Text(7),
        CreatedAt = row.InstantOrNull(8)!.Value,
        UpdatedAt = row.InstantOrNull(9),
    };
}
