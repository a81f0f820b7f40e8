using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Loyalties;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>PUT /v1/orders/{id}: changes what the body names.</summary>
internal static class UpdateOrder
{
    internal static async Task<IResult> Handle(ApiCall call, string orderId, Database database, Definitions definitions)
    {
        var db = database.Context;
        if ((await call.ReadBodyAsync<OrderPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem("") is { } problem) return problem;
        if (await db.Orders.ByAnyIdAsync(call.Project, orderId, call.Aborted) is not { } row) return OrderErrors.NotFound(orderId);
        return await ChangeAsync(call, database, definitions, row, payload);
    }

    internal static async Task<IResult> ChangeAsync(ApiCall call, Database database, Definitions definitions, Order row, OrderPayload payload)
    {
        var db = database.Context;
        if ((await CreateOrder.BuyerAsync(call, db, payload.Buyer)).Failed(out var error, out var buyer)) return error;
        // Storing the buyer may have cost the context what it held.
        db.Orders.Attach(row);
        if (payload.Amount is not null || payload.Items is not null)
        {
            var (order, reason) = await CreateOrder.PriceAsync(call, database, definitions, payload, row);
            if (reason is not null) return OrderErrors.Invalid(reason);
            var before = OrderResponse.From(row);
            row.Amount = order!.Amount;
            row.BodyJson = (OrderResponse.From(order, payload.Metadata, row.CustomerId, row.ReferrerId) with { Redemptions = before.Redemptions }).ToJson();
        }

        var wasPaid = row.Status == "PAID";
        row.Status = payload.Status ?? row.Status;
        if (payload.Metadata is { } metadata) row.MetadataJson = metadata.Text;
        row.CustomerId = buyer?.Id ?? row.CustomerId;
        row.UpdatedAt = call.Now;
        if (!wasPaid) await PaidOrders.NoteAsync(db, definitions, row, call.Now, call.Aborted);
        return await CreateOrder.SaveAsync(call, db, row, buyer) ?? Json.Ok(OrderResponse.From(row));
    }
}
