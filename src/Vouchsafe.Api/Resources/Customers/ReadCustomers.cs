using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>GET /v1/customers/{id}, by id or source id.</summary>
internal static class GetCustomer
{
    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer)
            return CustomerErrors.NotFound(customerId);
        var summaries = await CustomerSummary.LoadAsync(db, [customer.Id], call.Aborted);
        return Json.Ok(CustomerResponse.From(customer, summaries[customer.Id]));
    }
}

/// <summary>GET /v1/customers.</summary>
internal static class ListCustomers
{
    internal sealed record Envelope(IReadOnlyList<CustomerResponse> Customers, long Total, bool HasMore)
    {
        public string Object => "list";
        public string DataRef => "customers";
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", "created_at", "-created_at", "updated_at", "-updated_at", "source_id", "-source_id")
            .Failed(out error, out var order)) return error;
        if (call.Query.Text("email").Failed(out error, out var email)) return error;
        if (call.Query.Text("name").Failed(out error, out var name)) return error;
        if (call.Query.Text("city").Failed(out error, out var city)) return error;
        if (BracketQuery.Instants(call.Query.Raw, "created_at").Failed(out error, out var created)) return error;
        if (BracketQuery.Instants(call.Query.Raw, "updated_at").Failed(out error, out var updated)) return error;
        if (call.Query.Instant("starting_after").Failed(out error, out var cursor)) return error;

        var found = db.Customers.AsNoTracking().Where(c => c.ProjectId == call.Project.Id);
        if (email is not null) found = found.Where(c => c.Email == email);
        if (name is not null) found = found.Where(c => c.Name == name);
        if (city is not null)
        {
            var member = $"\"city\":{System.Text.Json.JsonSerializer.Serialize(city, WireJson.Options)}";
            found = found.Where(c => c.AddressJson != null && c.AddressJson.Contains(member));
        }

        if (created.Before is { } createdBefore) found = found.Where(c => c.CreatedAt < createdBefore);
        if (created.After is { } createdAfter) found = found.Where(c => c.CreatedAt > createdAfter);
        if (updated.Before is { } updatedBefore) found = found.Where(c => c.UpdatedAt < updatedBefore);
        if (updated.After is { } updatedAfter) found = found.Where(c => c.UpdatedAt > updatedAfter);

        var total = await found.LongCountAsync(call.Aborted);
        var left = total;
        if (cursor is { } instant)
        {
            found = found.GoingOnFrom(instant, order);
            left = await found.LongCountAsync(call.Aborted);
        }
        var rows = await found.OrderedBy(order).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        var summaries = await CustomerSummary.LoadAsync(db, [.. rows.Select(c => c.Id)], call.Aborted);
        return Json.Ok(new Envelope([.. rows.Select(c => CustomerResponse.From(c, summaries[c.Id]))], total, page.Skip + rows.Count < left));
    }
}
