using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>Vouchers, through the common readers.</summary>
internal sealed class SqliteVoucherReads(SqliteReaders readers) : VoucherReads
{
    public override ValueTask<VoucherRecord?> FindAsync(string projectId, string codeKey, CancellationToken ct = default)
    {
        var taken = readers.Take();
        try
        {
            using var reader = taken.Run(Select, projectId, codeKey);
            if (!reader.Read()) return default;
            var row = new SqliteRow(reader.Handle!);
            var record = Begin(row, projectId, codeKey);
            while (reader.Read()) record = Count(row, record);
            return new ValueTask<VoucherRecord?>(record);
        }
        finally
        {
            readers.GiveBack(taken);
        }
    }
}
