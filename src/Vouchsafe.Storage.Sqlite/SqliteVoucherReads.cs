using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>Reads through a few read-only connections that keep their prepared statement; synchronous, because it takes microseconds.</summary>
internal sealed class SqliteVoucherReads(SqliteDatabase database) : VoucherReads, IDisposable
{
    private readonly ConcurrentBag<SqliteCommand> _idle = [];

    public override ValueTask<VoucherRecord?> FindAsync(string projectId, string codeKey, CancellationToken ct = default)
    {
        var command = _idle.TryTake(out var idle) ? idle : Prepare();
        try
        {
            command.Parameters[0].Value = projectId;
            command.Parameters[1].Value = codeKey;
            using var reader = command.ExecuteReader();
            if (!reader.Read()) return default;
            var row = new Row(reader.Handle!);
            var record = Begin(row, projectId, codeKey);
            while (reader.Read()) record = Count(row, record);
            return new ValueTask<VoucherRecord?>(record);
        }
        finally
        {
            _idle.Add(command);
        }
    }

    private SqliteCommand Prepare()
    {
        var command = database.OpenDedicated(readOnly: true).CreateCommand();
        command.CommandText = Select;
        command.Parameters.Add(new SqliteParameter { ParameterName = "$1", SqliteType = SqliteType.Text });
        command.Parameters.Add(new SqliteParameter { ParameterName = "$2", SqliteType = SqliteType.Text });
        return command;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var command))
        {
            command.Connection?.Dispose();
            command.Dispose();
        }
    }

    // The statement's own columns: asking the reader for them takes as long again as the whole look-up.
    private readonly struct Row(sqlite3_stmt statement) : IRow
    {
        public bool Flag(int column) => Number(column) != 0;

        public long Number(int column) => raw.sqlite3_column_int64(statement, column);

        public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

        public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

        public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

        public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(Number(column));

        private bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;
    }
}
