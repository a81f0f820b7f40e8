using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Orders;

internal static class OrdersEndpoints
{
    internal static void MapOrders(this ChannelRoutes routes)
    {
        routes.Post("/orders", CreateOrder.Handle, "create-order", "orders");
        routes.Get("/orders", ListOrders.Handle, "list-orders", "orders");
        routes.Get("/orders/{orderId}", GetOrder.Handle, "get-order", "orders");
        routes.Put("/orders/{orderId}", UpdateOrder.Handle, "update-order", "orders");
    }
}
