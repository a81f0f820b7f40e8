using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>Filters and orders of voucher lists.</summary>
internal static class VoucherQueries
{
    internal static readonly string[] Orders =
        ["created_at", "-created_at", "updated_at", "-updated_at", "type", "-type", "code", "-code"];

    internal static IQueryable<Voucher> OrderedBy(this IQueryable<Voucher> vouchers, string order) => order switch
    {
        "created_at" => vouchers.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id),
        "updated_at" => vouchers.OrderBy(v => v.UpdatedAt).ThenBy(v => v.Id),
        "-updated_at" => vouchers.OrderByDescending(v => v.UpdatedAt).ThenByDescending(v => v.Id),
        "type" => vouchers.OrderBy(v => v.Type).ThenBy(v => v.Id),
        "-type" => vouchers.OrderByDescending(v => v.Type).ThenByDescending(v => v.Id),
        "code" => vouchers.OrderBy(v => v.Code),
        "-code" => vouchers.OrderByDescending(v => v.Code),
        _ => vouchers.OrderByDescending(v => v.CreatedAt).ThenByDescending(v => v.Id),
    };

    /// <summary>Those of categories given by id or name. A voucher holds its category by id, or as the bare text it was made with.</summary>
    internal static IQueryable<Voucher> InCategories(this IQueryable<Voucher> vouchers, VouchsafeDbContext db, IReadOnlyList<string> idsOrNames) =>
        vouchers.Where(v => idsOrNames.Contains(v.Category!)
            || db.Categories.Any(c => c.Id == v.CategoryId && (idsOrNames.Contains(c.Id) || idsOrNames.Contains(c.Name))));

    /// <summary>All but <see cref="InCategories"/>.</summary>
    internal static IQueryable<Voucher> OutsideCategories(this IQueryable<Voucher> vouchers, VouchsafeDbContext db, IReadOnlyList<string> idsOrNames) =>
        vouchers.Where(v => (v.Category == null || !idsOrNames.Contains(v.Category))
            && !db.Categories.Any(c => c.Id == v.CategoryId && (idsOrNames.Contains(c.Id) || idsOrNames.Contains(c.Name))));

    /// <summary>The project's vouchers outside the bin that the query's filters let through.</summary>
    internal static Result<IQueryable<Voucher>> Filtered(VouchsafeDbContext db, ProjectSettings project, QueryReader query, DateTimeOffset now)
    {
        if (query.Text("category").Failed(out var error, out var category)) return error;
        if (query.Text("customer").Failed(out error, out var customer)) return error;
        if (query.Text("code").Failed(out error, out var code)) return error;
        if (query.Text("campaign_id").Failed(out error, out var campaignId)) return error;
        if (query.Text("campaign").Failed(out error, out var campaign)) return error;
        if (BracketQuery.Instants(query.Raw, "created_at").Failed(out error, out var created)) return error;
        if (BracketQuery.Instants(query.Raw, "updated_at").Failed(out error, out var updated)) return error;
        if (Ids(query.Raw).Failed(out error, out var ids)) return error;
        if (BracketQuery.Filters(query.Raw).Failed(out error, out var filters)) return error;

        var found = db.Vouchers.Where(v => v.ProjectId == project.Id && v.DeletedAt == null);
        if (category is not null) found = found.InCategories(db, [category]);
        if (code is not null) { var key = project.CodeKey(code); found = found.Where(v => v.CodeKey == key); }
        if (ids.Count > 0) found = found.Where(v => ids.Contains(v.Id));
        if ((campaignId ?? campaign) is { } inCampaign) found = found.Where(v => v.CampaignId == inCampaign
            || db.Campaigns.Any(c => c.Id == v.CampaignId && c.ProjectId == project.Id && c.Name == inCampaign && c.DeletedAt == null));
        if (customer is not null)
            found = found.Where(v => v.HolderId == customer
                || db.Customers.Any(c => c.Id == v.HolderId && c.ProjectId == project.Id && c.SourceId == customer));
        found = found.Created(created).Updated(updated);
        foreach (var filter in filters)
        {
            if (VoucherFilters.Apply(db, found, filter, now).Failed(out error, out var narrowed)) return error;
            found = narrowed;
        }

        return Result.Of(found);
    }

    private static IQueryable<Voucher> Created(this IQueryable<Voucher> vouchers, BracketQuery.Range range)
    {
        if (range.Before is { } before) vouchers = vouchers.Where(v => v.CreatedAt < before);
        if (range.After is { } after) vouchers = vouchers.Where(v => v.CreatedAt > after);
        return vouchers;
    }

    private static IQueryable<Voucher> Updated(this IQueryable<Voucher> vouchers, BracketQuery.Range range)
    {
        if (range.Before is { } before) vouchers = vouchers.Where(v => v.UpdatedAt < before);
        if (range.After is { } after) vouchers = vouchers.Where(v => v.UpdatedAt > after);
        return vouchers;
    }

    // ids=["v_1","v_2"], ids=v_1,v_2 and ids[0]=v_1 all occur among the published clients.
    private static Result<List<string>> Ids(IQueryCollection query)
    {
        List<string> ids = [];
        foreach (var (key, values) in query)
        {
            if (key != "ids" && !key.StartsWith("ids[", StringComparison.Ordinal)) continue;
            foreach (var value in values)
            {
                if (value is null) continue;
                if (!value.StartsWith('[')) { ids.AddRange(value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)); continue; }
                try { ids.AddRange(JsonSerializer.Deserialize<string[]>(value, WireJson.Options) ?? []); }
                catch (JsonException) { return CommonErrors.InvalidQuery("ids must be a list of voucher ids."); }
            }
        }

        return ids.Count <= 100 && ids.TrueForAll(i => i is { Length: <= 100 } && !i.Contains('\0'))
            ? ids
            : CommonErrors.InvalidQuery("ids may name 100 vouchers at most.");
    }
}
