using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Stacking;

namespace Vouchsafe.Engine;

/// <summary>
/// The whole promotion decision as one pure function: the same arguments give the same answer, and validating is the same call as
/// redeeming. It advises; the ledger, given <see cref="Evaluation.Wishes"/>, enforces.
/// </summary>
public static class PromotionEngine
{
    /// <summary>Judges the redeemables against the order and calculates what they take off.</summary>
    /// <param name="order">The order, or null when the request has none.</param>
    /// <param name="redeemables">What the request wants to redeem, in its order; stacks of tiers already taken apart.</param>
    /// <param name="context">The project's settings and what is true for the whole request.</param>
    /// <param name="now">The instant of the request.</param>
    public static Evaluation Evaluate(
        OrderSnapshot? order, IReadOnlyList<Redeemable> redeemables, EvaluationContext context, DateTimeOffset now)
    {
        if (RequestCheck.Refusal(redeemables, context) is { } refusal)
            return Evaluation.Refuse(refusal);
        if (order is not null && OrderPricing.Open(order).Problem is { } problem)
            return Evaluation.Refuse(problem);

        var stack = StackingOrder.Sort(redeemables, context.StackingRules);
        var run = StackRun.Of(stack, order, context, now);
        return Conclude(run, context.StackingRules.ApplicationMode);
    }

    private static Evaluation Conclude(StackRun run, ApplicationMode mode)
    {
        var results = run.Results;
        var anyApplied = results.Any(result => result.Status == RedeemableStatus.Applicable);
        var anyRefused = results.Any(result => result.Status == RedeemableStatus.Inapplicable);
        var valid = anyApplied && !(mode == ApplicationMode.All && anyRefused);
        return new Evaluation
        {
            Valid = valid,
            Results = results,
            Order = valid ? run.Order?.Snapshot(wholeRequest: true) : null,
            Wishes = valid ? [.. results.Where(result => result.Status == RedeemableStatus.Applicable).SelectMany(LedgerWishes.For)] : [],
        };
    }
}
