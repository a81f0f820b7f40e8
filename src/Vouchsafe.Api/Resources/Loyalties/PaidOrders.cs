using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>Notes orders that become PAID, in the write that makes them so; <see cref="Background.Earnings"/> gives the points afterwards.</summary>
internal static class PaidOrders
{
    /// <summary>The note of an order; null: it is not paid, or by nobody who could have points.</summary>
    internal static PaidOrder? Of(Order order, long amount, long totalAmount, DateTimeOffset now) => order is not { Status: "PAID", CustomerId: { } customer }
        ? null
        : new PaidOrder
        {
            Id = Ids.New(IdPrefix.PaidOrder, now),
            ProjectId = order.ProjectId,
            OrderId = order.Id,
            CustomerId = customer,
            Amount = amount,
            TotalAmount = totalAmount,
            PaidAt = now,
        };

    /// <summary>Adds the note to what is about to be saved, if the project gives points at all.</summary>
    internal static async ValueTask NoteAsync(VouchsafeDbContext db, Definitions definitions, Order order, DateTimeOffset now, CancellationToken ct)
    {
        if (order is not { Status: "PAID", CustomerId: not null } || !await definitions.GivesPointsAsync(order.ProjectId, ct)) return;
        var body = OrderResponse.From(order);
        if (Of(order, body.Amount, body.TotalAmount, now) is { } note) db.PaidOrders.Add(note);
    }
}
