using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>What a request asks the engine about, beside its redeemables.</summary>
internal sealed record EvaluationQuery
{
    /// <summary>The order as the request and its stored form have it, products not looked up yet.</summary>
    internal OrderSnapshot? Order { get; init; }
    internal Buyer? Buyer { get; init; }
    /// <summary>Metadata of the redemption; undefined if there is none.</summary>
    internal JsonElement Metadata { get; init; }
    /// <summary>The asking session.</summary>
    internal string? SessionKey { get; init; }
    /// <summary>What it holds, which does not stand in its way.</summary>
    internal IReadOnlyList<ValidationLock> Own { get; init; } = [];
    internal RuleReach Reach { get; init; }
    internal bool Explain { get; init; }
    internal required Asker Asker { get; init; }
}

/// <summary>Who asks, as rules tell apart: a program with a key, or a member at the dashboard.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="UserId">The member.</param>
/// <param name="UserLogin">The address they sign in with.</param>
internal sealed record Asker(string? KeyId, string? UserId, string? UserLogin)
{
    internal static Asker Of(ApiCall call) => RequestFacts.Of(call.Http).Admission?.Member is { } member
        ? new Asker(null, member.MemberId, member.Email)
        : new Asker(call.Caller.KeyId, null, null);
}

/// <summary>A verdict with all that it was made of.</summary>
/// <param name="Evaluation">The engine's verdict.</param>
/// <param name="Resolved">What was judged, in the order of the request; stacks taken apart.</param>
/// <param name="Order">The order that was judged.</param>
/// <param name="Context">What was true for the request.</param>
internal sealed record EvaluationRun(Evaluation Evaluation, IReadOnlyList<Resolved> Resolved, OrderSnapshot? Order, EvaluationContext Context)
{
    /// <summary>What a result of the verdict was found to be.</summary>
    internal Resolved Of(RedeemableResult result) => Resolved.First(r => ReferenceEquals(r.Redeemable, result.Redeemable));

    /// <summary>Who passed on the referral code that holds; null: there is none.</summary>
    internal string? ReferrerId =>
        Evaluation.Results.FirstOrDefault(r => r.Status == RedeemableStatus.Applicable && r.Redeemable.IsReferralCode)?.Redeemable.HolderId;

    /// <summary>Whether the project gives points for paid orders.</summary>
    internal bool GivesPoints { get; init; }

    /// <summary>Whether a rule came into force since, which this verdict does not know of.</summary>
    internal Func<bool>? IsStale { get; init; }
}

/// <summary>
/// From what a request names to the engine's verdict: validations, redemptions, qualifications and promotions all ask here,
/// so that they cannot disagree.
/// </summary>
internal sealed class Evaluator(Database database, VoucherReads reads, StackingRulesCache stacking, Definitions definitions)
{
    /// <summary>Judges the redeemables of a request together.</summary>
    internal async ValueTask<EvaluationRun> RunAsync(
        ProjectSettings project, IReadOnlyList<RedeemableReference> references, EvaluationQuery query, DateTimeOffset now, CancellationToken ct)
    {
        var isStale = definitions.WatchRules();
        var found = await RedeemableLookup.LoadAsync(database, reads, project, references, ct);
        var inputs = await InputsAsync(project, found.Vouchers, found.Tiers, query, now, ct);
        var resolved = found.Resolve(references, inputs.Sources, inputs.Stock, new LockView(query.SessionKey, now));
        Redeemable[] redeemables = [.. resolved.Select(r => r.Redeemable)];
        var context = await CountedAsync(redeemables, inputs.Context, query.Own, now, ct);
        var evaluation = RedeemableLookup.StackProblem(references) is { } problem
            ? new Evaluation { Valid = false, Refused = problem }
            : PromotionEngine.Evaluate(inputs.Order, redeemables, context, now);
        return new EvaluationRun(evaluation, resolved, inputs.Order, context)
        {
            GivesPoints = query is { Buyer: not null, Order: not null } && await definitions.GivesPointsAsync(project.Id, ct),
            IsStale = isStale,
        };
    }

