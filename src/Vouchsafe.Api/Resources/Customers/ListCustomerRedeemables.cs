using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Filters;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>
/// GET /v1/customers/{id}/redeemables: what a customer holds, newest first, by cursor. It is narrowed and sorted in memory: one
/// customer's holdings are few, and their columns short.
/// </summary>
internal static class ListCustomerRedeemables
{
    /// <summary>A holding on the wire.</summary>
    internal sealed record Response(
        string Id, DateTimeOffset CreatedAt, string RedeemableId, string CustomerId, string HolderRole, string? CampaignId, string? CampaignType, string VoucherType,
        Response.RedeemableInfo Redeemable)
    {
        public string RedeemableObject => "voucher";

        internal sealed record RedeemableInfo(VoucherResponse Voucher, string Status)
        {
            public string Type => "voucher";
        }
    }

    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-id", "id", "-id", "created_at", "-created_at").Failed(out error, out var order)) return error;
        if (call.Query.Text("starting_after_id").Failed(out error, out var after)) return error;
        if (Filter(call).Failed(out error, out var holds)) return error;
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer) return CustomerErrors.NotFound(customerId);

        var found = (await CustomerRedeemable.LoadAsync(db, call.Project, customer, call.Aborted)).Where(holds).ToList();
        // Ids grow with time, so both orders are one.
        var ascending = !order.StartsWith('-');
        var left = found.Where(h => after is null || (string.CompareOrdinal(h.Id, after) is var side && (ascending ? side > 0 : side < 0)));
        var rows = (ascending ? left.OrderBy(h => h.Id, StringComparer.Ordinal) : left.OrderByDescending(h => h.Id, StringComparer.Ordinal)).Take(page.Limit + 1).ToList();
        var shown = rows.Take(page.Limit).ToList();
        var answer = WireList.Of("data", await RenderAsync(call, db, customer.Id, shown), found.Count);
        answer["has_more"] = rows.Count > page.Limit;
        if (rows.Count > page.Limit) answer["more_starting_after"] = shown[^1].Id;
        return Json.Ok(answer);
    }

    private static async ValueTask<IReadOnlyList<Response>> RenderAsync(ApiCall call, VouchsafeDbContext db, string customerId, List<CustomerRedeemable> shown)
    {
        List<string> ids = [.. shown.Select(h => h.VoucherId)];
        var vouchers = await db.Vouchers.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(call.Aborted);
        var states = (await VoucherState.LoadAsync(db, vouchers, call.Aborted)).ToDictionary(s => s.Voucher.Id);
        var surroundings = await VoucherSurroundings.LoadAsync(db, call.Project, vouchers, call.Aborted);
        // A voucher that was removed for good since is left out.
        return [.. shown.Where(h => states.ContainsKey(h.VoucherId)).Select(h => new Response(
            h.Id, h.CreatedAt, h.VoucherId, customerId, h.Role, h.CampaignId, h.CampaignType, h.VoucherType,
            new(VoucherResponse.From(states[h.VoucherId], null, surroundings), CustomerRedeemable.StatusOf(states[h.VoucherId], call.Now))))];
    }

    private static Result<Func<CustomerRedeemable, bool>> Filter(ApiCall call)
    {
        if (BracketQuery.Filters(call.Query.Raw, out var one).Failed(out var error, out var filters)) return error;
        List<Func<CustomerRedeemable, bool>> conditions = [];
        foreach (var filter in filters)
        {
            if (!CustomerRedeemable.Fields.TryGetValue(filter.Field, out var read)) return CommonErrors.InvalidQuery($"filters[{filter.Field}] is not a field that redeemables can be filtered by.");
            var operands = filter.Values.Select(v => Operand(filter, v)).ToArray();
            if (Condition(filter) is not { } known || !operands.All(known.Takes))
                return CommonErrors.InvalidQuery($"filters[{filter.Field}] does not take the condition {filter.Operator} with this value.");
            conditions.Add(h => known.Holds(JsonSerializer.SerializeToElement(read(h)), operands, new Engine.ProjectClock(call.Now, call.Project.TimeZone)));
        }

        return Result.Of<Func<CustomerRedeemable, bool>>(h => one ? conditions.Exists(c => c(h)) : conditions.TrueForAll(c => c(h)));
    }

    private static FilterOperator? Condition(BracketQuery.Filter filter) => (filter.Field, filter.Operator) switch
    {
        ("created_at", "$after" or "$before" or "$more_than" or "$less_than") => FilterOperator.Find(filter.Operator),
        ("created_at", not ("$has_value" or "$is_unknown")) => null,
        (_, "$is" or "$is_not" or "$in" or "$not_in" or "$has_value" or "$is_unknown" or "$starts_with" or "$ends_with" or "$contains" or "$not_contain") =>
            FilterOperator.Find(filter.Operator),
        _ => null,
    };

    // Days before now are a number, everything else is text.
    private static JsonElement Operand(BracketQuery.Filter filter, string value) =>
        filter.Operator is "$more_than" or "$less_than" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && double.IsFinite(days)
            ? JsonSerializer.SerializeToElement(days)
            : JsonSerializer.SerializeToElement(value);
}
