using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Rules;

/// <summary>One numbered condition with its operators and sub-rules.</summary>
internal sealed record RuleNode(string Number, string Name, Condition Condition)
{
    public string? Property { get; init; }
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];
    public IReadOnlyList<ItemTarget> Is { get; init; } = [];
    public IReadOnlyList<ItemTarget> IsNot { get; init; } = [];
    public IReadOnlyList<ItemTarget> From { get; init; } = [];
    public RuleGroup? Rules { get; init; }
    public string? Message { get; init; }
}

/// <summary>Numbered conditions and the logic between them.</summary>
internal sealed record RuleGroup(IReadOnlyList<RuleNode> Nodes, LogicNode Logic);

/// <summary>A condition's outcome with its place in the rule.</summary>
internal sealed record NodeOutcome(RuleNode Node, string Path, ConditionOutcome Own, bool Holds, IReadOnlyList<NodeOutcome> Inner)
{
    /// <summary>The outcomes with all that is in them, each before its own.</summary>
    public static IEnumerable<NodeOutcome> Flatten(IReadOnlyList<NodeOutcome> outcomes) =>
        outcomes.SelectMany(outcome => Flatten(outcome.Inner).Prepend(outcome));
}

/// <summary>Judges a group. Every condition is judged, also where the logic is decided already, so that a verdict can be explained.</summary>
internal static class RuleJudge
{
    public static (bool Holds, IReadOnlyList<NodeOutcome> Outcomes) Judge(RuleGroup group, RuleFacts facts, IReadOnlyCollection<RuleNode>? assumeFalse = null, string path = "")
    {
        var outcomes = new List<NodeOutcome>(group.Nodes.Count);
        foreach (var node in group.Nodes)
            outcomes.Add(Judge(node, facts, assumeFalse, path + node.Number));
        return (group.Logic.Holds(number => outcomes.Exists(outcome => outcome.Node.Number == number && outcome.Holds)), outcomes);
    }

    private static NodeOutcome Judge(RuleNode node, RuleFacts facts, IReadOnlyCollection<RuleNode>? assumeFalse, string path)
    {
        if (IsOutOfReach(node, facts.Context.RuleReach))
            return new NodeOutcome(node, path, new ConditionOutcome(true) { IsJudged = false }, true, []);
        var own = node.Condition.Judge(node, facts);
        var assumed = own.Holds && assumeFalse?.Contains(node) != true;
        if (node.Rules is not { } inner)
            return new NodeOutcome(node, path, own, assumed, []);
        var (holds, outcomes) = Judge(inner, facts with { Scope = own.Matched ?? facts.Scope }, assumeFalse, path + ".");
        return new NodeOutcome(node, path, own, assumed && holds, outcomes);
    }

    private static bool IsOutOfReach(RuleNode node, RuleReach reach) => reach switch
    {
        RuleReach.Everything => false,
        RuleReach.NoCounters or RuleReach.NoCountersNorBundles => node.Condition is Conditions.CounterCondition,
        RuleReach.AudienceOnly => node.Condition.Family != RuleFamily.Customer,
    };
}
