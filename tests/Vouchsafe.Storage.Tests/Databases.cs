using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Storage.Postgres;
using Vouchsafe.Storage.Sqlite;
using Vouchsafe.Testing;

namespace Vouchsafe.Storage.Tests;

/// <summary>One node on a database: its services, as the server registers them.</summary>
public sealed class Node(ServiceProvider services) : IAsyncDisposable
{
    public Ledger Ledger => services.GetRequiredService<Ledger>();
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();
    public DatabaseMigrator Migrator => services.GetRequiredService<DatabaseMigrator>();
    public VouchsafeDbContext Open() => services.GetRequiredService<IDbContextFactory<VouchsafeDbContext>>().CreateDbContext();
    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>A database of its own for a test; nodes are opened on it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<Node> _nodes = [];

    protected abstract void Register(IServiceCollection services);

    /// <summary>Opens another node, as another process would.</summary>
    public Node OpenNode()
    {
        var services = new ServiceCollection().AddLogging();
        Register(services);
        var node = new Node(services.BuildServiceProvider());
        _nodes.Add(node);
        return node;
    }

    /// <summary>Opens a node and gives the database its tables.</summary>
    public async Task<Node> StartAsync()
    {
        var node = OpenNode();
        await node.Migrator.MigrateAsync();
        return node;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vouchsafe-sqlite-").FullName;

    protected override void Register(IServiceCollection services) => services.AddVouchsafeSqlite($"Data Source={Path.Combine(_folder, "test.db")}");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresTestDatabase(PostgresServer server) : TestDatabase
{
    private readonly string _name = "t" + Guid.NewGuid().ToString("N");

    protected override void Register(IServiceCollection services) => services.AddVouchsafePostgres(server.ConnectionString(_name));
}
