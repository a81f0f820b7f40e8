using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Rules;

/// <summary>What became of one rule of a redeemable: an explanation for the people of the shop, made only when it is asked for.</summary>
/// <param name="RuleId">The validation rule.</param>
/// <param name="Holds">Whether it held.</param>
/// <param name="Findings">Every condition with its place, in order; an inner one follows the one it is in.</param>
public sealed record RuleExplanation(string RuleId, bool Holds, IReadOnlyList<RuleFinding> Findings)
{
    internal static RuleExplanation Of(ValidationRule rule, bool holds, IReadOnlyList<NodeOutcome> outcomes, RuleFacts facts) =>
        new(rule.Id, holds, [.. BundleParts(rule, facts.Order), .. NodeOutcome.Flatten(outcomes).Select(Explain)]);

    /// <summary>Of a rule whose bundle the order does not hold: its other conditions are not looked at.</summary>
    internal static RuleExplanation OfIncomplete(ValidationRule rule, OrderState? order) => new(rule.Id, false, BundleParts(rule, order));

    private static RuleFinding Explain(NodeOutcome outcome)
    {
        var (node, own) = (outcome.Node, outcome.Own);
        var expected = node.Comparisons.Select(one => $"{one.Name} {string.Join(", ", one.Operands)}")
            .Concat(node.Is.Count > 0 ? [$"$is {string.Join(", ", node.Is.Select(target => target.Id))}"] : [])
            .Concat(node.IsNot.Count > 0 ? [$"$is_not {string.Join(", ", node.IsNot.Select(target => target.Id))}"] : [])
            .Concat(node.From.Count > 0 ? [$"$from {string.Join(", ", node.From.Select(target => target.Id))}"] : []);
        var actual = own.Missing switch
        {
            MissingFact.Order => "(no order)",
            MissingFact.Customer => "(no customer)",
            MissingFact.None => own.Actual.ToString(),
        };
        return new RuleFinding(outcome.Path, node.Name, node.Property, outcome.Holds, string.Join("; ", expected), actual)
        {
            IsJudged = own.IsJudged, Lines = own.Lines,
        };
    }

    // Each part by itself: units that two parts would have to share are counted in both, and the rule's verdict says that they do not suffice.
    private static List<RuleFinding> BundleParts(ValidationRule rule, OrderState? order)
    {
        List<RuleFinding> findings = [];
        foreach (var part in rule.Bundle?.Parts ?? [])
        {
            List<LineFinding> lines = [.. (order?.Lines ?? []).Select((line, index) =>
                new LineFinding(index, RuleFacts.NameOf(line), Products.TargetMatch.Matches(part.Target, line.Source)))];
            var units = lines.Where(line => line.Holds).Sum(line => order!.Lines[line.Index].QuantityBefore);
            findings.Add(new RuleFinding(
                $"bundle.{findings.Count + 1}", "bundle", null, units >= part.Quantity, $"{part.Quantity} of {part.Target.Id}", order is null ? "(no order)" : $"{units}")
            {
                Lines = lines,
            });
        }

        return findings;
    }
}

/// <summary>What became of one condition.</summary>
/// <param name="Path">Its place in the rule, for example <c>1.2</c>; of the parts of a bundle, <c>bundle.1</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Property">The metadata property, if it has one.</param>
/// <param name="Holds">Whether it held, sub-rules included.</param>
/// <param name="Expected">The operators with their operands.</param>
/// <param name="Actual">The value found; for conditions on lines, one value a line.</param>
public sealed record RuleFinding(string Path, string Name, string? Property, bool Holds, string Expected, string Actual)
{
    /// <summary>False for a condition that this kind of question does not look at; it counts as held.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>What it found on each line of the order that it looked at; empty for conditions that look at no lines.</summary>
    public IReadOnlyList<LineFinding> Lines { get; init; } = [];
}

/// <summary>What a condition found on one line of the order.</summary>
/// <param name="Index">The line's number, from 0.</param>
/// <param name="Actual">The value found.</param>
/// <param name="Holds">Whether it is what the condition wants.</param>
public sealed record LineFinding(int Index, string Actual, bool Holds);
