using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Referrals;

/// <summary>Finds referral codes; what is none is not found.</summary>
internal static class ReferralQueries
{
    /// <summary>A code of a referral program, by code or id.</summary>
    internal static async ValueTask<Result<Voucher>> ReferralCodeAsync(this VouchsafeDbContext db, ApiCall call, string? campaignId, string memberId)
    {
        if (campaignId is not null && await db.Campaigns.AsNoTracking().ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { CampaignType: CampaignType.ReferralProgram })
            return CampaignErrors.NotFound(campaignId);
        return await VoucherState.FindRowAsync(db, call.Project, memberId, call.Aborted) is { CampaignId: { } own } code
            && await db.Campaigns.AnyAsync(c => c.Id == own && c.CampaignType == CampaignType.ReferralProgram
                && (campaignId == null || c.Id == campaignId || c.Name == campaignId), call.Aborted)
            ? code
            : VoucherErrors.NotFound(memberId);
    }
}

/// <summary>GET /v1/referrals/.../members/{memberId}/holders, newest first, by cursor.</summary>
internal static class ReadHolders
{
    internal static Task<IResult> ListOf(ApiCall call, string campaignId, string memberId, VouchsafeDbContext db) => RunAsync(call, campaignId, memberId, db);

    internal static Task<IResult> List(ApiCall call, string memberId, VouchsafeDbContext db) => RunAsync(call, null, memberId, db);

    private static async Task<IResult> RunAsync(ApiCall call, string? campaignId, string memberId, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-id", "id", "-id", "created_at", "-created_at").Failed(out error, out var order)) return error;
        if (call.Query.Text("starting_after_id").Failed(out error, out var after)) return error;
        if ((await db.ReferralCodeAsync(call, campaignId, memberId)).Failed(out error, out var code)) return error;

        var holders = db.RedeemableHolders.AsNoTracking().Where(h => h.VoucherId == code.Id);
        var total = await holders.LongCountAsync(call.Aborted);
        // Ids grow with time, so both orders are one.
        var ascending = !order.StartsWith('-');
        if (after is not null) holders = ascending ? holders.Where(h => string.Compare(h.Id, after) > 0) : holders.Where(h => string.Compare(h.Id, after) < 0);
        var rows = await (ascending ? holders.OrderBy(h => h.Id) : holders.OrderByDescending(h => h.Id)).Take(page.Limit + 1).ToListAsync(call.Aborted);
        var shown = rows.Take(page.Limit).ToList();
        var answer = WireList.Of<HolderResponse>("data", [.. shown.Select(h => HolderResponse.From(h, code))], total);
        answer["has_more"] = rows.Count > page.Limit;
        if (rows.Count > page.Limit) answer["more_starting_after"] = shown[^1].Id;
        return Json.Ok(answer);
    }
}

/// <summary>DELETE /v1/referrals/.../members/{memberId}/holders/{holderId}: a friend is one no more.</summary>
internal static class RemoveHolder
{
    internal static Task<IResult> HandleOf(ApiCall call, string campaignId, string memberId, string holderId, VouchsafeDbContext db) =>
        RunAsync(call, campaignId, memberId, holderId, db);

    internal static Task<IResult> Handle(ApiCall call, string memberId, string holderId, VouchsafeDbContext db) => RunAsync(call, null, memberId, holderId, db);

    private static async Task<IResult> RunAsync(ApiCall call, string? campaignId, string memberId, string holderId, VouchsafeDbContext db)
    {
        if ((await db.ReferralCodeAsync(call, campaignId, memberId)).Failed(out var error, out var code)) return error;
        if (await db.RedeemableHolders.FirstOrDefaultAsync(h => h.Id == holderId && h.VoucherId == code.Id, call.Aborted) is not { } holder)
            return ReferralErrors.HolderNotFound(holderId);
        if (holder.Role == HolderRole.Referrer) return ReferralErrors.ReferrerStays;
        db.RedeemableHolders.Remove(holder);
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}
