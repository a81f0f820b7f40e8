using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// The headers that tell a client where it stands: <c>X-Rate-Limit-*</c> as the API documents them, and the pair of the
/// IETF draft (draft-ietf-httpapi-ratelimit-headers-10). Values are rendered once, as refusals must cost next to nothing.
/// </summary>
internal sealed class ClientLimitHeaders
{
    internal const string Limit = "X-Rate-Limit-Limit";
    internal const string Remaining = "X-Rate-Limit-Remaining";
    internal const string Retry = "X-Rate-Limit-Retry";
    internal const string Type = "X-Rate-Limit-Type";
    internal const string RateLimit = "RateLimit";
    internal const string Policy = "RateLimit-Policy";
    internal static readonly StringValues ApiCalls = "api_calls";

    private readonly TimeProvider _time;
    private readonly StringValues _limit;
    private readonly StringValues _policy;
    private readonly StringValues[] _numbers;
    private readonly StringValues[] _refusals;
    private Second _now = new(-1, "");

    internal ClientLimitHeaders(int requests, int windowSeconds, TimeProvider time)
    {
        _time = time;
        _limit = Text(requests);
        _policy = $"\"client\";q={Text(requests)};w={Text(windowSeconds)}";
        _numbers = [.. Enumerable.Range(0, requests + 1).Select(n => new StringValues(Text(n)))];
        _refusals = [.. Enumerable.Range(0, Math.Min(windowSeconds, 3_600) + 1).Select(t => new StringValues(Pair(0, t)))];
    }

    internal void Write(HttpContext http, in RateDecision decision)
    {
        var headers = http.Response.Headers;
        headers[Limit] = _limit;
        headers[Remaining] = _numbers[Math.Min(decision.Remaining, _numbers.Length - 1)];
        headers[Type] = ApiCalls;
        headers[Policy] = _policy;
        if (decision.Allowed)
        {
            headers[Retry] = UnixSecond(decision.Remaining > 0 ? 0 : decision.ResetAfterSeconds);
            headers[RateLimit] = Pair(decision.Remaining, decision.ResetAfterSeconds);
            return;
        }
        var wait = decision.RetryAfterSeconds;
        headers[Retry] = UnixSecond(wait);
        headers[RateLimit] = wait < _refusals.Length ? _refusals[wait] : Pair(0, wait);
    }

    private StringValues UnixSecond(long fromNow)
    {
        // Rounded up: a client that comes at that second finds the window open.
        var second = (_time.GetUtcNow().ToUnixTimeMilliseconds() + 999) / 1_000 + fromNow;
        var known = _now;
        if (known.At != second) _now = known = new Second(second, Text(second));
        return known.Text;
    }

    private static string Pair(int remaining, long seconds) => $"\"client\";r={Text(remaining)};t={Text(seconds)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Second(long At, StringValues Text);
}
