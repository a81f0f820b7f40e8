using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>GET /dashboard/v1/projects/{id}/campaigns/{campaignId}/work: what is being done to a campaign's codes, the newest first.</summary>
internal static class ReadCampaignWork
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        // Unfinished work has an index of its own, and there is little of it.
        var actions = await db.AsyncActions.AsNoTracking()
            .Where(a => (a.Status == AsyncActionStatus.Accepted || a.Status == AsyncActionStatus.InProgress) && a.ProjectId == call.Project.Id && a.ResourceId == campaignId)
            .OrderByDescending(a => a.Id).Take(10).ToListAsync(call.Aborted);
        return WireList.Ok<AsyncActionResponse>("data", [.. actions.Select(a => AsyncActionResponse.From(a, withResult: false))], actions.Count);
    }
}
