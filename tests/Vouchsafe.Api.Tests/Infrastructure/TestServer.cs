using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Server;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>
/// The whole server as it ships, on a free port of this machine, over SQLite in a directory of its own, with a clock that
/// tests may hold still. The limits per address are wide unless a test sets them; nothing else differs.
/// </summary>
/// <example>
/// <code>
/// await using var server = await TestServer.StartAsync();
/// var answer = await server.Private().PostAsJsonAsync("/v1/vouchers/ABC", new { ... });
/// </code>
/// </example>
public sealed class TestServer : IAsyncDisposable
{
    /// <summary>An origin that the sandbox project lists.</summary>
    internal const string Origin = "https://shop.example";

    private readonly WebApplication _app;
    private readonly string _directory;
    private readonly bool _ownsDirectory;

    private TestServer(WebApplication app, TestClock clock, string directory, bool ownsDirectory)
    {
        (_app, Clock, _directory, _ownsDirectory) = (app, clock, directory, ownsDirectory);
        Address = app.Urls.First();
    }

    /// <summary>Where it listens.</summary>
    internal string Address { get; }

    /// <summary>Its clock: real time until a test stops it.</summary>
    internal TestClock Clock { get; }

    internal string DatabaseDirectory => _directory;

    /// <summary>What the first start of an empty database told the operator; null where another node, or an earlier start, had made it.</summary>
    internal string? FirstStartReport { get; private init; }

    internal IServiceProvider Services => _app.Services;

    internal const string AppId = "11111111-1111-4111-8111-111111111111";
    internal const string AppToken = "app-token-of-the-tests";
    internal const string ClientId = "22222222-2222-4222-8222-222222222222";
    internal const string ClientToken = "client-token-of-the-tests";
    internal const string ManagementId = "33333333-3333-4333-8333-333333333333";
    internal const string ManagementToken = "management-token-of-the-tests";

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Settings over the defaults, such as <c>("Limits:Client:Requests", "5")</c>.</param>
    /// <param name="configure">Further services or endpoints' services.</param>
    /// <param name="map">Further endpoints; each needs its <c>Operation</c>.</param>
    /// <param name="directory">An existing data directory to open again; it is then left in place.</param>
    internal static async Task<TestServer> StartAsync(
        IEnumerable<(string Name, string? Value)>? settings = null,
        Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null,
        string? directory = null)
    {
        var clock = new TestClock();
        var data = directory ?? Directory.CreateTempSubdirectory("vouchsafe-test-").FullName;
        var app = VouchsafeServer.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(Defaults(data));
            builder.Configuration.AddInMemoryCollection((settings ?? []).Select(s => KeyValuePair.Create(s.Name, s.Value)));
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(clock);
            configure?.Invoke(builder.Services);
        });
        map?.Invoke(app);
        Func<string, string>? report;
        try
        {
            report = await VouchsafeApi.PrepareAsync(app);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new TestServer(app, clock, data, ownsDirectory: directory is null) { FirstStartReport = report?.Invoke(app.Urls.First()) };
    }

    /// <summary>A server-side program of the sandbox project.</summary>
    internal HttpClient Private() => With(("X-App-Id", AppId), ("X-App-Token", AppToken));

    /// <summary>A web page of the sandbox project; null: without an Origin header.</summary>
    internal HttpClient Client(string? origin = Origin) => origin is null
        ? With(("X-Client-Application-Id", ClientId), ("X-Client-Token", ClientToken))
        : With(("X-Client-Application-Id", ClientId), ("X-Client-Token", ClientToken), ("Origin", origin));

    /// <summary>An operator.</summary>
    internal HttpClient Management() => With(("X-Management-Id", ManagementId), ("X-Management-Token", ManagementToken));

    /// <summary>Somebody with the given headers and nothing else.</summary>
    internal HttpClient With(params (string Name, string Value)[] headers)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(Address) };
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    /// <summary>Reads the database past the API.</summary>
    internal async Task<T> ReadAsync<T>(Func<VouchsafeDbContext, Task<T>> read)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<VouchsafeDbContext>>().CreateDbContextAsync();
        return await read(db);
    }

    /// <summary>Changes the database past the API; caches of keys and projects are emptied.</summary>
    internal async Task ChangeAsync(Func<VouchsafeDbContext, Task> change)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<VouchsafeDbContext>>().CreateDbContextAsync();
        await change(db);
        await db.SaveChangesAsync();
        Services.GetRequiredService<KeyRing>().ForgetAll();
    }

    /// <summary>Changes the sandbox project.</summary>
    internal Task ChangeProjectAsync(Action<Project> change) => ChangeAsync(async db => change(await db.Projects.FirstAsync(p => p.IsSandbox)));

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_ownsDirectory) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private static Dictionary<string, string?> Defaults(string data) => new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Storage:Provider"] = "sqlite",
        ["Storage:ConnectionString"] = $"Data Source={Path.Combine(data, "vouchsafe.db")}",
        ["Limits:Client:Requests"] = "10000",
        ["Limits:WrongCodes:PerHour"] = "0",
        ["Limits:FailedAuthentications:RequestsPerMinute"] = "0",
        ["Bootstrap:ApplicationId"] = AppId,
        ["Bootstrap:ApplicationToken"] = AppToken,
        ["Bootstrap:ClientApplicationId"] = ClientId,
        ["Bootstrap:ClientToken"] = ClientToken,
        ["Bootstrap:ManagementId"] = ManagementId,
        ["Bootstrap:ManagementToken"] = ManagementToken,
        ["Bootstrap:WebsiteUrls"] = "shop.example",
        ["Bootstrap:ClientPermissions"] = "all",
    };
}
