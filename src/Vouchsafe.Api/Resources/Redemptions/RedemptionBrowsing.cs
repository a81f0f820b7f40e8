using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>
/// What <see cref="BrowseRedemptions"/> is asked for. Ids begin with what the row is and go on with when it was made, so the
/// walks along the ids of each kind, merged, are the list; the redemption itself pays for no index by time. Of a voucher or a
/// customer there is an index of its own; a campaign is tried on what they give.
/// </summary>
internal sealed record RedemptionBrowsing
{
    private const string BehindUnderscore = "`"; // the next character: every id of a prefix sorts before the two

    private string ProjectId { get; init; } = "";
    private IReadOnlyList<string> Prefixes { get; init; } = [];
    private string? VoucherId { get; init; }
    private string? CustomerId { get; init; }
    private string? CampaignId { get; init; }
    private BracketQuery.Range Created { get; init; }
    private string? After { get; init; }
    private bool FindsNothing { get; init; }

    private bool IsNarrow => CampaignId is not null || (VoucherId is not null && CustomerId is not null);

    internal static async ValueTask<Result<RedemptionBrowsing>> ReadAsync(ApiCall call, VouchsafeDbContext db)
    {
        var query = call.Query;
        if (query.OneOf("result", "", "succeeded", "failed", "rollback").Failed(out var error, out var result)) return error;
        if (query.Text("voucher").Failed(out error, out var voucher)) return error;
        if (query.Text("customer").Failed(out error, out var customer)) return error;
        if (query.Text("campaign_id").Failed(out error, out var campaign)) return error;
        if (Browsing.Created(query).Failed(out error, out var created)) return error;
        if (query.Text("cursor").Failed(out error, out var cursor)) return error;
        if (cursor is not null && !Ids.IsTail(cursor)) return Browsing.ForeignCursor;

        var codeKey = voucher is null ? null : call.Project.CodeKey(voucher);
        var voucherId = voucher is null ? null : await db.Vouchers
            .Where(v => v.ProjectId == call.Project.Id && (v.CodeKey == codeKey || v.Id == voucher)).Select(v => v.Id).FirstOrDefaultAsync(call.Aborted);
        var customerId = customer is null ? null : await CustomerIdAsync(call, db, customer);
        return new RedemptionBrowsing
        {
            ProjectId = call.Project.Id,
            Prefixes = result switch
            {
                "succeeded" => [IdPrefix.Redemption],
                "failed" => [IdPrefix.FailedRedemption, IdPrefix.FailedRollback],
                "rollback" => [IdPrefix.Rollback],
                _ => [IdPrefix.Redemption, IdPrefix.FailedRedemption, IdPrefix.Rollback, IdPrefix.FailedRollback],
            },
            VoucherId = voucherId,
            CustomerId = customerId,
            CampaignId = campaign,
            Created = created,
            After = cursor,
            FindsNothing = (voucher is not null && voucherId is null) || (customer is not null && customerId is null),
        };
    }

    /// <summary>The next rows, the cursor after them, and how far back a search that found fewer looked.</summary>
    internal async ValueTask<(IReadOnlyList<Redemption> Rows, string? Next, DateTimeOffset? LookedBackTo)> PageAsync(VouchsafeDbContext db, int limit, CancellationToken ct)
    {
        if (FindsNothing) return ([], null, null);
        List<Redemption> found = [];
        string? horizon = null;
        foreach (var prefix in Prefixes)
        {
            var walk = Walk(db, prefix);
            var rows = await (IsNarrow ? Narrowed(db, walk.Take(Browsing.LongestStretch)) : walk).Take(limit + 1).ToListAsync(ct);
            found.AddRange(rows);
            // What lies behind the end of a stretch was not looked at; older rows of the other kinds must wait for it.
            if (IsNarrow && rows.Count <= limit && await walk.Skip(Browsing.LongestStretch - 1).Select(r => r.Id).FirstOrDefaultAsync(ct) is { } end
                && string.CompareOrdinal(Tail(end), horizon) > 0) horizon = Tail(end);
        }

        List<Redemption> merged = [.. found.Where(r => horizon is null || string.CompareOrdinal(Tail(r.Id), horizon) >= 0).OrderByDescending(r => Tail(r.Id), StringComparer.Ordinal)];
        if (merged.Count > limit) return (merged[..limit], Tail(merged[limit - 1].Id), null);
        return (merged, horizon, horizon is null ? null : Ids.MintedAt("_" + horizon));
    }

    private IQueryable<Redemption> Walk(VouchsafeDbContext db, string prefix)
    {
        var rows = db.Redemptions.AsNoTracking();
        // The project is not asked for where the voucher or customer is known to be its own: only one index fits then.
        rows = VoucherId is { } voucher ? rows.Where(r => r.VoucherId == voucher)
            : CustomerId is { } customer ? rows.Where(r => r.CustomerId == customer)
            : rows.Where(r => r.ProjectId == ProjectId);
        var first = Created.After is { } from ? Ids.Earliest(prefix, from) : prefix + "_";
        var end = Created.Before is { } before ? Ids.Earliest(prefix, before) : prefix + BehindUnderscore;
        if (After is { } tail && string.CompareOrdinal($"{prefix}_{tail}", end) < 0) end = $"{prefix}_{tail}";
        return rows.Where(r => string.Compare(r.Id, first) >= 0 && string.Compare(r.Id, end) < 0).OrderByDescending(r => r.Id);
    }

    private IQueryable<Redemption> Narrowed(VouchsafeDbContext db, IQueryable<Redemption> stretch)
    {
        if (VoucherId is not null && CustomerId is { } customer) stretch = stretch.Where(r => r.CustomerId == customer);
        if (CampaignId is { } campaign)
            stretch = stretch.Where(r => db.Vouchers.Any(v => v.Id == r.VoucherId && v.CampaignId == campaign)
                || db.PromotionTiers.Any(t => t.Id == r.PromotionTierId && t.CampaignId == campaign));
        return stretch;
    }

    // Their id here, the shop's own, or their e-mail.
    private static async ValueTask<string?> CustomerIdAsync(ApiCall call, VouchsafeDbContext db, string text)
    {
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, text, call.Aborted) is { } known) return known.Id;
        var key = SearchKey.Of(text);
        return await db.Customers.Where(c => c.ProjectId == call.Project.Id && c.EmailKey == key)
            .OrderBy(c => c.Id).Select(c => c.Id).FirstOrDefaultAsync(call.Aborted);
    }

    private static string Tail(string id) => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
