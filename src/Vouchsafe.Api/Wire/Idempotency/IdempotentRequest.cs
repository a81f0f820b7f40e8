using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Wire.Idempotency;

/// <summary>
/// A request that came with an idempotency key. Its answer is written in the commit of its effect, so there is no effect
/// without a record and no record without an effect, wherever the process ends.
/// </summary>
internal sealed class IdempotentRequest(IdempotencyRecord record, IdempotencySeal seal)
{
    /// <summary>What is remembered.</summary>
    internal IdempotencyRecord Record => record;

    /// <summary>Closes what is remembered.</summary>
    internal IdempotencySeal Seal => seal;

    /// <summary>Whether this very request had its effect.</summary>
    internal bool Committed { get; private set; }

    /// <summary>Commits an intent together with the answer to it.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="intent">The effect.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="answer">Makes its body out of the counters' new values.</param>
    /// <param name="ct">Cancels, see <see cref="Ledger.CommitAsync(LedgerIntent, CancellationToken)"/>.</param>
    internal ValueTask<LedgerOutcome> CommitAsync(
        Ledger ledger, LedgerIntent intent, int status, Func<IReadOnlyList<long>, object> answer, CancellationToken ct) =>
        CommitAsync(ledger, intent, values => (record.Status, record.Body) = (status, seal.Close(ToJson(answer(values)))), ct);

    /// <summary>
    /// Commits an intent that makes a resource whose wire form is read afterwards. Until it is, the record names the
    /// resource, so that whoever asks again can have it rendered even if this process ends here.
    /// </summary>
    internal ValueTask<LedgerOutcome> CommitAsync(Ledger ledger, LedgerIntent intent, string resourceId, CancellationToken ct) =>
        CommitAsync(ledger, intent, _ => (record.Status, record.Body) = (IdempotencyRecord.NotRendered, resourceId), ct);

    /// <summary>A body in wire form.</summary>
    internal static string ToJson(object body) => JsonSerializer.Serialize(body, body.GetType(), WireJson.Options);

    private async ValueTask<LedgerOutcome> CommitAsync(Ledger ledger, LedgerIntent intent, Action<IReadOnlyList<long>> write, CancellationToken ct)
    {
        var outcome = await ledger.CommitAsync(new LedgerIntent
        {
            Changes = intent.Changes,
            Rows = [new(record), .. intent.Rows],
            Customers = intent.Customers,
            IsStale = intent.IsStale,
            Complete = values =>
            {
                intent.Complete?.Invoke(values);
                write(values);
            },
        }, ct);
        Committed |= outcome is LedgerOutcome.Accepted;
        // Another request with this key was quicker. Handlers need not know: to them it is a refusal that is final, and
        // the filter answers with what the other one was told.
        return outcome is LedgerOutcome.Duplicate { Constraint: var constraint } && constraint.Contains("idempotency", StringComparison.Ordinal)
            ? new LedgerOutcome.Busy()
            : outcome;
    }

    internal static IdempotentRequest? Of(HttpContext http) => http.Features.Get<IdempotentRequest>();
}
