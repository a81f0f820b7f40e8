using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>GET /v1/campaigns/{id}, by id or name.</summary>
internal static class GetCampaign
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db) =>
        await db.Campaigns.AsNoTracking().ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is { } campaign
            ? Json.Ok((await CampaignResponse.LoadAsync(db, call.Project, [campaign], brief: false, call.Aborted))[0])
            : CampaignErrors.NotFound(campaignId);
}

/// <summary>GET /v1/campaigns.</summary>
internal static class ListCampaigns
{
    internal static Task<IResult> Handle(ApiCall call, VouchsafeDbContext db) => RunAsync(call, db, static campaigns => campaigns);

    /// <summary>The list, narrowed further.</summary>
    internal static async Task<IResult> RunAsync(ApiCall call, VouchsafeDbContext db, Func<IQueryable<Campaign>, IQueryable<Campaign>> narrow)
    {
        if (Listing.Read(call.Query, "name").Failed(out var error, out var listing)) return error;
        if (Filtered(call, db).Failed(out error, out var found)) return error;
        var (rows, total) = await listing.RunAsync(narrow(found), call.Aborted);
        return WireList.Ok("campaigns", await CampaignResponse.LoadAsync(db, call.Project, rows, brief: true, call.Aborted), total);
    }

    private static Result<IQueryable<Campaign>> Filtered(ApiCall call, VouchsafeDbContext db)
    {
        if (call.Query.Text("campaign_type").Failed(out var error, out var typeName)) return error;
        if (call.Query.Text("campaign_status").Failed(out error, out var statusName)) return error;
        if (call.Query.Flag("is_referral_code").Failed(out error, out var referral)) return error;
        if (BracketQuery.Filters(call.Query.Raw).Failed(out error, out var filters)) return error;

        var found = db.Campaigns.AsNoTracking().Of(call.Project);
        if (typeName is not null)
        {
            if (!WireNames.TryParse<CampaignType>(typeName, out var type)) return CommonErrors.InvalidQuery("campaign_type is not a known type of campaign.");
            found = found.Where(c => c.CampaignType == type);
        }

        if (statusName is not null)
        {
            // DRAFT is known to clients, and nothing here is ever one.
            if (!WireNames.TryParse<GenerationStatus>(statusName, out var status))
                return statusName == "DRAFT" ? Result.Of(found.Where(c => false)) : CommonErrors.InvalidQuery("campaign_status is not a known status.");
            found = found.Where(c => c.Generation == status);
        }

        if (referral is true) found = found.Where(c => c.CampaignType == CampaignType.ReferralProgram);
        foreach (var filter in filters.Where(f => f.Field is not ("created_at" or "updated_at")))
        {
            if (CampaignFilters.Apply(db, found, filter, call.Now).Failed(out error, out var narrowed)) return error;
            found = narrowed;
        }

        return Result.Of(found);
    }
}

/// <summary>GET /v1/campaigns/{id}/transactions, newest first, by cursor.</summary>
internal static class ListCampaignTransactions
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-id", "id", "-id").Failed(out error, out var order)) return error;
        if (call.Query.Text("starting_after_id").Failed(out error, out var after)) return error;
        if (await db.Campaigns.AsNoTracking().ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        var found = db.VoucherTransactions.AsNoTracking()
            .Where(t => t.ProjectId == call.Project.Id && db.Vouchers.Any(v => v.Id == t.VoucherId && v.CampaignId == campaign.Id));
        if (after is not null) found = order == "id" ? found.Where(t => t.Id.CompareTo(after) > 0) : found.Where(t => t.Id.CompareTo(after) < 0);
        var rows = await (order == "id" ? found.OrderBy(t => t.Id) : found.OrderByDescending(t => t.Id)).Take(page.Limit + 1).ToListAsync(call.Aborted);
        var answer = new Dictionary<string, object>
        {
            ["object"] = "list", ["data_ref"] = "data",
            ["data"] = await TransactionResponse.LoadAsync(db, [.. rows.Take(page.Limit)], campaign.Id, call.Aborted),
            ["has_more"] = rows.Count > page.Limit,
        };
        if (rows.Count > page.Limit) answer["more_starting_after"] = rows[page.Limit - 1].Id;
        return Json.Ok(answer);
    }
}
