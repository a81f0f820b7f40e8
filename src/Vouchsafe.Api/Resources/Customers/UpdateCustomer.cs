using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>PUT /v1/customers/{id}: changes what the body names.</summary>
internal static class UpdateCustomer
{
    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<CustomerPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem("") is { } problem) return problem;
        if (await db.Customers.ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer) return CustomerErrors.NotFound(customerId);
        payload.Apply(customer, call.Now);
        if (payload.SourceId is { Length: > 0 } sourceId) customer.SourceId = sourceId;
        try
        {
            await db.SaveChangesAsync(call.Aborted);
        }
        catch (DbUpdateException) when (payload.SourceId is not null)
        {
            return CustomerErrors.Duplicate(payload.SourceId);
        }

        var summaries = await CustomerSummary.LoadAsync(db, [customer.Id], call.Aborted);
        return Json.Ok(CustomerResponse.From(customer, summaries[customer.Id]));
    }
}
