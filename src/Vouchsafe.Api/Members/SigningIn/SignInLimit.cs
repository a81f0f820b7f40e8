using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// Tries to sign in per minute and address, right ones included: the lock of a member does not stop somebody who tries one
/// password on many.
/// </summary>
internal sealed class SignInLimit(PipelineSettings settings, TimeProvider time)
{
    private readonly ClientLimiter? _limiter = settings.SignInsPerMinute == 0
        ? null
        : new ClientLimiter(new ClientLimits(settings.SignInsPerMinute, 60_000) { MaxClients = 200_000, MaxExtraAcceptances = 1_000_000 });

    /// <summary>Counts a try. Null if it may go on; else how many seconds to wait.</summary>
    internal long? Refuse(HttpContext http)
    {
        if (_limiter is null) return null;
        var decision = _limiter.TryAcquire(RequestFacts.Of(http).Client, MonotonicClock.Milliseconds(time));
        return decision.Allowed ? null : decision.RetryAfterSeconds;
    }
}
