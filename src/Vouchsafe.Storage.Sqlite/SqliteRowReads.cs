using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>Customers and orders, through the common readers.</summary>
internal sealed class SqliteRowReads(SqliteReaders readers) : RowReads
{
    private protected override ValueTask<T?> FirstAsync<T>(
        string statement, Func<IRow, string, T> read, string projectId, string key, CancellationToken ct) where T : class
    {
        var taken = readers.Take();
        try
        {
            using var reader = taken.Run(statement, projectId, key);
            return new ValueTask<T?>(reader.Read() ? read(new SqliteRow(reader.Handle!), projectId) : null);
        }
        finally
        {
            readers.GiveBack(taken);
        }
    }
}
