namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>One server for all tests of a class that do not change its settings: <c>IClassFixture&lt;SharedServer&gt;</c>.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
