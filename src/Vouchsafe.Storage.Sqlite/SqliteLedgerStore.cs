using Microsoft.Data.Sqlite;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>
/// Commits groups through one connection of its own with prepared statements, holding the write gate for the length of one
/// transaction. Statements run synchronously: SQLite is in process and answers in microseconds, all but the final flush.
/// </summary>
internal sealed class SqliteLedgerStore(SqliteDatabase database, RowTables tables) : LedgerStore
{
    private readonly Dictionary<(RowTable, RowWriteKind, RowPatch?), SqliteCommand> _rowCommands = [];
    private SqliteConnection? _connection;
    private SqliteCommand _readCounter = null!;
    private SqliteCommand _writeCounter = null!;
    private SqliteCommand _deleteCounter = null!;
    private SqliteCommand _findCustomer = null!;

    internal override async Task<IReadOnlyList<LedgerOutcome>> CommitAsync(IReadOnlyList<LedgerIntent> group)
    {
        using var lease = await database.Gate.EnterAsync(CancellationToken.None);
        var connection = _connection ??= Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var stored = FindCustomers(GroupDecision.Customers(group), transaction);
        var current = ReadCounters(GroupDecision.Keys(group), transaction);
        var verdict = GroupDecision.Decide(current, stored, group);
        foreach (var (key, state) in verdict.Changed)
            if (!state.IsNothing) WriteCounter(key, state, transaction);
            else if (current.ContainsKey(key)) DeleteCounter(key, transaction);
        foreach (var batch in RowsOf(group, verdict.Outcomes, tables)) Write(batch, transaction);
        transaction.Commit();
        return verdict.Outcomes;
    }

    internal override (LedgerFailure Kind, string Constraint) Classify(Exception exception) => exception switch
    {
        // 1555: primary key, 2067: unique index; the message ends with the columns.
        SqliteException { SqliteExtendedErrorCode: 1555 or 2067 } e => (LedgerFailure.Duplicate, e.Message[(e.Message.LastIndexOf(':') + 1)..].Trim(' ', '\'', '.')),
        // 5: another process holds the file, such as a backup.
        SqliteException { SqliteErrorCode: 5 or 6 } => (LedgerFailure.Transient, ""),
        _ => (LedgerFailure.Fatal, ""),
    };

    public override ValueTask DisposeAsync()
    {
        foreach (var command in _rowCommands.Values) command.Dispose();
        _connection?.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteConnection Open()
    {
        var connection = database.OpenDedicated(readOnly: false);
        _readCounter = Prepare(connection, "SELECT value, ceiling FROM counters WHERE owner = $0 AND kind = $1", 2);
        _deleteCounter = Prepare(connection, "DELETE FROM counters WHERE owner = $0 AND kind = $1", 2);
        _findCustomer = Prepare(connection, "SELECT 1 FROM customers WHERE id = $0", 1);
        _writeCounter = Prepare(connection,
            "INSERT INTO counters (owner, kind, value, ceiling) VALUES ($0, $1, $2, $3) ON CONFLICT (owner, kind) DO UPDATE SET value = excluded.value, ceiling = excluded.ceiling", 4);
        return connection;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    private Dictionary<CounterKey, CounterState> ReadCounters(CounterKey[] keys, SqliteTransaction transaction)
    {
        var current = new Dictionary<CounterKey, CounterState>(keys.Length);
        _readCounter.Transaction = transaction;
        foreach (var key in keys)
        {
            _readCounter.Parameters[0].Value = key.Owner;
            _readCounter.Parameters[1].Value = (short)key.Kind;
            using var reader = _readCounter.ExecuteReader();
            if (reader.Read()) current.Add(key, new CounterState(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1)));
        }
        return current;
    }

    // Whoever removes one is a writer too, and there is one at a time.
    private HashSet<string> FindCustomers(string[] ids, SqliteTransaction transaction)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        _findCustomer.Transaction = transaction;
        foreach (var id in ids)
        {
            _findCustomer.Parameters[0].Value = id;
            if (_findCustomer.ExecuteScalar() is not null) found.Add(id);
        }
        return found;
    }

    private void WriteCounter(CounterKey key, CounterState state, SqliteTransaction transaction)
    {
        _writeCounter.Transaction = transaction;
        _writeCounter.Parameters[0].Value = key.Owner;
        _writeCounter.Parameters[1].Value = (short)key.Kind;
        _writeCounter.Parameters[2].Value = state.Value;
        _writeCounter.Parameters[3].Value = (object?)state.Ceiling ?? DBNull.Value;
        _writeCounter.ExecuteNonQuery();
    }

    private void DeleteCounter(CounterKey key, SqliteTransaction transaction)
    {
        _deleteCounter.Transaction = transaction;
        _deleteCounter.Parameters[0].Value = key.Owner;
        _deleteCounter.Parameters[1].Value = (short)key.Kind;
        _deleteCounter.ExecuteNonQuery();
    }

    private void Write(RowBatch batch, SqliteTransaction transaction)
    {
        var key = (batch.Table, batch.Kind, batch.Patch);
        if (!_rowCommands.TryGetValue(key, out var command)) _rowCommands.Add(key, command = Prepare(_connection!, SqlOf(batch), batch.Columns.Count));
        command.Transaction = transaction;
        var columns = batch.Columns;
        foreach (var entity in batch.Entities)
        {
            for (var i = 0; i < columns.Count; i++) command.Parameters[i].Value = columns[i].Read(entity) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    private static string SqlOf(RowBatch batch)
    {
        var table = batch.Table;
        var insert = $"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"${i}"))})";
        var matches = string.Join(" AND ", table.Keys.Select((c, i) => $"{c.Name} = ${i}"));
        return batch.Kind switch
        {
            RowWriteKind.Insert => insert,
            RowWriteKind.Upsert => insert + table.OnConflict,
            RowWriteKind.Delete => $"DELETE FROM {table.Name} WHERE {matches}",
            RowWriteKind.Update => $"UPDATE {table.Name} SET {string.Join(", ", batch.Written.Select((c, i) => $"{c.Name} = ${table.Keys.Count + i}"))} WHERE {matches}",
        };
    }
}
