using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Resources.Customers.Activities;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.Customers;

internal static class CustomersEndpoints
{
    internal static void MapCustomers(this ChannelRoutes routes)
    {
        routes.Post("/customers", UpsertCustomer.Handle, "create-customer", "customers");
        routes.Get("/customers", ListCustomers.Handle, "list-customers", "customers");
        routes.Post("/customers/bulk/async", BulkUpsert.OfCustomers, "update-customers-in-bulk", "customers");
        routes.Post("/customers/metadata/async", UpdateMetadata.OfCustomers, "update-customers-metadata-in-bulk", "customers");
        routes.Get("/customers/{customerId}", GetCustomer.Handle, "get-customer", "customers");
        routes.Get("/customers/{customerId}/redeemables", ListCustomerRedeemables.Handle, "list-customer-redeemables", "customers");
        routes.Get("/customers/{customerId}/activity", ListCustomerActivity.Handle, "list-customer-activity", "customers");
        routes.Get("/customers/{customerId}/activities", ListCustomerActivity.HandleOlder, "list-customer-activities", "customers");
        routes.Put("/customers/{customerId}", UpdateCustomer.Handle, "update-customer", "customers");
        routes.Post("/customers/{customerId}/permanent-deletion", ForgetCustomer.Handle, "customer-permanently-deletion", "customers");
        routes.Delete("/customers/{customerId}", DeleteCustomer.Handle, "delete-customer", "customers");
    }

    internal static void MapCustomerBrowsing(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/customers", BrowseCustomers.Handle, "browse-customers", MemberAction.ReadFigures);
}
