using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>GET /v1/orders/{id}, by id or source id.</summary>
internal static class GetOrder
{
    internal static async Task<IResult> Handle(ApiCall call, string orderId, VouchsafeDbContext db) =>
        await db.Orders.AsNoTracking().ByAnyIdAsync(call.Project, orderId, call.Aborted) is { } order
            ? Json.Ok(OrderResponse.From(order))
            : OrderErrors.NotFound(orderId);
}

/// <summary>GET /v1/orders.</summary>
internal static class ListOrders
{
    internal sealed record Envelope(IReadOnlyList<OrderResponse> Orders, long Total)
    {
        public string Object => "list";
        public string DataRef => "orders";
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query).Failed(out var error, out var listing)) return error;
        var (rows, total) = await listing.RunAsync(db.Orders.AsNoTracking().Where(o => o.ProjectId == call.Project.Id), call.Aborted);
        return Json.Ok(new Envelope([.. rows.Select(OrderResponse.From)], total));
    }
}
