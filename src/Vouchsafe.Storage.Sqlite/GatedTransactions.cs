using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>
/// Takes the write gate before EF begins a transaction (all are BEGIN IMMEDIATE) and around statements that write outside
/// one (ExecuteUpdate, ExecuteDelete, raw SQL). <see cref="GatedTransactionFactory"/> gives it back.
/// </summary>
internal sealed class WriteGateInterceptor(WriteGate gate) : DbCommandInterceptor, IDbTransactionInterceptor
{
    internal static readonly ConditionalWeakTable<DbTransaction, WriteGate.Lease> Leases = [];

    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
        Begin(connection, gate.Enter());

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken ct) =>
        Begin(connection, await gate.EnterAsync(ct));

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (command.Transaction is not null) return result;
        using var lease = gate.Enter();
        return InterceptionResult<int>.SuppressWithResult(command.ExecuteNonQuery());
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken ct)
    {
        if (command.Transaction is not null) return result;
        using var lease = await gate.EnterAsync(ct);
        return InterceptionResult<int>.SuppressWithResult(await command.ExecuteNonQueryAsync(ct));
    }

    private static InterceptionResult<DbTransaction> Begin(DbConnection connection, WriteGate.Lease lease)
    {
        try
        {
            var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
            Leases.Add(transaction, lease);
            return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }
}

/// <summary>Makes EF's transactions give the write gate back when they end, however they end.</summary>
internal sealed class GatedTransactionFactory(RelationalTransactionFactoryDependencies dependencies)
    : RelationalTransactionFactory(dependencies)
{
    public override RelationalTransaction Create(
        IRelationalConnection connection, DbTransaction transaction, Guid transactionId,
        IDiagnosticsLogger<Microsoft.EntityFrameworkCore.DbLoggerCategory.Database.Transaction> logger, bool transactionOwned) =>
        new GatedTransaction(connection, transaction, transactionId, logger, transactionOwned, Dependencies.SqlGenerationHelper);
}

/// <summary>A transaction that holds the write gate until it is committed, rolled back or disposed.</summary>
internal sealed class GatedTransaction(
    IRelationalConnection connection, DbTransaction transaction, Guid transactionId,
    IDiagnosticsLogger<Microsoft.EntityFrameworkCore.DbLoggerCategory.Database.Transaction> logger, bool transactionOwned,
    ISqlGenerationHelper sql) : RelationalTransaction(connection, transaction, transactionId, logger, transactionOwned, sql)
{
    private readonly WriteGate.Lease? lease = WriteGateInterceptor.Leases.TryGetValue(transaction, out var held) ? held : null;

    public override void Commit()
    {
        base.Commit();
        lease?.Dispose();
    }

    public override async Task CommitAsync(CancellationToken ct = default)
    {
        await base.CommitAsync(ct);
        lease?.Dispose();
    }

    public override void Rollback()
    {
        base.Rollback();
        lease?.Dispose();
    }

    public override async Task RollbackAsync(CancellationToken ct = default)
    {
        await base.RollbackAsync(ct);
        lease?.Dispose();
    }

    public override void Dispose()
    {
        try { base.Dispose(); }
        finally { lease?.Dispose(); }
    }

    public override async ValueTask DisposeAsync()
    {
        try { await base.DisposeAsync(); }
        finally { lease?.Dispose(); }
    }
}
