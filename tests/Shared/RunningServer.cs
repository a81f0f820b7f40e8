using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Vouchsafe.Testing;

/// <summary>The product as its users run it: a process of its own, a fresh embedded database, keys that the test knows.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    internal const string ApplicationId = "11111111-1111-4111-8111-111111111111";
    internal const string ApplicationToken = "test-application-token-0000000000000000000001";
    internal const string ClientId = "22222222-2222-4222-8222-222222222222";
    internal const string ClientToken = "test-client-token-00000000000000000000000002";
    internal const string ManagementId = "33333333-3333-4333-8333-333333333333";
    internal const string ManagementToken = "test-management-token-000000000000000000003";
    internal const string ShopOrigin = "http://shop.localhost";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3); // four at once on a busy machine

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private RunningServer(Process process, string folder, Uri address)
    {
        (_process, Folder, Address) = (process, folder, address);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
    }

    internal Uri Address { get; }

    /// <summary>The process's working directory.</summary>
    internal string Folder { get; }

    internal string DatabaseFile => Path.Combine(Folder, "vouchsafe.db");

    /// <summary>Sends no credentials by itself.</summary>
    internal HttpClient Http { get; }

    internal string Log => string.Join('\n', _log);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="settings">Configuration beside the defaults, with its documented names.</param>
    internal static async Task<RunningServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("vouchsafe-test-").FullName;
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Repository.ServerAssembly },
        };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[.. Defaults(folder), .. settings])
            start.Environment["VOUCHSAFE_" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["DOTNET_gcServer"] = "0";

        var server = new RunningServer(Process.Start(start)!, folder, address);
        server.ReadOutput();
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Calls the private channel.</summary>
    internal Task<Answer> PrivateAsync(HttpMethod method, string path, JsonNode? body = null) =>
        SendAsync(method, path, body, ("X-App-Id", ApplicationId), ("X-App-Token", ApplicationToken));

    /// <summary>Calls the public channel as a page of the shop.</summary>
    internal Task<Answer> ClientAsync(HttpMethod method, string path, JsonNode? body = null, string origin = ShopOrigin) =>
        SendAsync(method, path, body, ("X-Client-Application-Id", ClientId), ("X-Client-Token", ClientToken), ("Origin", origin));

    /// <summary>Calls the management channel.</summary>
    internal Task<Answer> ManagementAsync(HttpMethod method, string path, JsonNode? body = null) =>
        SendAsync(method, path, body, ("X-Management-Id", ManagementId), ("X-Management-Token", ManagementToken));

    internal async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    /// <summary>Runs the program beside the server, with the same settings, until it ends.</summary>
    internal async Task<(int Code, string Output)> RunCommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ServerAssembly, .. arguments]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _process.StartInfo.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Ends the process as a power cut would; what it stored stays.</summary>
    internal async Task StopAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static (string, string)[] Defaults(string folder) =>
    [
        ("Storage:Provider", "sqlite"),
        ("Storage:ConnectionString", $"Data Source={Path.Combine(folder, "vouchsafe.db")}"),
        ("Bootstrap:ApplicationId", ApplicationId),
        ("Bootstrap:ApplicationToken", ApplicationToken),
        ("Bootstrap:ClientApplicationId", ClientId),
        ("Bootstrap:ClientToken", ClientToken),
        ("Bootstrap:ManagementId", ManagementId),
        ("Bootstrap:ManagementToken", ManagementToken),
        ("Bootstrap:WebsiteUrls", "shop.localhost"),
        ("Bootstrap:ClientPermissions", "all"),
    ];

    private void ReadOutput()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Keep(string? line)
        {
            if (line is null) return;
            _log.Enqueue(line);
            while (_log.Count > 500) _log.TryDequeue(out string? _);
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartLimit)
        {
            if (_process.HasExited) break;
            try
            {
                using var response = await Http.GetAsync("/health/ready");
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(50);
        }
        var state = _process.HasExited ? $"ended with {_process.ExitCode}" : $"still runs after {waited.Elapsed}";
        await DisposeAsync(); // waits for the rest of its output, too
        throw new InvalidOperationException($"The server did not become ready; it {state}:\n{Log}");
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    internal JsonNode Json => JsonNode.Parse(Text)!;
}
