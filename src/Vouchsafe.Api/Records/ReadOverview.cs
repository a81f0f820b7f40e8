using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Members.Memberships;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>
/// GET .../overview: what is live, redemptions and discount of the last 30 days in the project's time zone, what was redeemed
/// most, and what deserves a look.
/// </summary>
internal static class ReadOverview
{
    private const int Days = 30;
    private const int Tops = 10;

    internal sealed record DayFigures(string Date, long Redemptions, long Failures, long Rollbacks, long DiscountAmount);

    internal sealed record TopEntry(string Id, string Kind, string Name, long Redemptions, long DiscountAmount);

    internal sealed record LiveInfo(LiveCount Vouchers, LiveCount Campaigns, LiveCount Promotions);

    internal sealed record Answer(
        string Currency, LiveInfo Live, bool HasRedemptions, DateTimeOffset CountedUpTo, IReadOnlyList<DayFigures> Days, IReadOnlyList<TopEntry> Top, IReadOnlyList<OverviewAlert> Alerts);

    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, LiveCounts counts, RefusalBook book)
    {
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project)
            return CommonErrors.NotFound("project", projectId);
        await book.FlushAsync(call.Aborted);
        var (now, ct) = (call.Now, call.Aborted);
        var live = new LiveInfo(
            await counts.VouchersAsync(db, projectId, now, ct),
            await CampaignsAsync(db.Campaigns.Where(c => c.ProjectId == projectId && c.DeletedAt == null && c.CampaignType != CampaignType.Promotion), now, ct),
            await PromotionsAsync(db, projectId, now, ct));

        var first = UsageBook.HourOf(now - TimeSpan.FromDays(Days + 1));
        var mark = await FiguresBook.MarkAsync(db, projectId, ct);
        // What the background has not counted yet; of a busy minute a portion, and the answer says up to when.
        var tail = await RedemptionCount.ReadAsync(db, projectId, Math.Max(mark, first * 3_600_000), now.ToUnixTimeMilliseconds() + 1, FiguresBook.Portion, ct);
        var hours = (await db.RedemptionHours.AsNoTracking().Where(r => r.ProjectId == projectId && r.Hour >= first).ToListAsync(ct)).Concat(tail.Hours).ToList();
        var tops = (await TopsAsync(db, projectId, first / 24 + 1, ct)).Concat(tail.Owners).ToList();

        return Json.Ok(new Answer(
            project.Currency, live, mark > 0 || tail.Hours.Count > 0, DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(tail.UpToMs, now.ToUnixTimeMilliseconds())),
            ByDay(hours, now, ProjectTimeZone.TryFind(project.Timezone, out var zone) ? zone : TimeZoneInfo.Utc),
            await NamedAsync(db, tops, ct), await AlertsAsync(call, db, project)));
    }

    private static IReadOnlyList<DayFigures> ByDay(IEnumerable<RedemptionHour> hours, DateTimeOffset now, TimeZoneInfo zone)
    {
        DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var byDay = hours.ToLookup(h => DayOf(DateTimeOffset.FromUnixTimeSeconds(h.Hour * 3_600)));
        var today = DayOf(now);
        return [.. Enumerable.Range(0, Days).Select(i => today.AddDays(i - Days + 1)).Select(day => new DayFigures(
            day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            byDay[day].Sum(h => h.Redemptions), byDay[day].Sum(h => h.Failures), byDay[day].Sum(h => h.Rollbacks), byDay[day].Sum(h => h.Discount - h.Returned)))];
    }

    private static Task<List<RedemptionTop>> TopsAsync(VouchsafeDbContext db, string projectId, long firstDay, CancellationToken ct) =>
        db.RedemptionTops.AsNoTracking().Where(t => t.ProjectId == projectId && t.Day >= firstDay).GroupBy(t => t.OwnerId)
            .Select(g => new RedemptionTop { ProjectId = projectId, Day = 0, OwnerId = g.Key, Redemptions = g.Sum(t => t.Redemptions), Discount = g.Sum(t => t.Discount) })
            .OrderByDescending(t => t.Redemptions).Take(10 * Tops).ToListAsync(ct);

    private static async Task<IReadOnlyList<TopEntry>> NamedAsync(VouchsafeDbContext db, IEnumerable<RedemptionTop> tops, CancellationToken ct)
    {
        var best = tops.GroupBy(t => t.OwnerId).Select(g => (Id: g.Key, Redemptions: g.Sum(t => t.Redemptions), Discount: g.Sum(t => t.Discount)))
            .Where(t => t.Redemptions > 0).OrderByDescending(t => t.Redemptions).ThenByDescending(t => t.Discount).Take(Tops).ToList();
        var ids = best.ConvertAll(t => t.Id);
        var names = await db.Campaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name, Kind = "campaign" })
            .Concat(db.Vouchers.AsNoTracking().Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, Name = v.Code, Kind = "voucher" })).ToListAsync(ct);
        return [.. from top in best join name in names on top.Id equals name.Id select new TopEntry(top.Id, name.Kind, name.Name, top.Redemptions, top.Discount)];
    }

    private static async Task<LiveCount> CampaignsAsync(IQueryable<Campaign> campaigns, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await campaigns.AsNoTracking().Take(LiveCounts.Bound).Select(c => new { c.Active, c.StartDate, c.ExpirationDate }).ToListAsync(ct);
        return new LiveCount(rows.Count(c => c.Active && !(c.StartDate > now) && !(c.ExpirationDate <= now)), rows.Count, now);
    }

    private static async Task<LiveCount> PromotionsAsync(VouchsafeDbContext db, string projectId, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await (
            from tier in db.PromotionTiers.AsNoTracking()
            join campaign in db.Campaigns on tier.CampaignId equals campaign.Id
            where tier.ProjectId == projectId && campaign.DeletedAt == null
            select new { tier.Active, tier.StartDate, tier.ExpirationDate, Campaign = campaign.Active, From = campaign.StartDate, Until = campaign.ExpirationDate }).Take(LiveCounts.Bound).ToListAsync(ct);
        return new LiveCount(
            rows.Count(t => t.Active && t.Campaign && !(t.StartDate > now) && !(t.ExpirationDate <= now) && !(t.From > now) && !(t.Until <= now)), rows.Count, now);
    }

    private static async Task<IReadOnlyList<OverviewAlert>> AlertsAsync(ApiCall call, VouchsafeDbContext db, Project project)
    {
        var (now, ct) = (call.Now, call.Aborted);
        var (refused, failedSignIns) = (new Dictionary<RefusalReason, long>(), 0);
        // What was turned away is for those who may see it in full.
        if (MemberPolicy.Permits(await MembershipPower.RoleAsync(db, call.Standing.MemberId, project.Id, ct), MemberAction.ReadSecurity))
        {
            var (minute, since) = (now.ToUnixTimeSeconds() / 60 - 24 * 60, now - TimeSpan.FromDays(1));
            refused = await db.RefusalMinutes.AsNoTracking().Where(m => m.ProjectId == project.Id && m.Minute > minute)
                .GroupBy(m => m.Reason).Select(g => new { g.Key, Count = g.Sum(m => m.Count) }).ToDictionaryAsync(g => (RefusalReason)g.Key, g => g.Count, ct);
            failedSignIns = await new FailedSignInScope(db, project.Id).Rows.CountAsync(f => f.MemberId != null && f.CreatedAt >= since, ct);
        }

        var day = UsageBook.HourOf(now) - 24;
        var peaks = await db.UsageHours.AsNoTracking().Where(u => u.ProjectId == project.Id && u.Hour >= day && u.Peak > 0).ToListAsync(ct);
        return OverviewAlert.Of(project, refused, failedSignIns, UsageNotice.Of(peaks, UsageNotifications.Read(project.ApiUsageNotificationsJson)));
    }
}
