using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>
/// What the two older qualifications have in common, that of generic vouchers and that of campaigns: the body, the query, the envelope.
/// They ask the same engine as <see cref="CheckEligibility"/>.
/// </summary>
/// <param name="Query">What the engine is asked.</param>
/// <param name="Limit">Most entries of the answer.</param>
/// <param name="Order">In which order they come.</param>
/// <param name="TrackingId">The coded id of the customer; null: none is known.</param>
internal sealed record Examination(EvaluationQuery Query, int Limit, string Order, string? TrackingId)
{
    /// <summary>Things judged in one go.</summary>
    internal const int Batch = 100;

    private const int MaxLimit = 50;

    internal sealed record Request
    {
        public CustomerPayload? Customer { get; init; }
        public OrderPayload? Order { get; init; }
        public JsonText? Metadata { get; init; }

        internal ApiError? Problem() => Customer?.Problem("customer.") ?? Order?.Problem("order.") ?? Check.Object(Metadata, "metadata");
    }

    /// <summary>Reads body and query.</summary>
    /// <param name="call">The call.</param>
    /// <param name="database">The database.</param>
    /// <param name="furtherOrders">Orders beside those by the two timestamps.</param>
    internal static async ValueTask<Result<Examination>> ReadAsync(ApiCall call, Database database, params string[] furtherOrders)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (request.Problem() is { } problem) return problem;
        if (call.Query.Flag("audienceRulesOnly").Failed(out error, out var audienceOnly)) return error;
        if (call.Query.Integer("limit", 1, MaxLimit).Failed(out error, out var limit)) return error;
        string[] orders = ["created_at", "updated_at", .. furtherOrders];
        if (call.Query.OneOf("order", "-created_at", [.. orders, .. orders.Select(o => "-" + o)]).Failed(out error, out var order)) return error;
        if ((await database.StoredAsync(call, request.Order)).Failed(out error, out var stored)) return error;

        var buyer = await Buyer.FindAsync(database, call.Project, request.Customer ?? request.Order?.Buyer, null, call.Now, call.Aborted);
        var query = new EvaluationQuery
        {
            // Cards want an order to pay for; where the cart does not matter, an empty one will do.
            Order = OrderReading.ToEngine(request.Order, stored) ?? (audienceOnly is true ? new OrderSnapshot { Amount = 0 } : null),
            Buyer = buyer,
            Metadata = OrderItemPayload.Parse(request.Metadata),
            Reach = audienceOnly is true ? RuleReach.AudienceOnly : RuleReach.NoCounters,
            Asker = Asker.Of(call),
        };
        return new Examination(query, (int)(limit ?? MaxLimit), order, buyer?.Described.SourceId is { } id ? TrackingIds.Code(call.Project, id) : null);
    }

    /// <summary>200 with what qualifies.</summary>
    internal IResult Answer<T>(ApiCall call, IReadOnlyList<T> found)
    {
        var list = WireList.Of("data", found, found.Count);
        (list["id"], list["created_at"]) = (Ids.New(IdPrefix.Qualification, call.Now), call.Now);
        if (TrackingId is not null) list["tracking_id"] = TrackingId;
        return Json.Ok(list);
    }
}
