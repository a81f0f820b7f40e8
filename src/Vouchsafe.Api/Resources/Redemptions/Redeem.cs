using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using CounterKind = Vouchsafe.Storage.Entities.CounterKind;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>
/// POST /v1/redemptions, and POST /v1/vouchers/{code}/redemption for one code: the engine advises, the ledger enforces, and
/// whoever comes second for the last use is answered as the engine would have answered a moment later.
/// </summary>
internal static class Redeem
{
    internal sealed record Response
    {
        public required IReadOnlyList<RedemptionResponse> Redemptions { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RedemptionResponse? ParentRedemption { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
        public required IReadOnlyList<RedeemableWire> SkippedRedeemables { get; init; }
        public required IReadOnlyList<RedeemableWire> InapplicableRedeemables { get; init; }
    }

    internal static async Task<IResult> HandleStack(ApiCall call, Database database, ValidationSessions sessions, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        return (await RunAsync(call, request, database, sessions, ledger, static r => r)).Failed(out error, out var response) ? error : Json.Ok(response);
    }

    internal static async Task<IResult> HandleVoucher(ApiCall call, string code, Database database, ValidationSessions sessions, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        return (await RunAsync(call, request.For(code), database, sessions, ledger, static r => r.Redemptions[0])).Failed(out error, out var response)
            ? error
            : Json.Ok(response);
    }

    internal static async Task<IResult> HandleTier(ApiCall call, string promotionTierId, Database database, ValidationSessions sessions, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        var one = request with { Redeemables = [new RedeemableReference { Object = RedeemableReference.PromotionTier, Id = promotionTierId }] };
        return (await RunAsync(call, one, database, sessions, ledger, static r => r.Redemptions[0])).Failed(out error, out var response) ? error : Json.Ok(response);
    }

    /// <summary>Redeems.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">What to redeem.</param>
    /// <param name="database">The database.</param>
    /// <param name="sessions">Judges it as its session sees it.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="shape">The form in which the operation answers.</param>
    internal static async ValueTask<Result<T>> RunAsync<T>(
        ApiCall call, UseRequest request, Database database, ValidationSessions sessions, Ledger ledger, Func<Response, T> shape)
        where T : notnull
    {
        if (request.Problem() is { } problem) return problem;
        Customer? newcomer = null;
        for (var tries = 0; tries < ValidationSessions.Tries; tries++)
        {
            if ((await sessions.JudgeAsync(call, request, newcomer)).Failed(out var error, out var verdict)) return error;
            if (!verdict.Run.Evaluation.Valid) return await FailAsync(call, request, verdict, ledger, UseErrors.Of(verdict.Run.Evaluation.FirstReason!));
            if ((await CustomerAsync(call, request, verdict, database)).Failed(out error, out var customer)) return error;
            // Rules count per customer: one who is not stored yet is judged again under the id that they will have.
            if (newcomer is null && verdict.Buyer is { Stored: null })
            {
                newcomer = customer;
                if (verdict.HasRules) continue;
            }

            if ((await Prize.OfferAsync(call, verdict, customer, database, ledger)).Failed(out error, out var prizes))
                return await FailAsync(call, request, verdict, ledger, error);
            await sessions.ClearAsync(call, verdict);
            if (await OrderChangesAsync(call, verdict.Stored, database) is not { } orderChanges) continue;
            var intent = new RedemptionIntent(call, request, verdict, customer, isNew: newcomer is not null, prizes, orderChanges);
            var answer = new RedemptionAnswer(call, verdict, intent);
            switch (await call.CommitAsync(ledger, intent.ToLedger(), values => shape(answer.Of(values))))
            {
                case LedgerOutcome.Accepted accepted:
                    return shape(answer.Of(accepted.Values));
                // A rule came into force meanwhile, which this redemption has to heed and to count in; or the customer was removed.
                case LedgerOutcome.Stale:
                // The session was redeemed, overwritten or released between our look and our turn.
                case LedgerOutcome.Refused { Change.Kind: CounterKind.Locks }:
                // Another request changed the order meanwhile: what is due of it is another amount now.
                case LedgerOutcome.Refused { Change.Kind: CounterKind.OrderChanges }:
                    continue;
                case LedgerOutcome.Refused { Change: var change } when Publisher.IsJoining(change):
                    return await FailAsync(call, request, verdict, ledger, PublicationErrors.AlreadyJoined);
                // Another request took the code that was to be given, or the new one exists already: offer another.
                case LedgerOutcome.Refused { Change.Kind: CounterKind.Publications }:
                case LedgerOutcome.Duplicate { Constraint: var taken } when taken.Contains("vouchers", StringComparison.Ordinal):
                    continue;
                // Judged again: another limit of the rule may admit it, and if none does, the rule's own words say so.
                case LedgerOutcome.Refused { Change: var change } when RedemptionCounters.IsRule(verdict.Run, change)
                    && (await sessions.ClearProjectAsync(call) || tries < ValidationSessions.Tries - 1):
                    continue;
                case LedgerOutcome.Refused refused:
                    return await FailAsync(call, request, verdict, ledger, Second(verdict.Run, refused.Change));
                case LedgerOutcome.Duplicate { Constraint: var constraint } when constraint.Contains("customers", StringComparison.Ordinal):
                    newcomer = null;
                    continue;
                case LedgerOutcome.Duplicate:
                    return OrderErrors.Duplicate(request.Order?.SourceId ?? "");
                default:
                    return CommonErrors.Busy;
            }
        }

        return UseErrors.MultipleRequests;
    }

    // How often the order that was judged had been changed; null: it is not as it was judged any more.
    private static async ValueTask<long?> OrderChangesAsync(ApiCall call, Order? judged, Database database)
    {
        if (judged is null) return 0;
        var changes = await OrderLedger.ChangesAsync(database.Context, judged.Id, call.Aborted);
        var now = await database.Rows.OrderByIdAsync(call.Project.Id, judged.Id, call.Aborted);
        return now?.BodyJson == judged.BodyJson && now.Status == judged.Status ? changes : null;
    }

    private static ApiError Second(EvaluationRun run, CounterChange change)
    {
        var owner = run.Resolved.FirstOrDefault(r => (r.Redeemable.ResourceId ?? r.Redeemable.Id) == change.Owner);
        return owner is null ? UseErrors.RulesViolated(run.Resolved[0].Redeemable.Id)
            : change.Kind == CounterKind.Balance && owner.Reward is not null ? UseErrors.LoyaltyCardPointsExceeded(owner.Redeemable.Id)
            : change.Kind == CounterKind.Balance ? UseErrors.GiftAmountExceeded(owner.Redeemable.Id)
            : UseErrors.QuantityExceeded(owner.Redeemable.Id);
    }

    /// <summary>A failed attempt on a known redeemable is kept with its reason; the error names it.</summary>
    private static async ValueTask<ApiError> FailAsync(ApiCall call, UseRequest request, UseVerdict verdict, Ledger ledger, ApiError error)
    {
        var judged = verdict.Run.Evaluation.Results.FirstOrDefault(r => r.Status == RedeemableStatus.Inapplicable);
        var resolved = judged is null ? verdict.Run.Resolved[0] : verdict.Run.Of(judged);
        if (resolved.Voucher is null && resolved.Tier is null) return error;
        var row = new Redemption
        {
            Id = Ids.New(IdPrefix.FailedRedemption, call.Now),
            ProjectId = call.Project.Id,
            Kind = RedemptionKind.Failure,
            VoucherId = resolved.Voucher?.Voucher.Id,
            PromotionTierId = resolved.Tier?.Id,
            CustomerId = verdict.Buyer?.Stored?.Id,
            TrackingId = verdict.Buyer is null ? null : ValidateStack.TrackingIdOf(call, verdict.Buyer),
            MetadataJson = request.Metadata?.Text,
            FailureCode = error.Key,
            FailureMessage = error.CustomMessage ?? error.Message,
            Channel = call.Caller.ChannelName,
            KeyId = call.Caller.KeyId,
            CreatedAt = call.Now,
        };
        var refusal = error with { ResourceId = row.Id, ResourceType = "redemption" };
        var intent = new LedgerIntent { Rows = [new RowWrite(row)], Customers = row.CustomerId is { } customer ? [customer] : [] };
        return await call.CommitAsync(ledger, intent, refusal) is LedgerOutcome.Accepted ? refusal : error;
    }

    private static async ValueTask<Result<Customer?>> CustomerAsync(ApiCall call, UseRequest request, UseVerdict verdict, Database database)
    {
        if (verdict.Buyer is not { } buyer) return (Customer?)null;
        if (buyer.Stored is null)
            return request.Named is { Id.Length: > 0, CarriesData: false } unknown ? CustomerErrors.NotFound(unknown.Id) : buyer.Described;
        if (ReferenceEquals(buyer.Stored, buyer.Described) || request.Named is not { CarriesData: true }) return buyer.Stored;
        var payload = request.Named with { Id = buyer.Stored.Id, SourceId = buyer.Described.SourceId };
        return (await UpsertCustomer.RunAsync(call.Project, payload, database.Context, call.Now, call.Aborted)).Failed(out var error, out var customer) ? error : customer;
    }
}
