using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Records;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Cross-origin sharing of the public channel. It decides nothing about access: a preflight carries no key, so it cannot
/// name a project, and all are answered alike. Answers before the project is known (401, 429) echo any origin, as they
/// hold no data of a project; <see cref="Withdraw"/> takes the echo back when the whitelist refuses the origin.
/// </summary>
internal sealed class CrossOriginStage(RequestDelegate next, TimeProvider time, RefusalRecords records)
{
    private const int LongestOrigin = 300; // a host of 253 characters, scheme and port
    private const int LongestHeaderList = 1_000;

    private static readonly StringValues Exposed =
        "Retry-After, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Retry, X-Rate-Limit-Type, RateLimit, RateLimit-Policy";
    private static readonly StringValues True = "true";
    private static readonly StringValues VaryOrigin = "Origin";
    private static readonly StringValues Methods = "GET, POST, PUT";
    private static readonly StringValues DefaultHeaders = "Content-Type, Authorization, X-Client-Application-Id, X-Client-Token, X-Voucherify-Channel";
    // Two hours, the most that browsers keep; a preflight for each call would only cost the shop's customers time.
    private static readonly StringValues MaxAge = "7200";

    private static readonly Refusal TooMany = new(RefusalReason.Preflights);

    /// <summary>Preflights are free of the request limit, but not of every limit: 50 in any 5 seconds.</summary>
    private readonly ClientLimiter _preflights = new(new ClientLimits(50, 5_000));

    public Task InvokeAsync(HttpContext http)
    {
        var facts = RequestFacts.Of(http);
        if (!facts.Channel.ChecksOrigin) return next(http);

        var request = http.Request.Headers;
        var response = http.Response.Headers;
        response.Vary = VaryOrigin;
        var origin = request.Origin;
        if (origin.Count == 1 && IsEchoable(origin[0]!))
        {
            response.AccessControlAllowOrigin = origin;
            response.AccessControlAllowCredentials = True;
            response.AccessControlExposeHeaders = Exposed;
        }
        var isPreflight = HttpMethods.IsOptions(http.Request.Method) && origin.Count > 0 && request.AccessControlRequestMethod.Count > 0;
        return isPreflight ? AnswerPreflight(http, facts) : next(http);
    }

    /// <summary>Takes the permission to read the answer back from a page whose origin was refused.</summary>
    internal static void Withdraw(HttpContext http)
    {
        http.Response.Headers.Remove(HeaderNames.AccessControlAllowOrigin);
        http.Response.Headers.Remove(HeaderNames.AccessControlAllowCredentials);
        http.Response.Headers.Remove(HeaderNames.AccessControlExposeHeaders);
    }

    private Task AnswerPreflight(HttpContext http, RequestFacts facts)
    {
        var decision = _preflights.TryAcquire(facts.Client, MonotonicClock.Milliseconds(time));
        if (!decision.Allowed)
        {
            records.Note(http, TooMany);
            return ClientRefusal.WriteAsync(http, decision.RetryAfterSeconds);
        }
        var response = http.Response.Headers;
        var wanted = http.Request.Headers.AccessControlRequestHeaders.ToString();
        response.AccessControlAllowMethods = Methods;
        response.AccessControlAllowHeaders = IsHeaderList(wanted) ? wanted : DefaultHeaders;
        response.AccessControlMaxAge = MaxAge;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static bool IsEchoable(string origin) => origin.Length is > 0 and <= LongestOrigin && !origin.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsHeaderList(string text) =>
        text.Length is > 0 and <= LongestHeaderList
        && !text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_, ");
}
