using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Loyalties;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>POST /v1/orders: creates an order, or changes the one with the same source id; its customer comes to be with it.</summary>
internal static class CreateOrder
{
    internal static async Task<IResult> Handle(ApiCall call, Database database, Definitions definitions)
    {
        var db = database.Context;
        if ((await call.ReadBodyAsync<OrderPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem("") is { } problem) return problem;
        if (payload.SourceId is { Length: > 0 } sourceId
            && await db.Orders.FirstOrDefaultAsync(o => o.ProjectId == call.Project.Id && o.SourceId == sourceId, call.Aborted) is { } stored)
            return await UpdateOrder.ChangeAsync(call, database, definitions, stored, payload);

        if ((await BuyerAsync(call, db, payload.Buyer)).Failed(out error, out var buyer)) return error;
        if ((await BuyerAsync(call, db, payload.Referrer)).Failed(out error, out var referrer)) return error;
        var (order, reason) = await PriceAsync(call, database, definitions, payload, null);
        if (reason is not null) return OrderErrors.Invalid(reason);

        var row = new Order
        {
            Id = Ids.New(IdPrefix.Order, call.Now),
            ProjectId = call.Project.Id,
            SourceId = string.IsNullOrEmpty(payload.SourceId) ? null : payload.SourceId,
            Status = payload.Status ?? "CREATED",
            CustomerId = buyer?.Id,
            ReferrerId = referrer?.Id ?? payload.ReferrerId,
            Amount = order!.Amount,
            BodyJson = OrderResponse.From(order, payload.Metadata, buyer?.Id, referrer?.Id).ToJson(),
            MetadataJson = payload.Metadata?.Text ?? "{}",
            CreatedAt = call.Now,
        };
        db.Orders.Add(row);
        await PaidOrders.NoteAsync(db, definitions, row, call.Now, call.Aborted);
        return await SaveAsync(call, db, row, buyer) ?? Json.Ok(OrderResponse.From(row));
    }

    /// <summary>Saves an order with what was noted of it, unless its buyer was removed meanwhile; null: all is well.</summary>
    internal static async ValueTask<ApiError?> SaveAsync(ApiCall call, VouchsafeDbContext db, Order row, Customer? buyer)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(call.Aborted);
        if (buyer is not null && !await db.HoldCustomerAsync(buyer.Id, call.Aborted)) return CustomerErrors.NotFound(buyer.Id);
        if (await Store.SaveAsync(db, call, () => OrderErrors.Duplicate(row.SourceId ?? row.Id)) is { } duplicate) return duplicate;
        await transaction.CommitAsync(call.Aborted);
        return null;
    }

    /// <summary>The order with its amounts: what the request leaves out is filled from the stored order and the catalogue's prices.</summary>
    internal static async ValueTask<(CalculatedOrder? Order, Reason? Problem)> PriceAsync(ApiCall call, Database database, Definitions definitions, OrderPayload payload, Order? stored)
    {
        var order = OrderReading.ToEngine(payload, stored)!;
        var stock = await ProductStock.LoadAsync(database, definitions, call.Project, order.Items, [], withCollections: false, call.Now, call.Aborted);
        return OrderPricing.Price(stock.Fill(order));
    }

    /// <summary>The customer of an order: found, or made from what the request says of them. Null if nobody is named.</summary>
    internal static async ValueTask<Result<Customer?>> BuyerAsync(ApiCall call, VouchsafeDbContext db, CustomerPayload? named)
    {
        if (named is not { NamesSomebody: true }) return (Customer?)null;
        if (named is { Id.Length: > 0 } && await db.IdentifyAsync(call.Project, named, null, call.Aborted) is null) return CustomerErrors.NotFound(named.Id);
        return (await UpsertCustomer.RunAsync(call.Project, named, db, call.Now, call.Aborted)).Failed(out var error, out var customer) ? error : customer;
    }
}
