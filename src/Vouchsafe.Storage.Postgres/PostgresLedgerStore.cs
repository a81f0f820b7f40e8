using Npgsql;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Storage.Postgres;

/// <summary>
/// Commits a group in two round trips: BEGIN and the counters' locks, then everything that is written and COMMIT.
/// </summary>
/// <remarks>
/// A connection lost during the second leaves it open whether the group is in. The first statement of every transaction
/// therefore moves this ledger's row of <c>ledger_marks</c> on: asking for that row with a lock waits until a transaction
/// still alive on the server has ended, and its sequence then tells whether it was committed.
/// </remarks>
internal sealed class PostgresLedgerStore(NpgsqlDataSource source, RowTables tables, TimeProvider time) : LedgerStore
{
    private readonly string _markId = Guid.CreateVersion7().ToString("N");
    private readonly Dictionary<(RowTable, RowWriteKind, RowPatch?), string> _rowStatements = [];
    private NpgsqlConnection? _connection;
    private long _sequence;

    internal override async Task<IReadOnlyList<LedgerOutcome>> CommitAsync(IReadOnlyList<LedgerIntent> group)
    {
        var connection = _connection ??= await OpenAsync();
        var sequence = ++_sequence;
        IReadOnlyList<LedgerOutcome>? outcomes = null;
        try
        {
            var locked = await LockAsync(connection, GroupDecision.Keys(group), GroupDecision.Customers(group), sequence);
            var verdict = GroupDecision.Decide(locked.Counters, locked.Customers, group);
            outcomes = verdict.Outcomes;
            await WriteAsync(connection, locked, verdict, RowsOf(group, outcomes, tables));
            return outcomes;
        }
        catch (PostgresException e) when (e.Severity == "ERROR")
        {
            await RollbackAsync(connection);
            throw;
        }
        catch (Exception) when (outcomes is not null)
        {
            await DropConnectionAsync();
            if (await WasCommittedAsync(sequence)) return outcomes;
            throw;
        }
        catch
        {
            await DropConnectionAsync();
            throw;
        }
    }

