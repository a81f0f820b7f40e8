using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Storage;

/// <summary>What both providers register alike.</summary>
internal static class StorageRegistration
{
    internal static void AddVouchsafeContexts<TContext>(this IServiceCollection services) where TContext : VouchsafeDbContext
    {
        services.AddSingleton<IDbContextFactory<VouchsafeDbContext>, ContextFactory<TContext>>();
        services.AddSingleton<RowTables>();
        services.AddSingleton<DefinitionChanges>();
        services.AddSingleton<DefinitionWatch>();
        services.AddSingleton(s => new Ledger(s.GetRequiredService<LedgerStore>(), s.GetRequiredService<ILogger<Ledger>>()));
        services.AddScoped<VouchsafeDbContext>(s => s.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
    }

    /// <summary>Hands out the provider's pooled contexts under the base type.</summary>
    private sealed class ContextFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<VouchsafeDbContext>
        where TContext : VouchsafeDbContext
    {
        public VouchsafeDbContext CreateDbContext() => inner.CreateDbContext();
    }
}
