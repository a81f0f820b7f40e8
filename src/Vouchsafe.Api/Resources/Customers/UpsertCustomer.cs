using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>POST /v1/customers: creates a customer, or changes the one with the same source id.</summary>
internal static class UpsertCustomer
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<CustomerPayload>()).Failed(out var error, out var payload)) return error;
        if ((await RunAsync(call.Project, payload, db, call.Now, call.Aborted)).Failed(out error, out var customer)) return error;
        var summaries = await CustomerSummary.LoadAsync(db, [customer.Id], call.Aborted);
        return Json.Ok(CustomerResponse.From(customer, summaries[customer.Id]));
    }

    /// <summary>Creates or changes the customer that the payload names; without a name a new one is made.</summary>
    internal static async ValueTask<Result<Customer>> RunAsync(
        ProjectSettings project, CustomerPayload payload, VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        if (payload.Problem("") is { } problem) return problem;
        var customer = payload.NamesSomebody ? await db.IdentifyAsync(project, payload, null, ct) : null;
        if (customer is not null)
        {
            payload.Apply(customer, now);
            await db.SaveChangesAsync(ct);
            return customer;
        }

        customer = payload.Create(project, now);
        db.Customers.Add(customer);
        try
        {
            await db.SaveChangesAsync(ct);
            return customer;
        }
        // Somebody created the same source id between our look and our write: then this is a change of that one.
        catch (DbUpdateException) when (customer.SourceId is not null)
        {
            db.ChangeTracker.Clear();
            if (await db.IdentifyAsync(project, payload, null, ct) is not { } other) throw;
            payload.Apply(other, now);
            await db.SaveChangesAsync(ct);
            return other;
        }
    }
}
