using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Codes and source ids may hold a slash, which clients write <c>%2F</c>. The server unescapes a path before routing, except
/// for slashes, so that they do not split it; here, after routing, they become part of the text.
/// </summary>
internal sealed class EscapedSlashStage(RequestDelegate next)
{
    private const string Slash = "%2F";
    private const string Percent = "%25";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value?.Contains(Slash, StringComparison.OrdinalIgnoreCase) == true && !IsAmbiguous(http))
        {
            var values = http.Request.RouteValues;
            foreach (var (name, value) in values.ToArray())
                if (value is string text) values[name] = text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
        }

        return next(http);
    }

    // "%252F" is the text "%2F" by now; such a path keeps it as it is.
    private static bool IsAmbiguous(HttpContext http) =>
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget
            .Contains(Percent + "2F", StringComparison.OrdinalIgnoreCase) == true;
}
