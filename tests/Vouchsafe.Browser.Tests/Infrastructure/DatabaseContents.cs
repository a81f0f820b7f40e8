using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>What stands in the server's database, read by SQL beside the server.</summary>
internal static class DatabaseContents
{
    // When a key was last used is kept with the key; it says that somebody called, not that anything happened. So do the records
    // of the traffic, which are written a moment later.
    private static readonly string[] NotData = ["api_keys", "data_protection_keys", "__EFMigrationsHistory", .. TrafficTables.Names];

    /// <summary>Every row of every table that holds something of the shop's, as text.</summary>
    internal static async Task<string> AllAsync(RunningServer server)
    {
        await using var connection = await OpenAsync(server);
        var text = new StringBuilder();
        foreach (var table in await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            if (NotData.Contains(table, StringComparer.OrdinalIgnoreCase)) continue;
            foreach (var row in await ReadAsync(connection, $"SELECT * FROM \"{table}\" ORDER BY rowid")) text.Append(table).Append(": ").AppendLine(row);
        }
        return text.ToString();
    }

    /// <summary>The first column of the first row.</summary>
    internal static async Task<long> CountAsync(RunningServer server, string sql)
    {
        await using var connection = await OpenAsync(server);
        return long.Parse((await ReadAsync(connection, sql))[0], CultureInfo.InvariantCulture);
    }

    private static async Task<SqliteConnection> OpenAsync(RunningServer server)
    {
        var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }
}
