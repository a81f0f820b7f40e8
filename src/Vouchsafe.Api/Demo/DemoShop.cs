using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Demo;

/// <summary>
/// A shop's page to try the public channel with. It is the same three files for everybody and holds no key: whoever opens it
/// brings the publishable pair behind the address's <c>#</c>, which browsers send to no server. Everything it does goes
/// through the public channel like any website's call.
/// </summary>
internal static class DemoShop
{
    /// <summary>Its own files and its own server, and nothing else: no inline script, no frame, no form that leaves the page.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    internal static void MapDemoShop(this ChannelRoutes routes)
    {
        routes.Get("/demo", Page("demo.html", "text/html; charset=utf-8"), "demo-shop", null).ExcludeFromDescription();
        routes.Get("/demo/demo.js", Page("demo.js", "text/javascript; charset=utf-8"), "demo-shop-script", null).ExcludeFromDescription();
        routes.Get("/demo/demo.css", Page("demo.css", "text/css; charset=utf-8"), "demo-shop-style", null).ExcludeFromDescription();
    }

    private static Delegate Page(string name, string contentType)
    {
        var file = new Lazy<byte[]>(() => Read(name));
        return (HttpContext http, PipelineSettings settings) =>
        {
            if (!settings.DemoShop) return CommonErrors.NoRoute(http.Request.Path.Value ?? "/");
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return Results.Bytes(file.Value, contentType);
        };
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(DemoShop).Assembly.GetManifestResourceStream("demo/" + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