    internal override (LedgerFailure Kind, string Constraint) Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e => (LedgerFailure.Duplicate, e.ConstraintName ?? ""),
        PostgresException { SqlState: PostgresErrorCodes.CardinalityViolation } => (LedgerFailure.Fatal, ""),
        PostgresException e when e.IsTransient || e.Severity != "ERROR" => (LedgerFailure.Transient, ""),
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => (LedgerFailure.Transient, ""),
        PostgresException => (LedgerFailure.Fatal, ""),
        NpgsqlException or System.IO.IOException or TimeoutException or System.Net.Sockets.SocketException => (LedgerFailure.Transient, ""),
        _ => (LedgerFailure.Fatal, ""),
    };

    public override async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        try
        {
            await using var forget = new NpgsqlCommand("DELETE FROM ledger_marks WHERE id = $1", _connection) { Parameters = { new() { Value = _markId } } };
            await forget.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The mark of a ledger that has ended is one small row; the next start does not need it gone.
        }
        await DropConnectionAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await source.OpenConnectionAsync();
        await using var mark = new NpgsqlCommand(
            "INSERT INTO ledger_marks (id, sequence, started_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING", connection)
        {
            Parameters = { new() { Value = _markId }, new() { Value = 0L }, new() { Value = time.GetUtcNow() } },
        };
        await mark.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is null) return;
        var connection = _connection;
        _connection = null;
        try { await connection.DisposeAsync(); }
        catch (Exception e) when (e is NpgsqlException or System.IO.IOException or InvalidOperationException) { }
    }

    private async Task<bool> WasCommittedAsync(long sequence)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT sequence FROM ledger_marks WHERE id = $1 FOR UPDATE", connection) { Parameters = { new() { Value = _markId } } };
        return await command.ExecuteScalarAsync() is long committed && committed == sequence;
    }

    private async Task RollbackAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            await rollback.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or System.IO.IOException or InvalidOperationException)
        {
            await DropConnectionAsync();
        }
    }

    /// <summary>What a group works on, locked until its commit.</summary>
    private sealed class Locked
    {
        internal Dictionary<CounterKey, CounterState> Counters { get; } = [];
        internal HashSet<string> Customers { get; } = new(StringComparer.Ordinal);

        /// <summary>Counters that were made only to be locked.</summary>
        internal HashSet<CounterKey> Made { get; } = [];
    }

    private async Task<Locked> LockAsync(NpgsqlConnection connection, CounterKey[] keys, string[] customers, long sequence)
    {
        var locked = new Locked();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE ledger_marks SET sequence = $1 WHERE id = $2")
        {
            Parameters = { new() { Value = sequence }, new() { Value = _markId } },
        });
        // Whoever is being removed in this moment is left out instead of waited for, or one long removal would keep all others waiting.
        if (customers.Length > 0)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT id FROM customers WHERE id = ANY($1) FOR KEY SHARE SKIP LOCKED") { Parameters = { new() { Value = customers } } });
        batch.BatchCommands.Add(LockCommand(keys));
        await ReadAsync(batch, locked);

        // Rare: counters that are not there. Whichever node makes them, the second look locks one and the same row. Another node may
        // have removed one again between the two statements, as it came to nothing.
        while (locked.Counters.Count < keys.Length)
        {
            var missing = keys.Where(k => !locked.Counters.ContainsKey(k)).ToArray();
            locked.Made.UnionWith(missing);
            await using var make = new NpgsqlBatch(connection);
            make.BatchCommands.Add(new NpgsqlBatchCommand(
                "INSERT INTO counters (owner, kind, value) SELECT owner, kind, 0 FROM unnest($1::text[], $2::smallint[]) AS k (owner, kind) ON CONFLICT (owner, kind) DO NOTHING")
            {
                Parameters = { Owners(missing), Kinds(missing) },
            });
            make.BatchCommands.Add(LockCommand(missing));
            await ReadAsync(make, locked);
        }
        return locked;
    }

    // Counters have four columns, customers one.
    private static async Task ReadAsync(NpgsqlBatch batch, Locked locked)
    {
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                if (reader.FieldCount == 1) locked.Customers.Add(reader.GetString(0));
                else locked.Counters.Add(
                    new CounterKey(reader.GetString(0), (CounterKind)reader.GetInt16(1)),
                    new CounterState(reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetInt64(3)));
            }
        }
        while (await reader.NextResultAsync());
    }

    private static NpgsqlBatchCommand LockCommand(CounterKey[] keys) => new(
        // The keys come sorted, and ORDER BY locks in that order: two nodes never wait for each other in a circle.
        "SELECT c.owner, c.kind, c.value, c.ceiling FROM unnest($1::text[], $2::smallint[]) AS k (owner, kind) "
        + "JOIN counters c ON c.owner = k.owner AND c.kind = k.kind ORDER BY c.owner COLLATE \"C\", c.kind FOR UPDATE OF c")
    {
        Parameters = { Owners(keys), Kinds(keys) },
    };

    private static NpgsqlParameter Owners(CounterKey[] keys) => new() { Value = Array.ConvertAll(keys, k => k.Owner) };

    private static NpgsqlParameter Kinds(CounterKey[] keys) => new() { Value = Array.ConvertAll(keys, k => (short)k.Kind) };

    private async Task WriteAsync(NpgsqlConnection connection, Locked locked, GroupVerdict verdict, IReadOnlyList<RowBatch> rows)
    {
        await using var batch = new NpgsqlBatch(connection);
        var kept = verdict.Changed.Where(c => !c.Value.IsNothing).ToDictionary();
        CounterKey[] gone =
        [
            .. verdict.Changed.Where(c => c.Value.IsNothing).Select(c => c.Key),
            .. locked.Made.Where(k => !verdict.Changed.ContainsKey(k) && locked.Counters[k].IsNothing),
        ];
        if (kept.Count > 0) batch.BatchCommands.Add(CountersCommand(kept));
        if (gone.Length > 0) batch.BatchCommands.Add(RemovalCommand(gone));
        foreach (var table in rows) batch.BatchCommands.Add(RowsCommand(table));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand CountersCommand(IReadOnlyDictionary<CounterKey, CounterState> changed)
    {
        var keys = changed.Keys.ToArray();
        return new NpgsqlBatchCommand(
            "UPDATE counters c SET value = n.value, ceiling = n.ceiling FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[]) "
            + "AS n (owner, kind, value, ceiling) WHERE c.owner = n.owner AND c.kind = n.kind")
        {
            Parameters =
            {
                Owners(keys), Kinds(keys),
                new() { Value = Array.ConvertAll(keys, k => changed[k].Value) },
                new() { Value = Array.ConvertAll(keys, k => changed[k].Ceiling) },
            },
        };
    }

    private static NpgsqlBatchCommand RemovalCommand(CounterKey[] keys) => new(
        "DELETE FROM counters c USING unnest($1::text[], $2::smallint[]) AS k (owner, kind) WHERE c.owner = k.owner AND c.kind = k.kind")
    {
        Parameters = { Owners(keys), Kinds(keys) },
    };

    private NpgsqlBatchCommand RowsCommand(RowBatch batch)
    {
        var key = (batch.Table, batch.Kind, batch.Patch);
        if (!_rowStatements.TryGetValue(key, out var statement)) _rowStatements.Add(key, statement = StatementOf(batch));
        var command = new NpgsqlBatchCommand(statement);
        var entities = batch.Kind == RowWriteKind.Update ? batch.Last : batch.Entities;
        foreach (var column in batch.Columns) command.Parameters.Add(new NpgsqlParameter { Value = ArrayOf(column, entities) });
        return command;
    }

    private static string StatementOf(RowBatch batch)
    {
        var table = batch.Table.Name;
        var arrays = string.Join(", ", batch.Columns.Select((c, i) => $"${i + 1}::{c.StoreType}[]"));
        var names = string.Join(", ", batch.Columns.Select(c => c.Name));
        var matches = string.Join(" AND ", batch.Table.Keys.Select(c => $"t.{c.Name} = k.{c.Name}"));
        var insert = $"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})";
        return batch.Kind switch
        {
            RowWriteKind.Insert => insert,
            RowWriteKind.Upsert => insert + batch.Table.OnConflict,
            RowWriteKind.Delete => $"DELETE FROM {table} t USING unnest({arrays}) AS k ({names}) WHERE {matches}",
            RowWriteKind.Update => $"UPDATE {table} t SET {string.Join(", ", batch.Written.Select(c => $"{c.Name} = k.{c.Name}"))} FROM unnest({arrays}) AS k ({names}) WHERE {matches}",
        };
    }

    private static Array ArrayOf(RowColumn column, IReadOnlyList<object> entities)
    {
        var type = column.ProviderType.IsValueType ? typeof(Nullable<>).MakeGenericType(column.ProviderType) : column.ProviderType;
        var array = Array.CreateInstance(type, entities.Count);
        for (var i = 0; i < entities.Count; i++) array.SetValue(column.Read(entities[i]), i);
        return array;
    }
}
