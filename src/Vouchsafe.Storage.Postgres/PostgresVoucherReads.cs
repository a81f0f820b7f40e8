using Npgsql;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Postgres;

/// <summary>Reads through the pool; the driver keeps the statement prepared on each connection.</summary>
internal sealed class PostgresVoucherReads(NpgsqlDataSource source) : VoucherReads
{
    public override async ValueTask<VoucherRecord?> FindAsync(string projectId, string codeKey, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = codeKey });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        var row = new PostgresRow(reader);
        var record = Begin(row, projectId, codeKey);
        while (await reader.ReadAsync(ct)) record = Count(row, record);
        return record;
    }
}
