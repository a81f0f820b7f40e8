namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>One server with the probe's endpoints beside the product's own.</summary>
public sealed class ProbedServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

    internal Probe Probe { get; } = new();

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(map: Probe.Map);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
