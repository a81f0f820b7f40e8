using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>GET /v1/promotions/tiers/{id}.</summary>
internal static class GetPromotionTier
{
    internal static async Task<IResult> Handle(ApiCall call, string promotionTierId, VouchsafeDbContext db) =>
        await db.FindTierAsync(call.Project, promotionTierId, call.Aborted) is { } tier
            ? await PromotionTierQueries.ShowAsync(db, call, tier)
            : PromotionErrors.TierNotFound(promotionTierId);
}

/// <summary>GET /v1/promotions/tiers.</summary>
internal static class ListPromotionTiers
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db) =>
        (await RunAsync(call, db, withSummary: true)).Failed(out var error, out var list) ? error : Json.Ok(list);

    /// <summary>The list, for every channel; the shop's own figures only where they are asked for.</summary>
    internal static async ValueTask<Result<Dictionary<string, object>>> RunAsync(ApiCall call, VouchsafeDbContext db, bool withSummary)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (Listing.Read(call.Query).Failed(out error, out var listing)) return error;
        if (call.Query.Flag("is_available").Failed(out error, out var available)) return error;
        var (now, found) = (call.Now, db.TiersOf(call.Project).AsNoTracking());
        if (available is true)
            found = found.Where(t => t.Active && (t.StartDate == null || t.StartDate <= now) && (t.ExpirationDate == null || t.ExpirationDate >= now)
                && db.Campaigns.Any(c => c.Id == t.CampaignId && c.Active
                    && (c.StartDate == null || c.StartDate <= now) && (c.ExpirationDate == null || c.ExpirationDate >= now)));
        var (rows, total) = await listing.RunAsync(found, call.Aborted);
        return PromotionTierResponse.List(
            await PromotionTierResponse.LoadAsync(db, call.Project, rows, call.Aborted, withSummary), total, page.Skip + rows.Count < total);
    }
}

/// <summary>GET /v1/promotions/{campaignId}/tiers: all of them, in their ranks.</summary>
internal static class ListCampaignTiers
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if (await db.Campaigns.AsNoTracking().ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        var tiers = await PromotionTierResponse.OfCampaignsAsync(db, call.Project, [campaign], call.Aborted);
        return Json.Ok(PromotionTierResponse.List([.. tiers[campaign.Id]]));
    }
}
