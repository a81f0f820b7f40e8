using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>
/// The redemptions between two instants, summed up by hour and by what was redeemed. Reads along the index of ids, which
/// begin with their instant, and stops after a portion.
/// </summary>
internal sealed class RedemptionCount
{
    private const int IdsAtOnce = 500;

    /// <summary>What was redeemed in the portion: the most frequent ones; the rest is rare and kept nowhere.</summary>
    private const int MostOwners = 200;

    private readonly string _projectId;
    private readonly Dictionary<long, RedemptionHour> _hours = [];
    private readonly Dictionary<(long Day, string Owner), RedemptionTop> _owners = [];

    private RedemptionCount(string projectId, long upToMs) => (_projectId, UpToMs) = (projectId, upToMs);

    /// <summary>Everything before it is counted.</summary>
    internal long UpToMs { get; }

    internal IReadOnlyCollection<RedemptionHour> Hours => _hours.Values;

    internal IEnumerable<RedemptionTop> Owners => _owners.Values.OrderByDescending(o => o.Redemptions).Take(MostOwners);

    /// <summary>Counts from one instant up to another, or as far as a portion of rows reaches.</summary>
    internal static async Task<RedemptionCount> ReadAsync(VouchsafeDbContext db, string projectId, long fromMs, long toMs, int portion, CancellationToken ct)
    {
        foreach (var prefix in new[] { IdPrefix.Redemption, IdPrefix.FailedRedemption, IdPrefix.Rollback })
            if (await EndOfPortionAsync(db, projectId, prefix, fromMs, toMs, portion, ct) is { } end) toMs = Math.Max(fromMs + 1, Math.Min(toMs, end));
        var count = new RedemptionCount(projectId, toMs);
        foreach (var prefix in new[] { IdPrefix.Redemption, IdPrefix.FailedRedemption, IdPrefix.Rollback })
        {
            var rows = await Range(db, projectId, prefix, fromMs, toMs)
                // A stack's parent tells what its parts tell.
                .Where(r => r.VoucherId != null || r.PromotionTierId != null)
                .Select(r => new Row(r.Kind, r.VoucherId, r.PromotionTierId, r.RollbackOf, r.OrderJson, r.CreatedAt)).ToListAsync(ct);
            await count.AddAsync(db, rows, ct);
        }
        return count;
    }

    private static async Task<long?> EndOfPortionAsync(VouchsafeDbContext db, string projectId, string prefix, long fromMs, long toMs, int portion, CancellationToken ct)
    {
        var next = await Range(db, projectId, prefix, fromMs, toMs).OrderBy(r => r.Id).Select(r => r.Id).Skip(portion).FirstOrDefaultAsync(ct);
        return next is null ? null : Ids.MintedAt(next).ToUnixTimeMilliseconds();
    }

    private static IQueryable<Redemption> Range(VouchsafeDbContext db, string projectId, string prefix, long fromMs, long toMs)
    {
        var (first, end) = (Ids.Earliest(prefix, DateTimeOffset.FromUnixTimeMilliseconds(fromMs)), Ids.Earliest(prefix, DateTimeOffset.FromUnixTimeMilliseconds(toMs)));
        return db.Redemptions.AsNoTracking().Where(r => r.ProjectId == projectId && string.Compare(r.Id, first) >= 0 && string.Compare(r.Id, end) < 0);
    }

    private async Task AddAsync(VouchsafeDbContext db, List<Row> rows, CancellationToken ct)
    {
        var campaigns = await FoundAsync(rows.Select(r => r.VoucherId), ids => db.Vouchers.AsNoTracking().Where(v => ids.Contains(v.Id)).Select(v => new Pair(v.Id, v.CampaignId)), ct);
        var tiers = await FoundAsync(rows.Select(r => r.TierId), ids => db.PromotionTiers.AsNoTracking().Where(t => ids.Contains(t.Id)).Select(t => new Pair(t.Id, t.CampaignId)), ct);
        var taken = await FoundAsync(rows.Select(r => r.RollbackOf), ids => db.Redemptions.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new Pair(r.Id, r.OrderJson)), ct);
        foreach (var row in rows)
        {
            var hour = HourOf(row.At);
            if (row.Kind == RedemptionKind.Failure)
            {
                hour.Failures++;
                continue;
            }
            var isRollback = row.Kind == RedemptionKind.Rollback;
            var discount = DiscountOf(isRollback ? taken.GetValueOrDefault(row.RollbackOf ?? "") : row.OrderJson);
            var id = row.VoucherId ?? row.TierId!;
            var top = OwnerOf(row.At, (row.VoucherId is null ? tiers : campaigns).GetValueOrDefault(id) ?? id);
            if (isRollback)
            {
                (hour.Rollbacks, hour.Returned) = (hour.Rollbacks + 1, hour.Returned + discount);
                (top.Redemptions, top.Discount) = (top.Redemptions - 1, top.Discount - discount);
            }
            else
            {
                (hour.Redemptions, hour.Discount) = (hour.Redemptions + 1, hour.Discount + discount);
                (top.Redemptions, top.Discount) = (top.Redemptions + 1, top.Discount + discount);
            }
        }
    }

    private RedemptionHour HourOf(DateTimeOffset at)
    {
        var hour = UsageBook.HourOf(at);
        if (!_hours.TryGetValue(hour, out var row))
            _hours.Add(hour, row = new RedemptionHour { ProjectId = _projectId, Hour = hour, Redemptions = 0, Failures = 0, Rollbacks = 0, Discount = 0, Returned = 0 });
        return row;
    }

    private RedemptionTop OwnerOf(DateTimeOffset at, string owner)
    {
        var key = (UsageBook.HourOf(at) / 24, owner);
        if (!_owners.TryGetValue(key, out var row))
            _owners.Add(key, row = new RedemptionTop { ProjectId = _projectId, Day = key.Item1, OwnerId = owner, Redemptions = 0, Discount = 0 });
        return row;
    }

    private static async Task<Dictionary<string, string?>> FoundAsync(IEnumerable<string?> ids, Func<string[], IQueryable<Pair>> query, CancellationToken ct)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var chunk in ids.OfType<string>().Distinct().Chunk(IdsAtOnce))
            foreach (var pair in await query(chunk).ToListAsync(ct)) found[pair.Id] = pair.Value;
        return found;
    }

    private static long DiscountOf(string? orderJson)
    {
        if (orderJson is null) return 0;
        using var order = JsonDocument.Parse(orderJson);
        return order.RootElement.TryGetProperty("total_applied_discount_amount", out var value) && value.TryGetInt64(out var amount) ? amount : 0;
    }

    private sealed record Row(RedemptionKind Kind, string? VoucherId, string? TierId, string? RollbackOf, string? OrderJson, DateTimeOffset At);

    private sealed record Pair(string Id, string? Value);
}
