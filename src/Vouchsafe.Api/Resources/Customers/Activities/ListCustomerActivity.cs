using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>
/// GET /v1/customers/{id}/activity, and its older sibling /activities: what happened to a customer, newest first, by cursor. No log is
/// written for it; the records of what happened tell it.
/// </summary>
internal static class ListCustomerActivity
{
    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if (ActivityQuery.Read(call.Query, "created_at", "-created_at").Failed(out var error, out var query)) return error;
        if (call.Query.OneOf("category", "", ActivityCatalogue.Action, ActivityCatalogue.Effect).Failed(out error, out var category)) return error;
        if (call.Query.Text("type").Failed(out error, out var type)) return error;
        // Most activities of the published description cannot happen here; a list of them is empty.
        if (type?.StartsWith("customer.", StringComparison.Ordinal) is false) return CommonErrors.InvalidQuery("type must be the name of an activity, such as customer.created.");
        query = query with { Category = category.Length == 0 ? null : category, Type = type };
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer) return CustomerErrors.NotFound(customerId);

        var place = new ActivityPlace(db, call.Project, customer);
        var (shown, hasMore) = await PageAsync(call, place, query);
        var answer = new Dictionary<string, object> { ["object"] = "list", ["data_ref"] = "data", ["data"] = await ActivityResponse.LoadAsync(call, place, shown), ["has_more"] = hasMore };
        if (hasMore) answer["more_starting_after"] = shown[^1].Key.Id;
        return Json.Ok(answer);
    }

    internal static async Task<IResult> HandleOlder(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        // An activity never changes, so its last change is its making.
        if (ActivityQuery.Read(call.Query, "created_at", "-created_at", "updated_at", "-updated_at").Failed(out var error, out var query)) return error;
        if (call.Query.Instant("starting_after").Failed(out error, out var beyond)) return error;
        if (call.Query.Text("product_id").Failed(out error, out var product)) return error;
        query = query with { Beyond = beyond, ProductId = product };
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer) return CustomerErrors.NotFound(customerId);

        var place = new ActivityPlace(db, call.Project, customer);
        var total = 0L;
        foreach (var source in ActivityCatalogue.Sources) total += await source.CountAsync(place, query.Whole, call.Aborted);
        var (shown, _) = await PageAsync(call, place, query);
        return WireList.Ok("data", await ActivityResponse.LoadAsync(call, place, shown), total);
    }

    private static async ValueTask<(IReadOnlyList<Activity> Shown, bool HasMore)> PageAsync(ApiCall call, ActivityPlace place, ActivityQuery query)
    {
        List<Activity> found = [];
        foreach (var source in ActivityCatalogue.Sources.Where(s => s.Types.Any(type => IsWanted(type, query))))
            found.AddRange((await source.ReadAsync(place, query, call.Aborted)).Where(a => IsWanted(a.Type, query) && query.Contains(a.Key)));
        var sorted = query.Ascending ? found.OrderBy(a => a.Key.Text, StringComparer.Ordinal) : found.OrderByDescending(a => a.Key.Text, StringComparer.Ordinal);
        var rows = sorted.Take(query.Limit + 1).ToList();
        return ([.. rows.Take(query.Limit)], rows.Count > query.Limit);
    }

    // A source tells of one category only, so what is left out here does not shorten a page.
    private static bool IsWanted(string type, ActivityQuery query) =>
        (query.Type is null || query.Type == type) && (query.Category is null || query.Category == ActivityCatalogue.CategoryOf(type));
}
