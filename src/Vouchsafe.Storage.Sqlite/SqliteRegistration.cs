using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>Registers storage on SQLite.</summary>
public static class SqliteRegistration
{
    /// <summary>
    /// Adds the database as a SQLite file: scoped <see cref="VouchsafeDbContext"/>,
    /// <see cref="IDbContextFactory{TContext}"/> for work outside a request, <see cref="DatabaseMigrator"/>,
    /// <see cref="Ledger"/>, <see cref="VoucherReads"/> and <see cref="RowReads"/>.
    /// Whatever writes through EF queues at one gate, so "database is locked" reaches no caller.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="connectionString">Names the data file: <c>Data Source=data/vouchsafe.db</c>. Its directory is made when missing.</param>
    public static IServiceCollection AddVouchsafeSqlite(this IServiceCollection services, string connectionString)
    {
        var database = new SqliteDatabase(connectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(database);
        services.AddSingleton<DatabaseLock, SqliteDatabaseLock>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<LedgerStore, SqliteLedgerStore>();
        services.AddSingleton<SqliteReaders>();
        services.AddSingleton<VoucherReads, SqliteVoucherReads>();
        services.AddSingleton<RowReads, SqliteRowReads>();
        services.AddPooledDbContextFactory<SqliteVouchsafeDbContext>((s, options) => options
            .UseSqlite(database.ConnectionString)
            .AddInterceptors(new SqliteConnectionSetup(), new WriteGateInterceptor(database.Gate), s.GetRequiredService<DefinitionWatch>())
            .ReplaceService<IRelationalTransactionFactory, GatedTransactionFactory>());
        services.AddVouchsafeContexts<SqliteVouchsafeDbContext>();
        return services;
    }
}
