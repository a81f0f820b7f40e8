namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>Smaller and greater, for numbers and dates.</summary>
internal static class OrderingOperators
{
    public static readonly IReadOnlyDictionary<string, Operator> Table = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["$less_than"] = Of(order => order < 0),
        ["$less_than_or_equal"] = Of(order => order <= 0),
        ["$more_than"] = Of(order => order > 0),
        ["$more_than_or_equal"] = Of(order => order >= 0),
        // The same by the name that the published examples of rules have.
        ["$greater_than_or_equal"] = Of(order => order >= 0),
    };

    private static Operator Of(Func<int, bool> holds) => new(
        operands => OperatorTable.One(operands)
            ?? (operands[0].AsNumber() is null && operands[0].AsDate(RuleValue.AnyClock) is null ? "needs a number or a date" : null),
        (value, operands, clock) => value.CompareTo(operands[0], clock) is { } order && holds(order));
}