    /// <summary>Judges vouchers and tiers each for itself.</summary>
    /// <returns>Those that hold, with their verdicts, in the given order.</returns>
    internal async ValueTask<IReadOnlyList<EvaluationRun>> RunEachAsync(
        ProjectSettings project, IReadOnlyList<VoucherState> vouchers, IReadOnlyList<PromotionTier> tiers, EvaluationQuery query, DateTimeOffset now, CancellationToken ct)
    {
        var inputs = await InputsAsync(project, vouchers, tiers, query, now, ct);
        List<Resolved> resolved =
        [
            .. vouchers.Select(v => inputs.Sources.Of(v, v.Voucher.Code, null, new LockView(query.SessionKey, now), inputs.Stock)),
            .. tiers.Select(t => inputs.Sources.Of(t, null, inputs.Stock)),
        ];
        var context = await CountedAsync([.. resolved.Select(r => r.Redeemable)], inputs.Context, query.Own, now, ct);
        return [.. resolved.Select(r => new EvaluationRun(PromotionEngine.Evaluate(inputs.Order, [r.Redeemable], context, now), [r], inputs.Order, context))];
    }

    private sealed record Inputs(RedeemableSources Sources, ProductStock Stock, OrderSnapshot? Order, EvaluationContext Context);

    private async ValueTask<Inputs> InputsAsync(
        ProjectSettings project, IReadOnlyCollection<VoucherState> vouchers, IReadOnlyCollection<PromotionTier> tiers, EvaluationQuery query,
        DateTimeOffset now, CancellationToken ct)
    {
        var sources = await RedeemableSources.LoadAsync(database, project, definitions, vouchers, tiers, ct);
        var stock = await ProductStock.LoadAsync(
            database, definitions, project, query.Order?.Items ?? [], RedeemableSources.UnitTypes(vouchers, tiers), sources.Rules.Any(r => r.CollectionIds.Count > 0), now, ct);
        var context = new EvaluationContext
        {
            TimeZone = project.TimeZone,
            FirstDayOfWeek = project.FirstDayOfWeek,
            StackingRules = await stacking.OfAsync(project.Id),
            CodesIgnoreCase = !project.CaseSensitiveCodes,
            Customer = query.Buyer is null
                ? null
                : await query.Buyer.ToEngineAsync(database, project, sources.Rules.Any(r => r.SegmentIds.Count > 0), now, ct),
            RedemptionMetadata = query.Metadata,
            ApiKeyId = query.Asker.KeyId,
            UserId = query.Asker.UserId,
            UserLogin = query.Asker.UserLogin,
            RuleReach = query.Reach,
            Explain = query.Explain,
        };
        return new Inputs(sources, stock, query.Order is null ? null : stock.Fill(query.Order), context);
    }

    // The context with the counters that rules read; mostly there are none.
    private async ValueTask<EvaluationContext> CountedAsync(
        IReadOnlyList<Redeemable> redeemables, EvaluationContext context, IReadOnlyList<ValidationLock> own, DateTimeOffset now, CancellationToken ct)
    {
        var keys = RuleCounters.Needed(redeemables, context, now);
        if (keys.Count == 0) return context;
        var counters = await database.Context.Counters.AsNoTracking().Where(c => keys.Contains(c.Owner) && c.Kind == Storage.Entities.CounterKind.Uses)
            .ToDictionaryAsync(c => c.Owner, c => c.Value, ct);
        foreach (var hold in own.SelectMany(LockLedger.HoldsOf))
            if (hold.Kind == Storage.Entities.CounterKind.Uses && counters.TryGetValue(hold.Owner, out var value)) counters[hold.Owner] = value - hold.Delta;
        return context with { Counters = counters };
    }
}
