using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Validations;

/// <summary>POST /v1/validations: would these redeemables hold together? Nothing is counted, unless a session is asked for.</summary>
internal static class ValidateStack
{
    internal sealed record Response
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id { get; init; }
        public required bool Valid { get; init; }
        public required IReadOnlyList<RedeemableWire> Redeemables { get; init; }
        public required IReadOnlyList<RedeemableWire> SkippedRedeemables { get; init; }
        public required IReadOnlyList<RedeemableWire> InapplicableRedeemables { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TrackingId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SessionWire? Session { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public StackingRulesWire? StackingRules { get; init; }
    }

    internal static async Task<IResult> Handle(ApiCall call, ValidationSessions sessions)
    {
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        return (await RunAsync(call, request, sessions)).Failed(out error, out var response) ? error : Json.Ok(response);
    }

    internal static ValueTask<Result<Response>> RunAsync(ApiCall call, UseRequest request, ValidationSessions sessions) =>
        (request.Problem() ?? request.Forbidden(call)) is { } problem ? new(problem) : sessions.ValidateAsync<Response>(call, request, verdict => Render(call, request, verdict));

    private static Response Render(ApiCall call, UseRequest request, UseVerdict verdict)
    {
        var run = verdict.Run;
        var valid = run.Evaluation.Valid;
        var requestId = RequestId.Of(call.Http);
        var wires = run.Evaluation.Results.Select(r => (r.Status, Wire: RedeemableWire.From(run, r, requestId).Shown(request))).ToList();
        IReadOnlyList<RedeemableWire> Of(RedeemableStatus status) => [.. wires.Where(w => w.Status == status).Select(w => w.Wire)];
        return new Response
        {
            Id = valid ? Ids.New(IdPrefix.Validation, call.Now) : null,
            Valid = valid,
            // Partial mode and skips list only what holds; what does not stands in a list of its own in any case.
            Redeemables = valid ? Of(RedeemableStatus.Applicable) : [.. wires.Select(w => w.Wire)],
            SkippedRedeemables = Of(RedeemableStatus.Skipped),
            InapplicableRedeemables = Of(RedeemableStatus.Inapplicable),
            Order = run.Evaluation.Order is { } order ? OrderResponse.From(order, request.Order?.Metadata, verdict.Buyer?.Stored?.Id, run.ReferrerId) : null,
            TrackingId = TrackingIdOf(call, verdict.Buyer),
            Session = verdict.Session,
            StackingRules = StackingRulesWire.From(run.Context.StackingRules),
        };
    }

    /// <summary>The coded id under which an answer names the buyer. A page without one is given a new one, to come back with.</summary>
    internal static string? TrackingIdOf(ApiCall call, Buyer? buyer) =>
        (buyer?.Described.SourceId ?? buyer?.Stored?.Id) is { } id ? TrackingIds.Code(call.Project, id)
        : call.Caller.Channel == Channel.Client ? TrackingIds.Anonymous()
        : null;
}
