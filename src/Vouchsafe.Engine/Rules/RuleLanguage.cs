using Vouchsafe.Engine.Rules.Conditions;
using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Rules;

/// <summary>What a condition looks at, as far as it decides what may stand beside its operators.</summary>
public enum ConditionSubject
{
    /// <summary>One value of the order, its lines, the customer or the redemption.</summary>
    Value,

    /// <summary>A metadata property, which the condition names.</summary>
    Metadata,

    /// <summary>Products, SKUs and collections among the lines.</summary>
    Items,

    /// <summary>How many redemptions were made.</summary>
    Count,

    /// <summary>How much was spent or given, minor units.</summary>
    Budget,
}

/// <summary>A condition of the rule language, for those who offer it.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Subject">What it looks at.</param>
/// <param name="Operators">The operators it takes, by their names on the wire.</param>
public sealed record ConditionDescription(string Name, ConditionSubject Subject, IReadOnlyList<string> Operators)
{
    /// <summary>Whether it names a metadata property.</summary>
    public bool NeedsProperty => Subject == ConditionSubject.Metadata;
}

/// <summary>The rule language as the engine reads it: whoever offers conditions and operators takes them from here.</summary>
public static class RuleLanguage
{
    /// <summary>Every operator on values; conditions on items take others.</summary>
    public static IReadOnlyList<string> Operators { get; } = [.. OperatorTable.All.Keys];

    /// <summary>The operators of conditions on items.</summary>
    public static IReadOnlyList<string> ItemOperators { get; } = ["$is", "$in", "$is_not", "$not_in", "$from"];

    /// <summary>Every condition, in the order of the engine's table.</summary>
    public static IReadOnlyList<ConditionDescription> Conditions { get; } = [.. ConditionTable.All.Select(Describe)];

    private static ConditionDescription Describe(KeyValuePair<string, Condition> entry) =>
        new(entry.Key, SubjectOf(entry.Value), entry.Value.SelectsItems ? ItemOperators : Operators);

    private static ConditionSubject SubjectOf(Condition condition) => condition switch
    {
        { SelectsItems: true } => ConditionSubject.Items,
        { NeedsProperty: true } => ConditionSubject.Metadata,
        CounterCondition { Measure: CounterCondition.Redemptions } => ConditionSubject.Count,
        CounterCondition => ConditionSubject.Budget,
        _ => ConditionSubject.Value,
    };
}
