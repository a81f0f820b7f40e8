using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>One SQLite file and how its connections are set up: write-ahead log, every commit flushed, patient readers.</summary>
internal sealed class SqliteDatabase
{
    // Only another process (a backup, the sqlite3 shell) can hold the file: writers of this one queue at the gate.
    private const int BusyTimeoutMilliseconds = 30_000;

    internal SqliteDatabase(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.DataSource is "" or ":memory:" || builder.Mode == SqliteOpenMode.Memory)
            throw new ArgumentException("Vouchsafe needs a data file: Storage:ConnectionString must name one, as in 'Data Source=data/vouchsafe.db'.");
        FilePath = Path.GetFullPath(builder.DataSource);
        builder.DataSource = FilePath;
        builder.ForeignKeys ??= true;
        ConnectionString = builder.ToString();
        Gate = WriteGate.For(FilePath);
    }

    internal string FilePath { get; }

    internal string ConnectionString { get; }

    internal WriteGate Gate { get; }

    /// <summary>Opens a connection of its own, outside the pool.</summary>
    internal SqliteConnection OpenDedicated(bool readOnly)
    {
        var builder = new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false };
        if (readOnly) builder.Mode = SqliteOpenMode.ReadOnly;
        var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        SetUp(connection);
        return connection;
    }

    internal static void SetUp(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;";
        command.ExecuteNonQuery();
    }
}

/// <summary>Sets up each connection EF opens, once per native connection: the driver's pool hands them out again as they were.</summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<object, object> done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var sqlite = (SqliteConnection)connection;
        if (done.TryAdd(sqlite.Handle!, this)) SqliteDatabase.SetUp(sqlite);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken ct = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
