using Npgsql;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Postgres;

/// <summary>Customers and orders, through the pool; the driver keeps the statements prepared on each connection.</summary>
internal sealed class PostgresRowReads(NpgsqlDataSource source) : RowReads
{
    private protected override async ValueTask<T?> FirstAsync<T>(
        string statement, Func<IRow, string, T> read, string projectId, string key, CancellationToken ct) where T : class
    {
        await using var command = source.CreateCommand(statement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? read(new PostgresRow(reader), projectId) : null;
    }
}

/// <summary>A row of the driver's reader.</summary>
internal readonly struct PostgresRow(NpgsqlDataReader reader) : IRow
{
    public bool Flag(int column) => reader.GetBoolean(column);

    public long Number(int column) => reader.GetInt64(column);

    public long? NumberOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public DateTimeOffset? InstantOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
