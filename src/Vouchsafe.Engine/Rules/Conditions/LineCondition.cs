using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Rules.Conditions;

/// <summary>
/// A condition on one value of each line. As a sub-rule, the outer condition says whether one line is enough or every one must hold;
/// on its own, <paramref name="every"/> does.
/// </summary>
internal sealed class LineCondition(Func<RuleNode, OrderLine, RuleValue> read, bool every, bool property = false) : Condition(RuleFamily.Order)
{
    public override bool NeedsProperty => property;

    public override ConditionOutcome Judge(RuleNode node, RuleFacts facts)
    {
        if (facts.Order is null)
            return ConditionOutcome.Lacking(MissingFact.Order);
        var lines = facts.Lines;
        var holding = lines.Where(line => node.Comparisons.All(one => one.Holds(read(node, line), facts.Clock))).ToList();
        var all = facts.Scope?.Every ?? every;
        return new ConditionOutcome(all ? lines.Count > 0 && holding.Count == lines.Count : holding.Count > 0)
        {
            Actual = facts.Context.Explain ? new RuleValue(RuleValueKind.List, 0, null, [.. lines.Select(line => read(node, line))]) : default,
            Lines = facts.Context.Explain ? facts.Explain(lines, line => read(node, line).ToString(), holding.Contains) : [],
            Matched = new MatchedLines(holding, all),
        };
    }
}
