using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>DELETE /v1/customers/{id}. Redemptions and orders stay: they are the books, and keep the id only.</summary>
internal static class DeleteCustomer
{
    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if (await db.Customers.ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer) return CustomerErrors.NotFound(customerId);
        db.Customers.Remove(customer);
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}
