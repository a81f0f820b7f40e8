using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine.Rules;

/// <summary>What all rules of a redeemable say together.</summary>
internal sealed record RuleVerdict(Reason? Violation, IReadOnlyList<CounterRead> Counters, IReadOnlyList<RuleExplanation> Explanations)
{
    public static readonly RuleVerdict Nothing = new(null, [], []);
}

/// <summary>Judges the rules of a redeemable: all of them must hold.</summary>
internal static class RuleVerdicts
{
    public static RuleVerdict Judge(RuleFacts facts)
    {
        var rules = facts.Redeemable.Rules;
        if (rules.Count == 0)
            return RuleVerdict.Nothing;
        var failures = new List<(ValidationRule Rule, NodeOutcome? Node)>();
        var counters = new List<CounterRead>();
        var explanations = new List<RuleExplanation>();
        foreach (var rule in rules)
        {
            if (rule.Rules is not { } group)
            {
                if (facts.Context.Explain)
                    explanations.Add(RuleExplanation.Of(rule, holds: true, [], facts));
                continue;
            }

            var (holds, outcomes) = RuleJudge.Judge(group, facts);
            if (!holds)
                failures.Add((rule, outcomes.FirstOrDefault(outcome => !outcome.Holds)));
            else
                counters.AddRange(Enforceable(group, outcomes, facts));
            if (facts.Context.Explain)
                explanations.Add(RuleExplanation.Of(rule, holds, outcomes, facts));
        }

        return new RuleVerdict(failures.Count == 0 ? null : Refusal(failures, facts.Redeemable), counters, explanations);
    }

    public static Reason BundleIncomplete(ValidationRule rule, Redeemable redeemable) =>
        Reasons.RulesViolated(RuleFamily.Order, redeemable.Kind, [rule.Id]) with { CustomMessage = rule.Message };

    // A limit that another branch of the logic makes unnecessary is counted, but must not be enforced. Two limits may make each other
    // unnecessary, so one is let go only if the rule holds without it and without all that were let go before.
    private static List<CounterRead> Enforceable(RuleGroup group, IReadOnlyList<NodeOutcome> outcomes, RuleFacts facts)
    {
        var reads = new List<CounterRead>();
        var letGo = new List<RuleNode>();
        foreach (var outcome in NodeOutcome.Flatten(outcomes))
        {
            if (outcome.Own.Counter is not { } counter)
                continue;
            if (counter.Limit is not null && RuleJudge.Judge(group, facts, [.. letGo, outcome.Node]).Holds)
            {
                letGo.Add(outcome.Node);
                counter = counter with { Limit = null };
            }

            reads.Add(counter);
        }

        return reads;
    }

    private static Reason Refusal(List<(ValidationRule Rule, NodeOutcome? Node)> failures, Redeemable redeemable)
    {
        var (rule, first) = failures[0];
        var deepest = first;
        var message = first?.Node.Message;
        while (deepest is { Own.Holds: true } && deepest.Inner.FirstOrDefault(inner => !inner.Holds) is { } inner)
        {
            deepest = inner;
            message = inner.Node.Message ?? message;
        }

        var reason = deepest?.Own.Missing switch
        {
            MissingFact.Customer => Reasons.MissingCustomer(),
            MissingFact.Order => Reasons.MissingOrder(Reasons.WireType(redeemable.Kind)),
            _ => Reasons.RulesViolated(first?.Node.Condition.Family ?? RuleFamily.Redemption, redeemable.Kind, [.. failures.Select(failure => failure.Rule.Id)]),
        };
        return reason with { CustomMessage = message ?? rule.Message };
    }
}
