using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire.Idempotency;
using Vouchsafe.Security;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// A request as a handler sees it: who asks, when, and readers of its body and query that answer with errors of the
/// catalogue. Handlers take it as their first parameter.
/// </summary>
internal sealed class ApiCall
{
    private ApiCall(HttpContext http)
    {
        Http = http;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        // All that is stored and compared has milliseconds; a finer instant would differ from itself once read back.
        Now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    internal HttpContext Http { get; }

    /// <summary>The one instant of this request, UTC, whole milliseconds.</summary>
    internal DateTimeOffset Now { get; }

    internal Caller Caller => Caller.Of(Http);

    /// <summary>The caller's project; only for channels that open one.</summary>
    internal ProjectSettings Project => Caller.Project ?? throw new InvalidOperationException("This channel opens no project.");

    /// <summary>Whether the answer may hold secrets of the project: keys that open the operation may see them, members only as guards of keys.</summary>
    internal bool MaySeeSecrets => RequestFacts.Of(Http).Admission?.Member is not { } member || MemberPolicy.Permits(member.Role, MemberAction.ManageKeys);

    internal CancellationToken Aborted => Http.RequestAborted;

    internal QueryReader Query => new(Http.Request.Query);

    /// <summary>Reads the JSON body; see <see cref="BodyReader"/>.</summary>
    internal ValueTask<Result<T>> ReadBodyAsync<T>() => BodyReader.ReadAsync<T>(Http.Request, Aborted);

    /// <summary>Commits an effect whose answer is a 200; with an idempotency key the answer is written in the same commit.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="intent">The effect.</param>
    /// <param name="answer">Makes the answer's body out of the counters' new values; may be called more than once, or not at all.</param>
    internal ValueTask<LedgerOutcome> CommitAsync(Ledger ledger, LedgerIntent intent, Func<IReadOnlyList<long>, object> answer) =>
        IdempotentRequest.Of(Http) is { } request ? request.CommitAsync(ledger, intent, StatusCodes.Status200OK, answer, Aborted) : ledger.CommitAsync(intent, Aborted);

    /// <summary>Commits the making of a resource whose answer is read afterwards.</summary>
    internal ValueTask<LedgerOutcome> CommitAsync(Ledger ledger, LedgerIntent intent, string resourceId) =>
        IdempotentRequest.Of(Http) is { } request ? request.CommitAsync(ledger, intent, resourceId, Aborted) : ledger.CommitAsync(intent, Aborted);

    /// <summary>Commits what a refused request leaves behind.</summary>
    internal ValueTask<LedgerOutcome> CommitAsync(Ledger ledger, LedgerIntent intent, ApiError refusal) =>
        IdempotentRequest.Of(Http) is { } request
            ? request.CommitAsync(ledger, intent, refusal.Status, _ => refusal.ToBody(RequestId.Of(Http)), Aborted)
            : ledger.CommitAsync(intent, Aborted);

    /// <summary>Binds the parameter in route handlers.</summary>
    public static ValueTask<ApiCall?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<ApiCall?>(new ApiCall(context));
}
