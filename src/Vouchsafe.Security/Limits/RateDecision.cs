namespace Vouchsafe.Security;

/// <summary>The verdict of a rate limit on one request.</summary>
/// <param name="Allowed">Whether the request may go on. A refused request has used nothing up.</param>
/// <param name="Limit">The most requests in any window.</param>
/// <param name="Remaining">How many more would pass now, after this one.</param>
/// <param name="RetryAfterMilliseconds">How long a refused caller has to wait until a request can pass; 0 when allowed.</param>
/// <param name="ResetAfterMilliseconds">How long until <paramref name="Remaining"/> next grows; 0 when nothing is used up.</param>
public readonly record struct RateDecision(
    bool Allowed, int Limit, int Remaining, long RetryAfterMilliseconds, long ResetAfterMilliseconds)
{
    /// <summary>The value of the Retry-After header: at least 1, rounded up, so that it is never earlier than the true time.</summary>
    public long RetryAfterSeconds => Math.Max(1, ToSecondsUp(RetryAfterMilliseconds));

    /// <summary>The <c>t</c> of the RateLimit header, rounded up; never later than <see cref="RetryAfterSeconds"/> for a refusal.</summary>
    public long ResetAfterSeconds => ToSecondsUp(ResetAfterMilliseconds);

    private static long ToSecondsUp(long milliseconds) => (milliseconds + 999) / 1000;
}
