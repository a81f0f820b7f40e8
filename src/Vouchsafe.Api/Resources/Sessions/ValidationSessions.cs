using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using CounterKind = Vouchsafe.Storage.Entities.CounterKind;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>
/// Judges requests as one session sees them, and sets sessions up. A lock whose time is over holds nothing: it is taken
/// back by whoever meets it, through the ledger, before anybody is refused because of it.
/// </summary>
internal sealed class ValidationSessions(Database database, Evaluator evaluator, Ledger ledger, OverdueLocks overdue, ClientSessionLimits clientLimits)
{
    /// <summary>How often a request looks again because its session was changed by another meanwhile.</summary>
    internal const int Tries = 8;

    /// <summary>Judges a request that was found well formed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="newcomer">A customer who will be stored if all goes well, judged as if they were.</param>
    internal async ValueTask<Result<UseVerdict>> JudgeAsync(ApiCall call, UseRequest request, Customer? newcomer = null)
    {
        var own = await OwnAsync(call.Project, request.Session?.KeyOrNull, call.Aborted);
        var judged = await UseVerdict.OfAsync(call, request, database, evaluator, own, newcomer);
        if (judged.Failed(out _, out var verdict) || !MayBeCountersFault(verdict.Run)) return judged;
        return await overdue.ReleaseAsync(database.Context, call.Project.Id, call.Now, call.Aborted) > 0
            ? await UseVerdict.OfAsync(call, request, database, evaluator, own, newcomer)
            : judged;
    }

    /// <summary>Validates, and sets the session up that the request asks for.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="render">The answer to a verdict.</param>
    internal async ValueTask<Result<T>> ValidateAsync<T>(ApiCall call, UseRequest request, Func<UseVerdict, Result<T>> render)
    {
        if (request.Session is { AsksForLock: true } && RequestFacts.Of(call.Http).Admission?.Member is { } member && !MemberPolicy.PermitsHolds(member.Role))
            return AccessErrors.MemberMayNot(member.Role);
        Customer? newcomer = null;
        for (var tries = 0; tries < Tries; tries++)
        {
            if ((await JudgeAsync(call, request, newcomer)).Failed(out var error, out var verdict)) return error;
            if (request.Session is not { AsksForLock: true } payload || !verdict.Run.Evaluation.Valid) return render(verdict);
            // What counts per customer needs the customer; the public channel makes customers only where it may.
            if (newcomer is null && MayStore(call, request, verdict))
            {
                newcomer = verdict.Buyer!.Described;
                if (verdict.HasRules) continue;
            }

            var (session, until) = TermsOf(call, payload, verdict);
            var set = verdict with { Session = session };
            if (render(set).Failed(out error, out var answer)) return error;
            await overdue.ReleaseAsync(verdict.Overdue(call.Now), call.Aborted);
            var client = call.Caller.Channel == Channel.Client ? clientLimits : null;
            switch (await call.CommitAsync(ledger, new LockIntent(call, set, session, until, newcomer, client).ToLedger(), _ => answer!))
            {
                case LedgerOutcome.Accepted:
                    return answer;
                // These counters are held by locks of other vouchers too, which may be over.
                case LedgerOutcome.Refused { Change: var change } when IsHeldElsewhere(verdict.Run, change) && await ClearProjectAsync(call):
                    continue;
                case LedgerOutcome.Refused { Change: var change } when ClientSessionLimits.IsCap(change):
                    return SessionErrors.TooMany;
                case LedgerOutcome.Refused { Change: var change } when ClientSessionLimits.IsShare(change):
                    return SessionErrors.ShareUsedUp(verdict.Run.Resolved[0].Redeemable.Id);
                case LedgerOutcome.Duplicate { Constraint: var constraint } when constraint.Contains("customers", StringComparison.Ordinal):
                    newcomer = null;
                    continue;
                case LedgerOutcome.Busy:
                    return CommonErrors.Busy;
            }
        }

        return UseErrors.MultipleRequests;
    }

    /// <summary>Takes back what is over of the locks on the verdict's vouchers; without any nothing is done.</summary>
    internal ValueTask ClearAsync(ApiCall call, UseVerdict verdict) => overdue.ReleaseAsync(verdict.Overdue(call.Now), call.Aborted);

    /// <summary>Takes back everything that is over in the project; the answer tells whether there was anything.</summary>
    internal async ValueTask<bool> ClearProjectAsync(ApiCall call) => await overdue.ReleaseAsync(database.Context, call.Project.Id, call.Now, call.Aborted) > 0;

    private async ValueTask<IReadOnlyList<ValidationLock>> OwnAsync(ProjectSettings project, string? key, CancellationToken ct) =>
        key is null ? [] : await database.Context.ValidationLocks.AsNoTracking().Where(l => l.ProjectId == project.Id && l.SessionKey == key).OrderBy(l => l.RedeemableId).ToListAsync(ct);

    private static bool IsHeldElsewhere(EvaluationRun run, CounterChange change) =>
        RedemptionCounters.IsRule(run, change) || ClientSessionLimits.IsCap(change) || ClientSessionLimits.IsShare(change);

    private static bool MayStore(ApiCall call, UseRequest request, UseVerdict verdict) =>
        verdict.Buyer is { Stored: null } && request.Named is not { Id.Length: > 0 }
        && (call.Caller.Channel != Channel.Client || call.Project.ClientPermissions.HasFlag(ClientPermissions.CreateCustomer));

    // Rules count in counters that locks of other vouchers may hold too, and those are not read with this one.
    private static bool MayBeCountersFault(EvaluationRun run) =>
        run.Context.Counters.Count > 0 && run.Evaluation.Results.Any(r => r.Status == RedeemableStatus.Inapplicable);

    private (SessionWire Session, DateTimeOffset Until) TermsOf(ApiCall call, SessionPayload payload, UseVerdict verdict)
    {
        var session = payload.ToWire();
        return call.Caller.Channel == Channel.Client
            ? clientLimits.Shorten(payload, session, verdict.Own, call.Now)
            : (session, call.Now + payload.Length);
    }
}

/// <summary>Which counters an intent's changes are about.</summary>
internal static class RedemptionCounters
{
    /// <summary>Whether a change is about a rule's counter, not about a redeemable's own uses and credits.</summary>
    internal static bool IsRule(EvaluationRun run, CounterChange change) =>
        change.Kind == CounterKind.Uses && run.Resolved.All(r => (r.Redeemable.ResourceId ?? r.Redeemable.Id) != change.Owner);
}

/// <summary>Refusals about sessions.</summary>
internal static class SessionErrors
{
    internal static readonly ApiError TooMany = new(
        400, "too_many_sessions", "Too many sessions", "This address or customer holds as many sessions as it may. Leave session out, or try again later.");

    internal static ApiError ShareUsedUp(string code) => new(
        400, "quantity_exceeded", "quantity exceeded", code);

    internal static ApiError NotFound(string key) => CommonErrors.NotFound("session", key);
}
