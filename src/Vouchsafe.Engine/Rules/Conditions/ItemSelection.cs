using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Rules.Conditions;

/// <summary>A condition that selects lines by product, SKU or collection: <c>$is</c> (one of them), <c>$is_not</c>, <c>$from</c> (also in one of these).</summary>
internal abstract class ItemSelection() : Condition(RuleFamily.Order)
{
    public override bool SelectsItems => true;

    public override string? Check(IReadOnlyList<Comparison> comparisons) => null;

    public override ConditionOutcome Judge(RuleNode node, RuleFacts facts)
    {
        if (facts.Order is null)
            return ConditionOutcome.Lacking(MissingFact.Order);
        var outcome = Select(node, facts.Lines);
        return !facts.Context.Explain ? outcome : outcome with
        {
            Actual = RuleValue.Of(facts.Lines.Select(RuleFacts.NameOf)),
            Lines = facts.Explain(LookedAt(outcome, facts), RuleFacts.NameOf, line => Holds(node, line)),
        };
    }

    /// <summary>The lines that decide.</summary>
    protected virtual IEnumerable<OrderLine> LookedAt(ConditionOutcome outcome, RuleFacts facts) => facts.Lines;

    /// <summary>Whether a line is as the condition wants it.</summary>
    protected virtual bool Holds(RuleNode node, OrderLine line) => Fits(node, line);

    protected abstract ConditionOutcome Select(RuleNode node, IReadOnlyList<OrderLine> lines);

    protected static bool Fits(RuleNode node, OrderLine line) =>
        (node.Is.Count == 0 || node.Is.Any(target => TargetMatch.Matches(target, line.Source)))
        && !node.IsNot.Any(target => TargetMatch.Matches(target, line.Source))
        && IsFrom(node, line);

    protected static bool IsFrom(RuleNode node, OrderLine line) =>
        node.From.Count == 0 || node.From.Any(target => TargetMatch.Matches(target, line.Source));
}

/// <summary><c>order.items.any</c>: at least one line fits.</summary>
internal sealed class AnyItem : ItemSelection
{
    protected override ConditionOutcome Select(RuleNode node, IReadOnlyList<OrderLine> lines)
    {
        var fitting = lines.Where(line => Fits(node, line)).ToList();
        return new ConditionOutcome(fitting.Count > 0) { Matched = new MatchedLines(fitting, Every: false) };
    }
}

/// <summary><c>order.items.every</c>: every line fits, and there is one.</summary>
internal sealed class EveryItem : ItemSelection
{
    protected override ConditionOutcome Select(RuleNode node, IReadOnlyList<OrderLine> lines) =>
        new(lines.Count > 0 && lines.All(line => Fits(node, line))) { Matched = new MatchedLines(lines, Every: true) };
}

/// <summary><c>order.items.none</c>: no line fits.</summary>
internal sealed class NoItem : ItemSelection
{
    protected override ConditionOutcome Select(RuleNode node, IReadOnlyList<OrderLine> lines) => new(!lines.Any(line => Fits(node, line)));

    protected override bool Holds(RuleNode node, OrderLine line) => !Fits(node, line);
}

/// <summary>
/// <c>order.items.cheapest</c> and <c>order.items.most_expensive</c>: among the lines of <c>$from</c> (or all), those with the extreme
/// unit price; each of them must be what <c>$is</c> names.
/// </summary>
internal sealed class ExtremeItem(bool cheapest) : ItemSelection
{
    protected override IEnumerable<OrderLine> LookedAt(ConditionOutcome outcome, RuleFacts facts) => outcome.Matched?.Lines ?? [];

    protected override ConditionOutcome Select(RuleNode node, IReadOnlyList<OrderLine> lines)
    {
        var priced = lines.Where(line => line.Price is not null && IsFrom(node, line)).ToList();
        if (priced.Count == 0)
            return new ConditionOutcome(false);
        var extreme = cheapest ? priced.Min(line => line.Price) : priced.Max(line => line.Price);
        var qualified = priced.Where(line => line.Price == extreme).ToList();
        return new ConditionOutcome(qualified.All(line => Fits(node, line))) { Matched = new MatchedLines(qualified, Every: true) };
    }
}
