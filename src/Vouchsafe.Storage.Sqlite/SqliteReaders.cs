using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>A few read-only connections that keep their statements prepared; synchronous, because a read takes microseconds.</summary>
internal sealed class SqliteReaders(SqliteDatabase database) : IDisposable
{
    private readonly ConcurrentBag<Reader> _idle = [];

    /// <summary>Takes a reader that nobody else has meanwhile; to be given back.</summary>
    internal Reader Take() => _idle.TryTake(out var idle) ? idle : new Reader(database.OpenDedicated(readOnly: true));

    internal void GiveBack(Reader reader) => _idle.Add(reader);

    public void Dispose()
    {
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    /// <summary>One connection and its statements.</summary>
    internal sealed class Reader(SqliteConnection connection) : IDisposable
    {
        private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

        /// <summary>Runs a statement with the parameters $1 and $2.</summary>
        internal SqliteDataReader Run(string statement, string first, string second)
        {
            if (!_prepared.TryGetValue(statement, out var command)) _prepared.Add(statement, command = Prepare(statement));
            command.Parameters[0].Value = first;
            command.Parameters[1].Value = second;
            return command.ExecuteReader();
        }

        private SqliteCommand Prepare(string statement)
        {
            var command = connection.CreateCommand();
            command.CommandText = statement;
            command.Parameters.Add(new SqliteParameter { ParameterName = "$1", SqliteType = SqliteType.Text });
            command.Parameters.Add(new SqliteParameter { ParameterName = "$2", SqliteType = SqliteType.Text });
            return command;
        }

        public void Dispose()
        {
            foreach (var command in _prepared.Values) command.Dispose();
            connection.Dispose();
        }
    }
}

/// <summary>The statement's own columns: asking the driver's reader for them takes as long again as the whole look-up.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement) : IRow
{
    public bool Flag(int column) => Number(column) != 0;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(Number(column));

    private bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;
}
