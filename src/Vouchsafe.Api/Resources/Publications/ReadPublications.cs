using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Publications;

/// <summary>GET /v1/publications/{id}.</summary>
internal static class GetPublication
{
    internal static async Task<IResult> Handle(ApiCall call, string publicationId, VouchsafeDbContext db) =>
        await db.Publications.AsNoTracking().FirstOrDefaultAsync(p => p.ProjectId == call.Project.Id && p.Id == publicationId, call.Aborted) is { } publication
            ? Json.Ok((await PublicationResponse.LoadAsync(db, call.Project, [publication], call.Aborted))[0])
            : PublicationErrors.NotFound(publicationId);
}

/// <summary>GET /v1/publications. Only publications that succeeded are kept.</summary>
internal static class ListPublications
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", "id", "-id", "voucher_code", "-voucher_code", "tracking_id", "-tracking_id",
                "customer_id", "-customer_id", "created_at", "-created_at", "channel", "-channel").Failed(out error, out var order)) return error;
        if ((await FilteredAsync(call, db)).Failed(out error, out var found)) return error;
        var total = await found.LongCountAsync(call.Aborted);
        var rows = await Sorted(db, found, order).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        return WireList.Ok("publications", await PublicationResponse.LoadAsync(db, call.Project, rows, call.Aborted), total);
    }

    private static async ValueTask<Result<IQueryable<Publication>>> FilteredAsync(ApiCall call, VouchsafeDbContext db)
    {
        var query = call.Query;
        if (query.Text("campaign").Failed(out var error, out var campaign)) return error;
        if (query.Text("customer").Failed(out error, out var customer)) return error;
        if (query.Text("voucher").Failed(out error, out var voucher)) return error;
        if (query.Text("source_id").Failed(out error, out var sourceId)) return error;
        if (query.OneOf("result", "SUCCESS", "SUCCESS", "FAILURE").Failed(out error, out var result)) return error;
        if (query.Flag("is_referral_code").Failed(out error, out var referral)) return error;
        if (BracketQuery.Filters(query.Raw).Failed(out error, out var filters)) return error;

        var found = db.Publications.AsNoTracking().Where(p => p.ProjectId == call.Project.Id);
        if (result == "FAILURE") found = found.Where(p => false);
        if (referral is { } wanted)
            found = found.Where(p => wanted == db.Vouchers.Any(v => v.Id == p.VoucherId
                && db.Campaigns.Any(c => c.Id == v.CampaignId && c.CampaignType == CampaignType.ReferralProgram)));
        if (sourceId is not null) found = found.Where(p => p.SourceId == sourceId);
        if (customer is not null)
            found = found.Where(p => p.CustomerId == customer || db.Customers.Any(c => c.Id == p.CustomerId && c.ProjectId == p.ProjectId && c.SourceId == customer));
        if (voucher is not null)
        {
            var key = call.Project.CodeKey(voucher);
            var id = await db.Vouchers.Where(v => v.ProjectId == call.Project.Id && (v.CodeKey == key || v.Id == voucher)).Select(v => v.Id).FirstOrDefaultAsync(call.Aborted);
            var quoted = $"\"{id}\"";
            found = id is null ? found.Where(p => false) : found.Where(p => p.VoucherIdsJson.Contains(quoted));
        }

        if (campaign is not null)
            found = found.Where(p => db.Vouchers.Any(v => v.Id == p.VoucherId
                && (v.CampaignId == campaign || db.Campaigns.Any(c => c.Id == v.CampaignId && c.ProjectId == p.ProjectId && c.Name == campaign))));
        foreach (var filter in filters)
        {
            if (Narrow(found, filter).Failed(out error, out var narrowed)) return error;
            found = narrowed;
        }

        return Result.Of(found);
    }

    private static Result<IQueryable<Publication>> Narrow(IQueryable<Publication> found, BracketQuery.Filter filter)
    {
        var values = filter.Values;
        return (filter.Field, filter.Operator) switch
        {
            ("customer_id", "$is" or "$in") => Result.Of(found.Where(p => values.Contains(p.CustomerId))),
            ("customer_id", "$is_not" or "$not_in") => Result.Of(found.Where(p => !values.Contains(p.CustomerId))),
            ("source_id", "$is" or "$in") => Result.Of(found.Where(p => values.Contains(p.SourceId!))),
            ("source_id", "$is_not" or "$not_in") => Result.Of(found.Where(p => p.SourceId == null || !values.Contains(p.SourceId))),
            ("related_object_id", "$is" or "$in") => Result.Of(found.Where(p => values.Contains(p.VoucherId))),
            ("result", "$is" or "$in") => Result.Of(values.Contains("SUCCESS") ? found : found.Where(p => false)),
            _ => CommonErrors.InvalidQuery($"filters[{filter.Field}] with {filter.Operator} is not a filter of publications."),
        };
    }

    private static IQueryable<Publication> Sorted(VouchsafeDbContext db, IQueryable<Publication> found, string order)
    {
        var sorted = order.TrimStart('-') switch
        {
            "customer_id" => By(found, p => p.CustomerId, order),
            "channel" => By(found, p => p.Channel, order),
            "voucher_code" => By(found, p => db.Vouchers.Where(v => v.Id == p.VoucherId).Select(v => v.Code).FirstOrDefault(), order),
            "tracking_id" => By(found, p => db.Customers.Where(c => c.Id == p.CustomerId).Select(c => c.SourceId).FirstOrDefault(), order),
            // Ids grow with time.
            _ => By(found, p => p.Id, order),
        };
        return sorted;
    }

    private static IOrderedQueryable<Publication> By<TKey>(
        IQueryable<Publication> found, System.Linq.Expressions.Expression<Func<Publication, TKey>> key, string order) =>
        order.StartsWith('-') ? found.OrderByDescending(key).ThenByDescending(p => p.Id) : found.OrderBy(key).ThenBy(p => p.Id);
}
