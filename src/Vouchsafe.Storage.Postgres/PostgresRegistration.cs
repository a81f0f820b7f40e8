using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Storage.Postgres;

/// <summary>Registers storage on PostgreSQL.</summary>
public static class PostgresRegistration
{
    /// <summary>
    /// Adds the database on PostgreSQL: scoped <see cref="VouchsafeDbContext"/>,
    /// <see cref="IDbContextFactory{TContext}"/> for work outside a request, <see cref="DatabaseMigrator"/>,
    /// <see cref="Ledger"/>, <see cref="VoucherReads"/> and <see cref="RowReads"/>.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="connectionString">Npgsql connection string; the database it names is made when missing, if the user may.</param>
    public static IServiceCollection AddVouchsafePostgres(this IServiceCollection services, string connectionString)
    {
        var prepared = Prepare(connectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => NpgsqlDataSource.Create(prepared));
        services.AddSingleton<DatabaseLock>(s => new PostgresDatabaseLock(s.GetRequiredService<NpgsqlDataSource>(), prepared));
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<LedgerStore, PostgresLedgerStore>();
        services.AddSingleton<VoucherReads, PostgresVoucherReads>();
        services.AddSingleton<RowReads, PostgresRowReads>();
        services.AddPooledDbContextFactory<PostgresVouchsafeDbContext>((s, options) => options
            .UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()).AddInterceptors(s.GetRequiredService<DefinitionWatch>()));
        services.AddVouchsafeContexts<PostgresVouchsafeDbContext>();
        return services;
    }

    // Statements that repeat are prepared by themselves, unless the operator chose otherwise (a pooler in between).
    private static string Prepare(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Max Auto Prepare")) builder.MaxAutoPrepare = 200;
        if (!builder.ShouldSerialize("Auto Prepare Min Usages")) builder.AutoPrepareMinUsages = 2;
        return builder.ToString();
    }
}
