namespace Vouchsafe.Engine.Rules.Operators;

/// <summary>When an operator is judged: the instant and the calendar.</summary>
internal readonly record struct OperatorClock(DateTimeOffset Now, TimeZoneInfo Zone)
{
    public DateTime ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}

/// <summary>How an operator reads its operands and judges a value.</summary>
/// <param name="Check">A problem with the operands, or null.</param>
/// <param name="Holds">The judgement. It is asked only with operands that passed the check.</param>
internal sealed record Operator(Func<IReadOnlyList<RuleValue>, string?> Check, Func<RuleValue, IReadOnlyList<RuleValue>, OperatorClock, bool> Holds);

/// <summary>An operator with its operands, as one condition uses it.</summary>
internal sealed record Comparison(string Name, IReadOnlyList<RuleValue> Operands, Operator Operator)
{
    public bool Holds(RuleValue value, OperatorClock clock) => Operator.Holds(value, Operands, clock);
}
