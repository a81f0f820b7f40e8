using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Discounts.Calculators;
using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Engine.Stacking;

namespace Vouchsafe.Engine;

/// <summary>
/// Tries one redeemable on the current step of the order: bundles, what it reaches, its benefit, and then its rules, which may look at
/// the amounts before and after. The caller takes the step back when a refusal comes out.
/// </summary>
internal static class RedeemableApplication
{
    public static (RedeemableResult Result, Reason? Refusal) Apply(
        Redeemable redeemable, OrderState? order, EvaluationContext context, DateTimeOffset now, IReadOnlyDictionary<string, long> pending)
    {
        var result = new RedeemableResult { Redeemable = redeemable, Status = RedeemableStatus.Applicable };
        var (bundles, incomplete) = Bundles(redeemable, order, context);
        if (incomplete is not null)
        {
            var explanation = context.Explain ? RuleExplanation.OfIncomplete(incomplete, order) : null;
            result = result with { Bundle = bundles, Explanations = explanation is null ? [] : [explanation] };
            return (result, RuleVerdicts.BundleIncomplete(incomplete, redeemable));
        }

        var applicable = ApplicableTo.Union([.. redeemable.Rules.Select(rule => rule.ApplicableTo)]);
        result = result with { Bundle = bundles, InapplicableTo = TargetCoverage.Excluded(applicable, order) };
        var (benefited, obstacle) = Benefit(result, order, applicable, context, now);
        if (obstacle is not null)
            return (benefited, obstacle);

        var verdict = RuleVerdicts.Judge(new RuleFacts(redeemable, order, context, now) { Credits = benefited.Credits ?? 0, Pending = pending });
        return (benefited with { Counters = verdict.Counters, Explanations = verdict.Explanations }, verdict.Violation);
    }

    private static (BundleCount? Count, ValidationRule? Incomplete) Bundles(Redeemable redeemable, OrderState? order, EvaluationContext context)
    {
        BundleCount? count = null;
        foreach (var rule in redeemable.Rules)
        {
            if (rule.Bundle is not { } bundle)
                continue;
            var found = bundle.Find(order?.Lines ?? []);
            if (found.Quantity == 0 && context.RuleReach is RuleReach.Everything or RuleReach.NoCounters)
                return (found, rule);
            count = count is null || found.Quantity < count.Quantity ? found : count;
        }

        return (count, null);
    }

    private static (RedeemableResult Result, Reason? Obstacle) Benefit(
        RedeemableResult result, OrderState? order, ApplicableTo applicable, EvaluationContext context, DateTimeOffset now)
    {
        switch (result.Redeemable.Benefit)
        {
            case DiscountBenefit benefit:
                var discount = Resolve(benefit.Discount, applicable);
                return (order is null ? result with { Discount = discount } : Take(result, discount, order, applicable, context, now), null);
            case GiftBenefit { ApplyToItems: true } gift when order is not null:
                var coverage = Cover(order, applicable, Bundles(result), context);
                var scope = Scope(result, order, coverage, context, now);
                return coverage.Lines.Any(line => line.Line.HasAmount)
                    ? (result with { Credits = GiftPayment.PayItems(gift, scope), ApplicableTo = TargetCoverage.Of(applicable, coverage, order) }, null)
                    : (result, Reasons.MissingOrderItemsAmount(Reasons.WireType(result.Redeemable.Kind)));
            case GiftBenefit gift when order is not null:
                return (result with { Credits = GiftPayment.Pay(gift, order) }, null);
            case PointsBenefit { Reward: not null } points:
                return (result with { Credits = PointsPayment.Pay(points, order) }, null);
            default:
                return (result, null);
        }
    }

    private static RedeemableResult Take(
        RedeemableResult result, Discount discount, OrderState order, ApplicableTo applicable, EvaluationContext context, DateTimeOffset now)
    {
        var onItems = discount is not UnitOff && discount.Effect != DiscountEffect.ApplyToOrder;
        // Bundles multiply a percentage; everything else on items they multiply by its units.
        var coverage = onItems ? Cover(order, applicable, discount is PercentOff ? 1 : Bundles(result), context) : Coverage.None;
        return result with
        {
            Discount = result.WaitsForBundle ? discount : DiscountCalculator.Apply(discount, Scope(result, order, coverage, context, now)),
            ApplicableTo = onItems ? TargetCoverage.Of(applicable, coverage, order) : [],
        };
    }

    private static DiscountScope Scope(RedeemableResult result, OrderState order, Coverage coverage, EvaluationContext context, DateTimeOffset now)
    {
        var bundles = Bundles(result);
        return new DiscountScope(order, coverage, FromInitialAmount(result.Redeemable, context.StackingRules),
            new FormulaInputs(order, result.Redeemable, context, now, bundles), bundles);
    }

    private static Coverage Cover(OrderState order, ApplicableTo applicable, int bundles, EvaluationContext context)
    {
        var once = context.StackingRules.ProductsApplicationMode == ProductsApplicationMode.Once;
        return CoverageResolver.Resolve(order, applicable, bundles, line => !once || !line.TouchedBefore);
    }

    private static int Bundles(RedeemableResult result) => result.Bundle is { Quantity: > 0 and var found } ? found : 1;

    private static Discount Resolve(Discount discount, ApplicableTo applicable) => discount switch
    {
        UnitOff { Units: [var only] } => discount with { Effect = only.Effect },
        UnitOff => discount with { Effect = DiscountEffect.AddManyItems },
        _ => discount with { Effect = discount.Effect ?? (applicable.NamesProducts ? DiscountEffect.ApplyToItems : DiscountEffect.ApplyToOrder) },
    };

    private static bool FromInitialAmount(Redeemable redeemable, StackingRules rules)
    {
        if (StackingClass.Has(redeemable, rules.InitialAmountModeCategories))
            return true;
        return rules.CalculationMode == DiscountCalculationMode.InitialAmount && !StackingClass.Has(redeemable, rules.DiscountedAmountModeCategories);
    }
}
