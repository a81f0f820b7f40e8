namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>How many elements a list has. Only a list can be counted.</summary>
internal static class CountOperators
{
    public static readonly IReadOnlyDictionary<string, Operator> Table = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["$count"] = Of((count, number) => count == number),
        ["$count_more"] = Of((count, number) => count > number),
        ["$count_less"] = Of((count, number) => count < number),
    };

    private static Operator Of(Func<int, decimal, bool> holds) => new(
        operands => OperatorTable.One(operands) ?? (operands[0].AsNumber() is >= 0 ? null : "needs a number of 0 or more"),
        (value, operands, _) => value.Kind == RuleValueKind.List && holds(value.Items!.Count, operands[0].AsNumber()!.Value));
}
