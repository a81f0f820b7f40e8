namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>
/// A server with the shipped limit of 5 requests per 5 seconds, behind a trusted proxy (this machine), with its clock held
/// still. Each test speaks from addresses of its own, so that tests may share it.
/// </summary>
public sealed class LimitedServer : IAsyncLifetime
{
    private static int _addresses;
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

    internal Probe Probe { get; } = new();

    /// <summary>An address that no test has used yet.</summary>
    internal static string NewAddress()
    {
        var n = Interlocked.Increment(ref _addresses);
        return $"10.77.{n >> 8}.{n & 255}";
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync([("Limits:Client:Requests", null), ("Network:TrustedProxies", "127.0.0.1")], map: Probe.Map);
        Server.Clock.Stop();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A page of the sandbox project behind the proxy.</summary>
    internal Visitor Visitor(string? address = null) => new(Server, address ?? NewAddress());
}

/// <summary>A web page at an address, asking the probe.</summary>
internal sealed class Visitor(TestServer server, string address)
{
    private readonly HttpClient _client = server.With(
        ("X-Client-Application-Id", TestServer.ClientId), ("X-Client-Token", TestServer.ClientToken), ("Origin", TestServer.Origin), ("X-Forwarded-For", address));

    internal string Address => address;

    internal Task<HttpResponseMessage> AskAsync(string path = "/client/v1/probe") => _client.GetAsync(path);

    internal async Task<int> StatusAsync(string path = "/client/v1/probe")
    {
        using var answer = await AskAsync(path);
        return (int)answer.StatusCode;
    }

    /// <summary>The statuses of so many requests, one after another.</summary>
    internal async Task<IReadOnlyList<int>> StatusesAsync(int count, string path = "/client/v1/probe")
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++) statuses.Add(await StatusAsync(path));
        return statuses;
    }
}
