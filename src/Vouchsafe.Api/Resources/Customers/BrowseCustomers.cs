using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>
/// GET /dashboard/v1/projects/{id}/customers: the newest first, or those whose source id, e-mail or a word of whose name
/// begins with <c>search</c>; see <see cref="NameSearch{T}"/>. Without summaries: what somebody bought is asked for on their page.
/// </summary>
internal static class BrowseCustomers
{
    internal sealed record Row(string Id, string? SourceId, string? Name, string? Email, string? Phone, DateTimeOffset CreatedAt)
    {
        public string Object => "customer";

        internal static Row From(Customer customer) =>
            new(customer.Id, customer.SourceId, customer.Name, customer.Email, customer.Phone, customer.CreatedAt);
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if (call.Query.Text("search", Check.ShortText).Failed(out error, out var search)) return error;
        if (Browsing.Created(call.Query).Failed(out error, out var created)) return error;
        if (call.Query.Text("cursor", 2000).Failed(out error, out var cursor)) return error;

        var rows = db.Customers.AsNoTracking().Where(c => c.ProjectId == call.Project.Id);
        if (search is not null)
        {
            var place = SearchPlace.Parse(cursor);
            if (cursor is not null && place is null) return Browsing.ForeignCursor;
            var names = new NameSearch<Customer>(rows.Made(created), search, nameof(Customer.SourceId), nameof(Customer.EmailKey));
            var (found, next) = await names.PageAsync(place, limit, call.Aborted);
            return Json.Ok(new BrowsedPage<Row>([.. found.Select(Row.From)], next?.ToString(), null));
        }

        var after = Place.Parse(cursor);
        if (cursor is not null && after is null) return Browsing.ForeignCursor;
        var page = await rows.NewestFirst(created, after).Take(limit + 1).ToListAsync(call.Aborted);
        return Json.Ok(new BrowsedPage<Row>(
            [.. page.Take(limit).Select(Row.From)], page.Count > limit ? new Place(page[limit - 1].CreatedAt, page[limit - 1].Id).ToString() : null, null));
    }
}
