using System.Globalization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>Counts private calls against the project's quota and says on every answer where the project stands.</summary>
internal sealed class ProjectQuotaStage(RequestDelegate next, ProjectQuota quota, UsageBook usage, TimeProvider time, Telemetry telemetry)
{
    public Task InvokeAsync(HttpContext http)
    {
        var facts = RequestFacts.Of(http);
        if (facts.Channel.Channel is not (Channel.Private or Channel.OAuth) || facts.Admission is not { Key: not null, Project: { } project }) return next(http);
        if (quota.LimitOf(project.Settings) is { } limit) return CountAsync(http, project.Settings.Id, limit);
        ApiCallHeaders.WriteUnlimited(http, time);
        return next(http);
    }

    private async Task CountAsync(HttpContext http, string projectId, int limit)
    {
        var decision = await quota.TryAcquireAsync(projectId, limit);
        usage.NotePeak(projectId, limit - decision.Remaining, limit);
        ApiCallHeaders.Write(http, time, limit, decision.Remaining, decision.Remaining > 0 ? 0 : decision.ResetAfterSeconds);
        if (decision.Allowed)
        {
            await next(http);
            return;
        }
        telemetry.QuotaRefused();
        http.Response.Headers.RetryAfter = decision.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        await CommonErrors.TooManyRequests($"This project may make {limit} calls in a minute. Wait as long as the Retry-After header says.", RefusalReason.ProjectQuota).ExecuteAsync(http);
    }
}

/// <summary>The <c>X-Rate-Limit-*</c> headers of the private channel.</summary>
internal static class ApiCallHeaders
{
    /// <summary>What an unlimited project is told, as clients read these headers as numbers.</summary>
    internal const int Unlimited = 1_000_000_000;

    private static readonly string UnlimitedText = Unlimited.ToString(CultureInfo.InvariantCulture);

    internal static void WriteUnlimited(HttpContext http, TimeProvider time)
    {
        var headers = http.Response.Headers;
        headers[ClientLimitHeaders.Limit] = UnlimitedText;
        headers[ClientLimitHeaders.Remaining] = UnlimitedText;
        headers[ClientLimitHeaders.Retry] = UnixSecond(time, 0);
        headers[ClientLimitHeaders.Type] = ClientLimitHeaders.ApiCalls;
    }

    internal static void Write(HttpContext http, TimeProvider time, int limit, int remaining, long waitSeconds, string? type = null)
    {
        var headers = http.Response.Headers;
        headers[ClientLimitHeaders.Limit] = limit.ToString(CultureInfo.InvariantCulture);
        headers[ClientLimitHeaders.Remaining] = remaining.ToString(CultureInfo.InvariantCulture);
        headers[ClientLimitHeaders.Retry] = UnixSecond(time, waitSeconds);
        headers[ClientLimitHeaders.Type] = type ?? ClientLimitHeaders.ApiCalls;
    }

    private static string UnixSecond(TimeProvider time, long fromNow) =>
        ((time.GetUtcNow().ToUnixTimeMilliseconds() + 999) / 1_000 + fromNow).ToString(CultureInfo.InvariantCulture);
}
