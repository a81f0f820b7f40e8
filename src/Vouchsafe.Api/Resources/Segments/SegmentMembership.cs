using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Filters;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Segments;

/// <summary>Which segments a customer is in, decided when it is asked.</summary>
internal static class SegmentMembership
{
    /// <summary>The segments of a customer.</summary>
    /// <param name="db">The database.</param>
    /// <param name="project">The project.</param>
    /// <param name="customerId">Id, for static segments; null: a customer who is not stored.</param>
    /// <param name="customer">The customer in wire form, for dynamic segments.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels.</param>
    internal static async ValueTask<IReadOnlyList<Segment>> OfAsync(
        VouchsafeDbContext db, ProjectSettings project, string? customerId, JsonElement customer, DateTimeOffset now, CancellationToken ct)
    {
        var segments = await db.Segments.AsNoTracking()
            .Where(s => s.ProjectId == project.Id
                && (s.Type != SegmentType.Static || db.SegmentMembers.Any(m => m.SegmentId == s.Id && m.CustomerId == customerId)))
            .OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).ToListAsync(ct);
        var clock = new ProjectClock(now, project.TimeZone);
        return [.. segments.Where(s => s.Type == SegmentType.Static || Filter(s).Matches(customer, clock))];
    }

    // What is stored was checked when it was written.
    private static FilterSet Filter(Segment segment) =>
        SegmentFilters.Parse(segment.FilterJson!).Failed(out var error, out var filter) ? throw new InvalidOperationException(error.Details) : filter;
}

/// <summary>GET /v1/customers/{id}/segments.</summary>
internal static class ListCustomerSegments
{
    internal sealed record Entry(string Id, string Name)
    {
        public string Object => "segment";
    }

    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer)
            return CustomerErrors.NotFound(customerId);
        var summaries = await CustomerSummary.LoadAsync(db, [customer.Id], call.Aborted);
        var view = JsonSerializer.SerializeToElement(CustomerResponse.From(customer, summaries[customer.Id]), WireJson.Options);
        var segments = await SegmentMembership.OfAsync(db, call.Project, customer.Id, view, call.Now, call.Aborted);
        return WireList.Ok<Entry>("data", [.. segments.Select(s => new Entry(s.Id, s.Name))], segments.Count);
    }
}
