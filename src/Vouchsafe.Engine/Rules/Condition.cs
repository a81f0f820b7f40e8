using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Rules;

/// <summary>What a condition is about: decides the key of the refusal and what AUDIENCE_ONLY looks at.</summary>
internal enum RuleFamily
{
    Order,
    Customer,
    Redemption,
}

/// <summary>What a condition could not look at because the request has none.</summary>
internal enum MissingFact
{
    None,
    Order,
    Customer,
}

/// <summary>What became of one condition.</summary>
internal sealed record ConditionOutcome(bool Holds)
{
    public MissingFact Missing { get; init; }

    /// <summary>The value judged, for explanations.</summary>
    public RuleValue Actual { get; init; }

    /// <summary>False when the question does not reach this condition.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>What was found on each line, for explanations; empty unless one is asked for.</summary>
    public IReadOnlyList<LineFinding> Lines { get; init; } = [];

    /// <summary>Lines for the sub-rules.</summary>
    public MatchedLines? Matched { get; init; }

    /// <summary>The counter read, for the ledger.</summary>
    public CounterRead? Counter { get; init; }

    public static ConditionOutcome Lacking(MissingFact fact) => new(false) { Missing = fact };

    public static ConditionOutcome Of(RuleValue value, IReadOnlyList<Comparison> comparisons, RuleFacts facts) =>
        new(comparisons.All(comparison => comparison.Holds(value, facts.Clock))) { Actual = value };
}

/// <summary>A counter that a condition reads.</summary>
/// <param name="Key">The counter's key.</param>
/// <param name="Delta">What this redemption adds.</param>
/// <param name="Limit">The most the condition lets it reach; null when it sets no upper bound.</param>
internal sealed record CounterRead(string Key, long Delta, long? Limit);

/// <summary>One named condition of the rule language. Conditions hold no state; a rule's node carries operators and property.</summary>
internal abstract class Condition(RuleFamily family)
{
    public RuleFamily Family { get; } = family;

    public virtual bool NeedsProperty => false;

    /// <summary>True when operands name products, SKUs or collections.</summary>
    public virtual bool SelectsItems => false;

    /// <summary>A problem with the operators beyond what each of them checks itself; null when fine.</summary>
    public virtual string? Check(IReadOnlyList<Comparison> comparisons) => comparisons.Count == 0 ? "needs at least one condition" : null;

    public abstract ConditionOutcome Judge(RuleNode node, RuleFacts facts);
}
