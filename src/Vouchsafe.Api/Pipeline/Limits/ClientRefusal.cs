using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// The answer to a client that asks too often, in its two renderings. The browser client wraps whatever text it gets, so
/// it is sent the bare sentence and its pages see the documented object; everybody else is sent that object itself.
/// </summary>
internal static class ClientRefusal
{
    private const string BrowserClient = "Voucherify.js";
    private const int LongestPreparedWait = 120;

    private static readonly byte[] Text = "API calls limit exceeded."u8.ToArray();

    private static readonly byte[] Json =
        """{"type":"error","message":"XHR error happened.","context":{"readyState":4,"responseText":"API calls limit exceeded.","status":429,"statusText":"Too Many Requests"},"code":429,"key":"too_many_requests","details":"API calls limit exceeded. Wait as long as the Retry-After header says."}"""u8.ToArray();

    private static readonly StringValues TextType = "text/plain; charset=utf-8";
    private static readonly StringValues JsonType = "application/json; charset=utf-8";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues[] Waits =
        [.. Enumerable.Range(0, LongestPreparedWait + 1).Select(s => new StringValues(s.ToString(System.Globalization.CultureInfo.InvariantCulture)))];

    /// <summary>Writes status, Retry-After and body; the limit's own headers are the caller's.</summary>
    internal static Task WriteAsync(HttpContext http, long retryAfterSeconds)
    {
        var response = http.Response;
        var asText = IsBrowserClient(http.Request.Headers);
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Seconds(retryAfterSeconds);
        response.Headers.CacheControl = NoStore;
        response.Headers.ContentType = asText ? TextType : JsonType;
        response.Headers.ContentLength = asText ? Text.Length : Json.Length;
        response.BodyWriter.Write(asText ? Text : Json);
        return Task.CompletedTask;
    }

    internal static StringValues Seconds(long seconds) =>
        seconds is >= 0 and <= LongestPreparedWait ? Waits[seconds] : seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // A browser always says who it is; whoever names the browser client but no user agent is a program and reads JSON.
    private static bool IsBrowserClient(IHeaderDictionary headers) =>
        headers.UserAgent.Count > 0 && headers.TryGetValue("X-Voucherify-Channel", out var channel) && channel.Count == 1 && channel[0] == BrowserClient;
}
