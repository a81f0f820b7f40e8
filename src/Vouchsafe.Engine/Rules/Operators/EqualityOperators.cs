namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>Is it one of these? On a list: is one of its elements?</summary>
internal static class EqualityOperators
{
    public static readonly IReadOnlyDictionary<string, Operator> Table = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["$is"] = new(OperatorTable.Some, (value, operands, _) => AnyOf(value, operands)),
        ["$is_not"] = new(OperatorTable.Some, (value, operands, _) => !AnyOf(value, operands)),
        ["$in"] = new(OperatorTable.Some, (value, operands, _) => AnyOf(value, operands)),
        ["$not_in"] = new(OperatorTable.Some, (value, operands, _) => !AnyOf(value, operands)),
        ["$not_intersect"] = new(OperatorTable.Some, (value, operands, _) => !AnyOf(value, operands)),
        ["$not_differ"] = new(OperatorTable.Some, (value, operands, _) =>
            value.Each().Count > 0
            && value.Each().All(element => operands.Any(element.SameAs))
            && operands.All(operand => value.Each().Any(operand.SameAs))),
    };

    private static bool AnyOf(RuleValue value, IReadOnlyList<RuleValue> operands) =>
        value.Each().Any(element => operands.Any(element.SameAs));
}
