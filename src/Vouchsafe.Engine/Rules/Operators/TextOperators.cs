namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>Parts of a text; one of several operands is enough. $contains on a list asks for an element.</summary>
internal static class TextOperators
{
    public static readonly IReadOnlyDictionary<string, Operator> Table = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["$starts_with"] = Of((text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["$ends_with"] = Of((text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["$contains"] = new(AllTexts, (value, operands, _) => value.Kind == RuleValueKind.List
            ? value.Items!.Any(element => operands.Any(element.SameAs))
            : value.Text is { } text && operands.Any(operand => text.Contains(operand.Text!, StringComparison.Ordinal))),
    };

    private static Operator Of(Func<string, string, bool> holds) => new(
        AllTexts,
        (value, operands, _) => value.Text is { } text && operands.Any(operand => holds(text, operand.Text!)));

    private static string? AllTexts(IReadOnlyList<RuleValue> operands) =>
        OperatorTable.Some(operands) ?? (operands.All(operand => operand.Kind == RuleValueKind.Text) ? null : "needs text values");
}
