using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>Ways to find campaigns; those in the bin are not found.</summary>
internal static class CampaignQueries
{
    internal static IQueryable<Campaign> Of(this IQueryable<Campaign> campaigns, ProjectSettings project) =>
        campaigns.Where(c => c.ProjectId == project.Id && c.DeletedAt == null);

    /// <summary>By id, else by name.</summary>
    internal static async ValueTask<Campaign?> ByIdOrNameAsync(this IQueryable<Campaign> campaigns, ProjectSettings project, string id, CancellationToken ct) =>
        await campaigns.Of(project).FirstOrDefaultAsync(c => c.Id == id, ct)
        ?? await campaigns.Of(project).FirstOrDefaultAsync(c => c.Name == id, ct);

    /// <summary>How many codes campaigns have, by campaign; beyond a bound, one more than it.</summary>
    internal static async ValueTask<Dictionary<string, long>> CountVouchersAsync(
        this VouchsafeDbContext db, IReadOnlyCollection<string> campaignIds, int? upTo, CancellationToken ct) =>
        upTo is { } bound
            ? await db.Campaigns.Where(c => campaignIds.Contains(c.Id))
                .Select(c => new { c.Id, Count = db.Vouchers.Where(v => v.CampaignId == c.Id && v.DeletedAt == null).Take(bound + 1).LongCount() })
                .ToDictionaryAsync(c => c.Id, c => c.Count, ct)
            : await db.Vouchers.Where(v => campaignIds.Contains(v.CampaignId!) && v.DeletedAt == null)
                .GroupBy(v => v.CampaignId!).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
}
