using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>GET /v1/campaigns/{id}/summary: what came of a campaign, counted when asked, on all days or on some.</summary>
internal static class GetCampaignSummary
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if (DayOf(call, "start_date").Failed(out var error, out var start)) return error;
        if (DayOf(call, "end_date").Failed(out error, out var end)) return error;
        if (await db.Campaigns.AsNoTracking().ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        var clock = new ProjectClock(call.Now, call.Project.TimeZone);
        var days = new CampaignSummaryDays(Beginning(start), Beginning(end?.AddDays(1)));
        return Json.Ok(await CampaignSummary.LoadAsync(db, call.Project, campaign, days, call.Aborted));

        DateTimeOffset? Beginning(DateOnly? of) => of is { } day ? clock.Midnight(day).ToUniversalTime() : null;
    }

    // Years beyond have no day after them in every time zone, and no campaign either.
    private static Result<DateOnly?> DayOf(ApiCall call, string name)
    {
        if (call.Query.Text(name).Failed(out var error, out var text)) return error;
        if (text is null) return (DateOnly?)null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and < 9999
            ? day
            : CommonErrors.InvalidQuery($"{name} must be a date in the form YYYY-MM-DD.");
    }
}
