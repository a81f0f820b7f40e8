using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Stacking;

namespace Vouchsafe.Engine;

/// <summary>One walk over a sorted stack: each redeemable is skipped, refused, or applied to the running order.</summary>
internal sealed class StackRun
{
    private readonly EvaluationContext _context;
    private readonly DateTimeOffset _now;
    private readonly StackingLimits _limits;
    private readonly List<RedeemableResult> _results;
    private readonly Dictionary<string, long> _pending = new(StringComparer.Ordinal);
    private bool _failed;

    private StackRun(int count, OrderSnapshot? order, EvaluationContext context, DateTimeOffset now)
    {
        _context = context;
        _now = now;
        _limits = new StackingLimits(context.StackingRules);
        _results = new List<RedeemableResult>(count);
        Order = order is null ? null : OrderPricing.Open(order).State;
    }

    public OrderState? Order { get; }
    public IReadOnlyList<RedeemableResult> Results => _results;

    /// <summary>
    /// Exclusive redeemables keep common ones out whatever their place, but only if one of them applies. So the first walk leaves the
    /// common ones out; when no exclusive one held, a second walk is made with everything in.
    /// </summary>
    public static StackRun Of(IReadOnlyList<Redeemable> stack, OrderSnapshot? order, EvaluationContext context, DateTimeOffset now)
    {
        var rules = context.StackingRules;
        if (stack.Count > 1 && stack.Any(redeemable => StackingClass.IsExclusive(redeemable, rules)))
        {
            var exclusive = new StackRun(stack.Count, order, context, now).Walk(stack, redeemable =>
                StackingClass.IsExclusive(redeemable, rules) || StackingClass.IsJoint(redeemable, rules));
            if (exclusive._results.Any(result =>
                    result.Status == RedeemableStatus.Applicable && StackingClass.IsExclusive(result.Redeemable, rules)))
                return exclusive;
        }

        return new StackRun(stack.Count, order, context, now).Walk(stack, _ => true);
    }

    private StackRun Walk(IReadOnlyList<Redeemable> stack, Func<Redeemable, bool> admitted)
    {
        foreach (var redeemable in stack)
            _results.Add(admitted(redeemable) ? Judge(redeemable) : Skip(redeemable, Reasons.ExclusionRulesNotMet()));
        return this;
    }

    private RedeemableResult Judge(Redeemable redeemable)
    {
        if (_failed)
            return Skip(redeemable, Reasons.PrecedingValidationFailed());
        if (_limits.Check(redeemable) is { } limit)
            return Skip(redeemable, limit);
        if (Eligibility.Check(redeemable, Order, _context, _now) is { } obstacle)
            return Refuse(redeemable, obstacle);

        Order?.BeginStep();
        var (applied, refusal) = RedeemableApplication.Apply(redeemable, Order, _context, _now, _pending);
        if (refusal is not null)
        {
            Order?.UndoStep();
            return Refuse(redeemable, refusal) with { Bundle = applied.Bundle, Explanations = applied.Explanations };
        }

        if (Order is { StepHadEffect: false } && !applied.WaitsForBundle && SkipsWithoutEffect(redeemable))
        {
            Order.UndoStep();
            return Skip(redeemable, Reasons.NoEffect());
        }

        Count(applied);
        return applied with { Order = Order?.Snapshot(wholeRequest: false) };
    }

    private void Count(RedeemableResult applied)
    {
        _limits.Count(applied.Redeemable);
        foreach (var counter in applied.Counters.DistinctBy(read => read.Key))
            _pending[counter.Key] = _pending.GetValueOrDefault(counter.Key) + counter.Delta;
    }

    private bool SkipsWithoutEffect(Redeemable redeemable)
    {
        var rules = _context.StackingRules;
        // A reward with a price is an effect, though the order does not show it.
        if (redeemable.Benefit is NoBenefit or PointsBenefit { Reward: not CoinReward })
            return false;
        if (StackingClass.Has(redeemable, rules.NoEffectSkipCategories))
            return true;
        return rules.NoEffectRule == NoEffectRule.Skip && !StackingClass.Has(redeemable, rules.NoEffectRedeemAnywayCategories);
    }

    private RedeemableResult Refuse(Redeemable redeemable, Reason reason)
    {
        _failed = _context.StackingRules.ApplicationMode == ApplicationMode.All;
        return new RedeemableResult { Redeemable = redeemable, Status = RedeemableStatus.Inapplicable, Reason = reason };
    }

    private static RedeemableResult Skip(Redeemable redeemable, Reason reason) =>
        new() { Redeemable = redeemable, Status = RedeemableStatus.Skipped, Reason = reason };
}
