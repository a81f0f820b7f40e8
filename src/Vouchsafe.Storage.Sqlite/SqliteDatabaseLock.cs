using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>The lock of a SQLite file: another file beside it, opened without sharing, which the system frees with the process.</summary>
internal sealed class SqliteDatabaseLock(SqliteDatabase database) : DatabaseLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    protected internal override async Task CreateDatabaseAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database.FilePath)!);
        using var lease = await database.Gate.EnterAsync(ct);
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        SqliteDatabase.SetUp(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        if (await command.ExecuteScalarAsync(ct) is not "wal")
            throw new InvalidOperationException($"The file system of {database.FilePath} does not support SQLite's write-ahead log.");
    }

    // EF's own lock on SQLite is a row that stays when a migrating process is killed; under ours nobody else can hold it.
    protected internal override async Task PrepareMigrationAsync(VouchsafeDbContext db, CancellationToken ct) =>
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", ct);

    public override async Task<IAsyncDisposable> AcquireAsync(string name, CancellationToken ct = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database.FilePath)!);
        while (true)
        {
            try
            {
                return new FileStream(database.FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }
}
