using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>Finds stored orders and joins them with what a request says.</summary>
internal static class OrderReading
{
    /// <summary>By the id minted here or the shop's own.</summary>
    internal static async ValueTask<Order?> ByAnyIdAsync(this IQueryable<Order> orders, ProjectSettings project, string id, CancellationToken ct) =>
        await orders.FirstOrDefaultAsync(o => o.ProjectId == project.Id && o.Id == id, ct)
        ?? await orders.FirstOrDefaultAsync(o => o.ProjectId == project.Id && o.SourceId == id, ct);

    /// <summary>The stored order that a payload speaks of, not tracked; null if it speaks of a new one. An id that is not known is an error.</summary>
    /// <remarks>
    /// A page names a stored order by the id minted here only: the shop's own numbers can be guessed, and an order tells what
    /// somebody bought.
    /// </remarks>
    internal static async ValueTask<Result<Order?>> StoredAsync(this Database database, ApiCall call, OrderPayload? payload)
    {
        var (project, ct) = (call.Project, call.Aborted);
        if (payload is { Id: { Length: > 0 } id })
            return (await database.Rows.OrderByIdAsync(project.Id, id, ct) ?? await database.Rows.OrderBySourceIdAsync(project.Id, id, ct)) is { } found
                ? found
                : OrderErrors.NotFound(id);
        return payload is { SourceId: { Length: > 0 } sourceId } && call.Caller.Channel != Channel.Client
            ? await database.Rows.OrderBySourceIdAsync(project.Id, sourceId, ct)
            : (Order?)null;
    }

    /// <summary>The order as the engine reads it: the request wins, what is stored fills the gaps and brings earlier discounts.</summary>
    internal static OrderSnapshot? ToEngine(OrderPayload? payload, Order? stored)
    {
        if (payload is null) return null;
        var before = stored is null ? null : OrderResponse.From(stored);
        var items = payload.Items is { } given ? [.. given.Select(i => i.ToEngine())]
            : payload.Amount is null && before?.Items is { } kept ? kept.Select(i => i.ToEngine()).ToArray()
            : [];
        return new OrderSnapshot
        {
            Id = stored?.Id,
            SourceId = payload.SourceId ?? stored?.SourceId,
            Amount = payload.Amount ?? (payload.Items is null ? before?.Amount : null),
            InitialAmount = payload.Amount is null && payload.Items is null ? before?.InitialAmount : null,
            PriorDiscountAmount = before?.DiscountAmount ?? 0,
            Items = items,
            Metadata = OrderItemPayload.Parse(payload.Metadata ?? (stored is null ? null : new JsonText(stored.MetadataJson))),
        };
    }
}
