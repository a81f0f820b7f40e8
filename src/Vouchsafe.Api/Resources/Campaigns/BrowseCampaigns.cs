using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>
/// GET /dashboard/v1/projects/{id}/campaigns: the newest first, of one type and with <c>search</c> in their names if asked for;
/// see <see cref="Browsing"/>. Codes are counted up to <see cref="MostCounted"/>; one more stands for "more than that".
/// </summary>
internal static class BrowseCampaigns
{
    /// <summary>Counting these many takes a millisecond or two, counting a million far longer than reading the page.</summary>
    internal const int MostCounted = 10_000;

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if (call.Query.Text("campaign_type").Failed(out error, out var typeName)) return error;
        if (call.Query.Text("search", Check.ShortText).Failed(out error, out var search)) return error;
        CampaignType? type = null;
        if (typeName is not null)
        {
            if (!WireNames.TryParse<CampaignType>(typeName, out var named)) return CommonErrors.InvalidQuery("campaign_type is not a known type of campaign.");
            type = named;
        }

        if (Browsing.After(call.Query).Failed(out error, out var after)) return error;
        var rows = db.Campaigns.AsNoTracking().Of(call.Project).NewestFirst(default, after);
        var (shown, next, lookedBackTo) = await rows.PageAsync(type is null && search is null ? null : Narrow, limit, c => new Place(c.CreatedAt, c.Id), call.Aborted);
        return Json.Ok(new BrowsedPage<CampaignResponse>(
            await CampaignResponse.LoadAsync(db, call.Project, shown, brief: true, call.Aborted, MostCounted),
            next?.ToString(), lookedBackTo));

        IQueryable<Campaign> Narrow(IQueryable<Campaign> found)
        {
            if (type is { } only) found = found.Where(c => c.CampaignType == only);
            return search is null ? found : found.NamedLike(search);
        }
    }
}
