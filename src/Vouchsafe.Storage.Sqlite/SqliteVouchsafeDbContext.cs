using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>The database on SQLite. Instants are whole milliseconds since 1970, so that they compare and sort as numbers.</summary>
public sealed class SqliteVouchsafeDbContext : VouchsafeDbContext
{
    /// <summary>Makes a context of the given options.</summary>
    public SqliteVouchsafeDbContext(DbContextOptions<SqliteVouchsafeDbContext> options) : base(options) =>
        // Every SaveChanges opens a transaction, and opening one is what waits for the write gate.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;

    /// <inheritdoc />
    public override bool IsShared => false;

    /// <inheritdoc />
    // The transaction has it by being there.
    public override Task TakeTurnAsync(string name, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    // A transaction here keeps all other writers out from its beginning on.
    public override Task<bool> HoldCustomerAsync(string id, CancellationToken ct) => Customers.AnyAsync(c => c.Id == id, ct);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

/// <summary>Lets the EF tools make migrations; never used by a running server.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteVouchsafeDbContext>
{
    public SqliteVouchsafeDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteVouchsafeDbContext>().UseSqlite("Data Source=design.db").Options);
}
