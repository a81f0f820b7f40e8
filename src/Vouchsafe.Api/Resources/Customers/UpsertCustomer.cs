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
    private const int Tries = 4;

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<CustomerPayload>()).Failed(out var error, out var payload)) return error;
        if ((await RunAsync(call.Project, payload, db, call.Now, call.Aborted)).Failed(out error, out var customer)) return error;
        var summaries = await CustomerSummary.LoadAsync(db, [customer.Id], call.Aborted);
        return Json.Ok(CustomerResponse.From(customer, summaries[customer.Id]));
    }

    /// <summary>Creates or changes the customer that the payload names; without a name a new one is made, but none for an id that nobody has.</summary>
    internal static async ValueTask<Result<Customer>> RunAsync(
        ProjectSettings project, CustomerPayload payload, VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        if (payload.Problem("") is { } problem) return problem;
        for (var tries = 1; ; tries++)
        {
            var customer = payload.NamesSomebody ? await db.IdentifyAsync(project, payload, null, ct) : null;
            // An id is minted here: who is named by one alone and is not there, or not any more, is nobody who could be made.
            if (customer is null && payload is { Id: { Length: > 0 } unknown } && string.IsNullOrEmpty(payload.SourceId)) return CustomerErrors.NotFound(unknown);
            if (customer is not null) payload.Apply(customer, now);
            else db.Customers.Add(customer = payload.Create(project, now));
            try
            {
                await db.SaveChangesAsync(ct);
                return customer;
            }
            // Between our look and our write somebody created the same source id, so that this is a change of that one; or
            // removed the customer, so that this creates them anew.
            catch (DbUpdateException) when (tries < Tries && payload.NamesSomebody)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
