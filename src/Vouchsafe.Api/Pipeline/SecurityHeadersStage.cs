using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Headers that keep an answer from being cached, sniffed, framed or executed. The API serves data, so the policy is
/// "nothing"; the page that shows the API's description has another (see <see cref="ForPages"/>).
/// </summary>
internal sealed class SecurityHeadersStage(RequestDelegate next)
{
    /// <summary>For pages with scripts and styles of their own.</summary>
    internal const string ForPages =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

    private static readonly PathString DescriptionPage = "/docs";

    private const string ForData = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments(DescriptionPage) ? ForPages : ForData;
        headers["Referrer-Policy"] = "no-referrer";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }
}
