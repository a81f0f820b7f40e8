using Vouchsafe.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>Several whole servers on one PostgreSQL database, started at the same moment.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private Cluster(IReadOnlyList<TestServer> nodes) => Nodes = nodes;

    internal IReadOnlyList<TestServer> Nodes { get; }

    /// <summary>Starts them on a database that does not exist yet, or on one that an earlier cluster left.</summary>
    internal static async Task<Cluster> StartAsync(PostgresServer postgres, int nodes, string? database = null, params (string Name, string? Value)[] settings)
    {
        var connection = postgres.ConnectionString(database ?? NewDatabase());
        var started = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => Task.Run(() => TestServer.StartAsync(
            [("Storage:Provider", "postgres"), ("Storage:ConnectionString", connection), .. settings]))));
        return new Cluster(started);
    }

    internal static string NewDatabase() => "cluster" + Guid.NewGuid().ToString("N");

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
    }
}
