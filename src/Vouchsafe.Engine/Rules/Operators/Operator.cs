namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>How an operator reads its operands and judges a value.</summary>
/// <param name="Check">A problem with the operands, or null.</param>
/// <param name="Holds">The judgement. It is asked only with operands that passed the check.</param>
internal sealed record Operator(Func<IReadOnlyList<RuleValue>, string?> Check, Func<RuleValue, IReadOnlyList<RuleValue>, ProjectClock, bool> Holds);

/// <summary>An operator with its operands, as one condition uses it.</summary>
internal sealed record Comparison(string Name, IReadOnlyList<RuleValue> Operands, Operator Operator)
{
    public bool Holds(RuleValue value, ProjectClock clock) => Operator.Holds(value, Operands, clock);
}
