namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>
/// Every operator by name. A value that is missing satisfies only the negative operators ($is_not, $not_in, $not_intersect): what is not
/// there is not the forbidden thing; everything else fails closed.
/// </summary>
internal static class OperatorTable
{
    public static readonly IReadOnlyDictionary<string, Operator> All = Build();

    private static Dictionary<string, Operator> Build()
    {
        var table = new Dictionary<string, Operator>(StringComparer.Ordinal);
        foreach (var part in new[] { EqualityOperators.Table, OrderingOperators.Table, TextOperators.Table, CountOperators.Table, DateOperators.Table })
            foreach (var (name, @operator) in part)
                table.Add(name, @operator);
        return table;
    }

    /// <summary>At least one operand.</summary>
    public static string? Some(IReadOnlyList<RuleValue> operands) =>
        operands.Count == 0 || operands.Any(operand => operand.Kind == RuleValueKind.Missing) ? "needs at least one value" : null;

    /// <summary>Exactly one operand.</summary>
    public static string? One(IReadOnlyList<RuleValue> operands) =>
        operands.Count == 1 && operands[0].Kind != RuleValueKind.Missing ? null : "needs exactly one value";
}
