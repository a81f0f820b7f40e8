using System.Globalization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// Bounds how often one address may fail to authenticate on the channels that have no limit per address. Past the budget
/// a failure is answered with 429. Valid credentials are always let in: secrets have 160 bits, so nothing is gained by
/// guessing on, while refusing them would let one misconfigured program lock out everybody behind the same address.
/// </summary>
internal sealed class FailedAuthentications(PipelineSettings settings, TimeProvider time)
{
    /// <summary>Says that the figures are those of this budget: no project is known, and none of its calls is used up.</summary>
    private const string Type = "failed_authentications";

    private readonly ClientLimiter? _limiter = settings.FailedAuthenticationsPerMinute == 0
        ? null
        : new ClientLimiter(new ClientLimits(settings.FailedAuthenticationsPerMinute, 60_000) { MaxClients = 200_000, MaxExtraAcceptances = 2_000_000 });

    /// <summary>Counts a failure and says how it is answered.</summary>
    internal ApiError Refusal(HttpContext http, AddressKey client)
    {
        if (_limiter is null)
        {
            ApiCallHeaders.WriteUnlimited(http, time);
            return CommonErrors.Unauthorized;
        }
        var decision = _limiter.TryAcquire(client, MonotonicClock.Milliseconds(time));
        ApiCallHeaders.Write(http, time, decision.Limit, decision.Remaining, decision.Remaining > 0 ? 0 : decision.ResetAfterSeconds, Type);
        if (decision.Allowed) return CommonErrors.Unauthorized;
        http.Response.Headers.RetryAfter = decision.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return CommonErrors.TooManyRequests("Too many requests without valid credentials came from this address. Wait as long as the Retry-After header says.", RefusalReason.FailedAuthentications);
    }
}
