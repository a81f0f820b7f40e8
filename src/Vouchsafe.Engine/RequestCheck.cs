using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine;

/// <summary>What makes a whole request wrong, before any redeemable is judged.</summary>
internal static class RequestCheck
{
    public static Reason? Refusal(IReadOnlyList<Redeemable> redeemables, EvaluationContext context)
    {
        if (redeemables.Count == 0)
            return Reasons.NoRedeemables();
        if (redeemables.Count > context.StackingRules.RedeemablesLimit)
            return Reasons.RedeemablesLimitExceeded(context.StackingRules.RedeemablesLimit);
        if (redeemables.Count > 1 && redeemables.Any(redeemable => redeemable.Kind == RedeemableKind.PromotionStack))
            return Reasons.PromotionStackNotAlone();
        return HasDuplicates(redeemables, context) ? Reasons.DuplicatedRedeemables() : null;
    }

    // A code and the voucher's id name the same thing, so known resources are compared by their id.
    private static bool HasDuplicates(IReadOnlyList<Redeemable> redeemables, EvaluationContext context)
    {
        var seen = new HashSet<string>(context.CodesIgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        return redeemables.Any(redeemable => !seen.Add(redeemable.ResourceId ?? redeemable.Id));
    }
}
