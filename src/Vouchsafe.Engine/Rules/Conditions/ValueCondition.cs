namespace Vouchsafe.Engine.Rules.Conditions;

/// <summary>A condition on one value of the order, the customer or the redemption.</summary>
internal sealed class ValueCondition(RuleFamily family, Func<RuleNode, RuleFacts, RuleValue> read, MissingFact needs = MissingFact.None, bool property = false)
    : Condition(family)
{
    public override bool NeedsProperty => property;

    public override ConditionOutcome Judge(RuleNode node, RuleFacts facts)
    {
        if (needs == MissingFact.Order && facts.Order is null)
            return ConditionOutcome.Lacking(MissingFact.Order);
        if (needs == MissingFact.Customer && facts.Context.Customer is null)
            return ConditionOutcome.Lacking(MissingFact.Customer);
        return ConditionOutcome.Of(read(node, facts), node.Comparisons, facts);
    }
}
