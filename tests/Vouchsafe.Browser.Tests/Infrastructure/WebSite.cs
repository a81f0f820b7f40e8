using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>
/// A web site of somebody's, with the published browser clients on its page. It answers to every host name, so the same
/// site is the shop's under <c>shop.localhost</c> and a stranger's under any other name.
/// </summary>
internal sealed class WebSite : IAsyncDisposable
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">
          <script src="/lib/jquery/dist/jquery.min.js"></script>
          <script src="/lib/voucherify.js/dist/voucherify.min.js"></script>
          <script src="/lib/qs/dist/qs.js"></script>
          <script src="/lib/axios/dist/axios.min.js"></script>
          <script src="/lib/@voucherify/sdk/dist/voucherifysdk.umd.production.min.js"></script>
        </head>
        <body><div id="widget"></div></body>
        </html>
        """;

    // The same page without an origin of its own: what it sends says "Origin: null".
    private const string Sandbox = """<!doctype html><title>A frame</title><iframe sandbox="allow-scripts" src="/" name="inner"></iframe>""";

    private readonly WebApplication _app;

    private WebSite(WebApplication app, int port) => (_app, Port) = (app, port);

    internal int Port { get; }

    internal string UrlAs(string host) => $"http://{host}:{Port}/";

    internal static async Task<WebSite> StartAsync()
    {
        var port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.MapGet("/", () => Results.Content(Page, "text/html; charset=utf-8"));
        app.MapGet("/sandbox", () => Results.Content(Sandbox, "text/html; charset=utf-8"));
        app.MapGet("/lib/{**path}", (string path) => Results.File(Path.Combine(Libraries(), path), "text/javascript"));
        await app.StartAsync();
        return new WebSite(app, port);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Libraries()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Vouchsafe.Browser.Tests", "assets", "node_modules");
        return Directory.Exists(folder) ? folder : throw new InvalidOperationException($"{folder} is missing; ./test.sh fetches it (npm ci).");
    }
}
