using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Postgres;

/// <summary>The database on PostgreSQL. Text sorts by code point (collation C), as it does on SQLite, and indexes are smaller for it.</summary>
public sealed class PostgresVouchsafeDbContext(DbContextOptions<PostgresVouchsafeDbContext> options) : VouchsafeDbContext(options)
{
    /// <inheritdoc />
    public override bool IsShared => true;

    /// <inheritdoc />
    public override Task TakeTurnAsync(string name, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PostgresDatabaseLock.KeyOf(name)})", ct);

    /// <inheritdoc />
    public override async Task<bool> HoldCustomerAsync(string id, CancellationToken ct) =>
        (await Database.SqlQuery<string>($"SELECT id AS \"Value\" FROM customers WHERE id = {id} FOR KEY SHARE").ToListAsync(ct)).Count > 0;

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        // The driver refuses instants with another offset than zero; what callers send may have one.
        conventions.Properties<DateTimeOffset>().HaveConversion<Utc>();
        conventions.Properties<string>().UseCollation("C");
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        // Room on each page, so that a hot counter's new versions stay on it: leaving a page costs a full page image.
        model.Entity<Counter>().HasStorageParameter("fillfactor", 70);
        model.Entity<LedgerMark>().HasStorageParameter("fillfactor", 50);
    }

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(), stored => stored);
}

/// <summary>Lets the EF tools make migrations; never used by a running server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresVouchsafeDbContext>
{
    public PostgresVouchsafeDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresVouchsafeDbContext>().UseNpgsql("Host=design").Options);
}
