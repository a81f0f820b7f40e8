namespace Vouchsafe.Api.Tests.Members;

/// <summary>
/// One server for the tests of a class about members, who sign in as often as they like. Nobody runs it, so its projects have
/// only the owners that are named in them; each test makes its own project.
/// </summary>
public sealed class MemberServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync([("Limits:SignIn:PerMinute", "0")]);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal static async Task<string> NewProjectAsync(TestServer server) =>
        (await server.Management().PostAsync("/management/v1/projects", new { name = "Shop", timezone = "UTC", currency = "EUR", case_sensitive_codes = true })).Ok().Text("id")!;
}
