using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>
/// Brings the database to this version's schema and runs first-start work. Any number of nodes may call it at the same
/// moment, on an empty database too: one does the work, the others wait for it.
/// </summary>
/// <param name="databaseLock">The lock all nodes of the database share.</param>
/// <param name="contexts">Makes contexts.</param>
/// <param name="time">Clock of the marks.</param>
public sealed class DatabaseMigrator(DatabaseLock databaseLock, IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    /// <summary>Creates the database if it is missing and applies the migrations that are.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await databaseLock.CreateDatabaseAsync(ct);
        await using var held = await databaseLock.AcquireAsync("migrate", ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await databaseLock.PrepareMigrationAsync(db, ct);
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>
    /// Runs work once in the database's life, on one node: in one transaction with the mark that it is done, so a node that
    /// dies in the middle leaves nothing behind and the next start does it again.
    /// The work writes through the context it is given (counters included); it must not call the ledger, which would wait
    /// for this very transaction.
    /// </summary>
    /// <param name="name">Name of the work.</param>
    /// <param name="work">The work; what it has not saved is saved after it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>True if this call did the work; false if it was done before.</returns>
    public async Task<bool> RunOnceAsync(string name, Func<VouchsafeDbContext, Task> work, CancellationToken ct = default)
    {
        await using var held = await databaseLock.AcquireAsync("once:" + name, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<OnceMark>().AnyAsync(m => m.Name == name, ct)) return false;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await work(db);
        db.Add(new OnceMark { Name = name, DoneAt = time.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}

/// <summary>A lock by name that all nodes of a database share and that a dying process gives up by dying.</summary>
public abstract class DatabaseLock
{
    /// <summary>Creates the database if it is missing, whoever else tries at the same moment.</summary>
    protected internal abstract Task CreateDatabaseAsync(CancellationToken ct);

    /// <summary>Removes what a killed migration may have left; called under the lock.</summary>
    protected internal virtual Task PrepareMigrationAsync(VouchsafeDbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Waits for the lock; disposing the result gives it up.</summary>
    /// <param name="name">Name of the lock.</param>
    /// <param name="ct">Cancels the wait.</param>
    public abstract Task<IAsyncDisposable> AcquireAsync(string name, CancellationToken ct = default);
}
