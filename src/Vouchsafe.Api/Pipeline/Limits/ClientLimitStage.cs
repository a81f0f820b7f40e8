using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Vouchsafe.Api.Records;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// The exact limit per client address. It goes by the path's prefix, not by endpoint, and stands before every look-up: a
/// path that does not exist or a wrong key costs a permit like any other request.
/// </summary>
internal sealed class ClientLimitStage(RequestDelegate next, PipelineSettings settings, ClientWindows windows, TimeProvider time, Telemetry telemetry, RefusalRecords records)
{
    private readonly ClientLimitHeaders _headers = new(settings.ClientRequests, settings.ClientWindowSeconds, time);

    [SuppressMessage("Reliability", "CA2012", Justification = "Read once, when it is known to be completed.")]
    public Task InvokeAsync(HttpContext http)
    {
        var facts = RequestFacts.Of(http);
        if (!facts.Channel.PerAddressLimit) return next(http);
        var pending = windows.TryAcquireAsync(facts.Client);
        return pending.IsCompletedSuccessfully ? Apply(http, facts, pending.Result) : ApplyAsync(http, facts, pending);
    }

    private async Task ApplyAsync(HttpContext http, RequestFacts facts, ValueTask<RateDecision> pending) => await Apply(http, facts, await pending);

    private Task Apply(HttpContext http, RequestFacts facts, in RateDecision decision)
    {
        _headers.Write(http, decision);
        if (decision.Allowed)
        {
            facts.PassedAddressLimit = true;
            return next(http);
        }
        telemetry.ClientRefused();
        records.NoteClientLimit(http);
        // A flood is counted above; a histogram of how fast it was refused would cost as much as refusing it.
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true;
        return ClientRefusal.WriteAsync(http, decision.RetryAfterSeconds);
    }
}
