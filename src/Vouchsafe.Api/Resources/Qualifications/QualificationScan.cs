using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>
/// Walks vouchers, tiers and, for an audience, campaigns from the newest back, judges them in batches, and stops when the page is full or enough was
/// looked at; the caller goes on from there.
/// </summary>
internal sealed class QualificationScan(VouchsafeDbContext db, Evaluator evaluator, ProjectSettings project, string scenario, DateTimeOffset now, CancellationToken ct)
{
    internal const int MaxPage = 50;

    private const int Batch = 100;

    /// <summary>Most vouchers judged for one answer, so that a page of a shop with a million codes stays a page.</summary>
    private const int MostJudged = 2_000;

    /// <summary>Most tiers and most campaigns of a project that are looked at.</summary>
    private const int MostOthers = 1_000;

    private readonly HashSet<string> _nextCodes = new(StringComparer.Ordinal);

    /// <summary>What was found.</summary>
    /// <param name="Runs">Verdicts that hold, newest first.</param>
    /// <param name="GoOnBefore">Where to go on: everything made before this instant; null: that was all.</param>
    internal sealed record Found(IReadOnlyList<EvaluationRun> Runs, DateTimeOffset? GoOnBefore);

    /// <summary>The newest verdicts that do not hold, a page at most; kept only where explanations are asked for.</summary>
    internal List<EvaluationRun> Refused { get; } = [];

    /// <summary>Whether a verdict is about a campaign and not about a code of it.</summary>
    internal bool IsCampaign(EvaluationRun run) => run.Resolved[0].Voucher is { } state && _nextCodes.Contains(state.Voucher.Id);

    internal async ValueTask<Found> RunAsync(QualificationFilters filters, EvaluationQuery query, int limit, DateTimeOffset? before)
    {
        var offered = await VouchersAsync(filters, query.Buyer);
        var tiers = new Queue<PromotionTier>(await Tiers(filters).Where(t => before == null || t.CreatedAt < before)
            .OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id).Take(MostOthers).ToListAsync(ct));
        var campaigns = new Queue<Campaign>(await Campaigns(filters).Where(c => before == null || c.CreatedAt < before)
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MostOthers).ToListAsync(ct));
        List<EvaluationRun> runs = [];
        Voucher? last = null;
        for (var judged = 0; judged < MostJudged; judged += Batch)
        {
            var vouchers = await After(offered, before, last).Take(Batch).ToListAsync(ct);
            var isLast = vouchers.Count < Batch;
            DateTimeOffset? back = isLast ? null : vouchers[^1].CreatedAt;
            foreach (var run in await JudgeAsync(vouchers, Due(tiers, t => t.CreatedAt, back), Due(campaigns, c => c.CreatedAt, back), query))
            {
                // The cursor is an instant, so a page ends between two of them.
                if (runs.Count >= limit && CreatedAt(run) < CreatedAt(runs[^1])) return new Found(runs, CreatedAt(runs[^1]));
                runs.Add(run);
            }

            if (isLast) return new Found(runs, null);
            last = vouchers[^1];
        }

        return new Found(runs, last!.CreatedAt);
    }

    // All kinds share one order in time, so the others wait until the vouchers have come as far back.
    private static List<T> Due<T>(Queue<T> waiting, Func<T, DateTimeOffset> createdAt, DateTimeOffset? back)
    {
        List<T> due = [];
        while (waiting.TryPeek(out var next) && (back is null || createdAt(next) >= back)) due.Add(waiting.Dequeue());
        return due;
    }

    private static DateTimeOffset CreatedAt(EvaluationRun run) => run.Resolved[0].CreatedAt!.Value;

    private static IQueryable<Voucher> After(IQueryable<Voucher> vouchers, DateTimeOffset? before, Voucher? last)
    {
        if (last is { CreatedAt: var instant, Id: var id })
            vouchers = vouchers.Where(v => v.CreatedAt < instant || (v.CreatedAt == instant && v.Id.CompareTo(id) < 0));
        else if (before is not null)
            vouchers = vouchers.Where(v => v.CreatedAt < before);
        return vouchers.OrderByDescending(v => v.CreatedAt).ThenByDescending(v => v.Id);
    }

    private async ValueTask<IEnumerable<EvaluationRun>> JudgeAsync(List<Voucher> vouchers, List<PromotionTier> tiers, List<Campaign> campaigns, EvaluationQuery query)
    {
        var offers = campaigns.ConvertAll(campaign => CampaignOffers.NextCode(project, campaign));
        _nextCodes.UnionWith(offers.Select(offer => offer.Voucher.Id));
        var runs = await evaluator.RunEachAsync(project, [.. await VoucherState.LoadAsync(db, vouchers, ct), .. offers], tiers, query, now, ct);
        if (query.Explain)
            Refused.AddRange(runs.Where(r => r.Evaluation is { Valid: false, Results.Count: > 0 }).OrderByDescending(CreatedAt).Take(MaxPage - Refused.Count));
        return runs.Where(r => r.Evaluation.Valid && Fits(r)).OrderByDescending(CreatedAt).ThenByDescending(r => r.Resolved[0].Redeemable.ResourceId);
    }

    // PRODUCTS asks what has to do with the products in the cart; PRODUCTS_DISCOUNT, what takes something off them, maybe once a bundle is complete.
    private bool Fits(EvaluationRun run)
    {
        var result = run.Evaluation.Results[0];
        return scenario switch
        {
            "PRODUCTS_DISCOUNT" or "PRODUCTS_DISCOUNT_BY_CUSTOMER" => TakesOffItems(result),
            "PRODUCTS" or "PRODUCTS_BY_CUSTOMER" => TakesOffItems(result) || result.Bundle is { Identified.Count: > 0 }
                || run.Resolved[0].Redeemable.Rules.Any(r => r.AsksForItems),
            _ => true,
        };
    }

    private static bool TakesOffItems(RedeemableResult result) =>
        result.ApplicableTo.Any(t => t.LineIndices.Count > 0)
        || (result.Order is { } order && order.Items.Any(i => i.AppliedDiscountAmount > 0 || i.AppliedDiscountQuantity > 0));

    // Codes that a campaign gives to one customer each are offered to whom they were published, and to nobody before.
    private async ValueTask<IQueryable<Voucher>> VouchersAsync(QualificationFilters filters, Buyer? buyer)
    {
        var holder = buyer?.Stored?.Id;
        var found = db.Vouchers.AsNoTracking().Where(v => v.ProjectId == project.Id && v.DeletedAt == null && v.Active);
        if (scenario == "CUSTOMER_WALLET") return filters.Apply(db, found.Where(v => v.HolderId != null && v.HolderId == holder));
        var generic = await GenericCodes.CampaignsAsync(db, project, ct);
        return filters.Apply(db, generic.Count == 0
            ? found.Where(v => (v.HolderId == null && v.CampaignId == null) || (v.HolderId != null && v.HolderId == holder))
            : found.Where(v => (v.HolderId == null && (v.CampaignId == null || generic.Contains(v.CampaignId))) || (v.HolderId != null && v.HolderId == holder)));
    }

    private IQueryable<PromotionTier> Tiers(QualificationFilters filters) => scenario == "CUSTOMER_WALLET"
        ? db.PromotionTiers.Where(t => false)
        : filters.Apply(db.TiersOf(project).AsNoTracking().Where(t => t.Active));

    private IQueryable<Campaign> Campaigns(QualificationFilters filters) => scenario == "AUDIENCE_ONLY"
        ? filters.Apply(CampaignOffers.Of(db, project).AsNoTracking())
        : db.Campaigns.Where(c => false);
}
