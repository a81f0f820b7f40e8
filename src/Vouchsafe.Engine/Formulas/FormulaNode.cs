namespace Vouchsafe.Engine.Formulas;

/// <summary>A part of a parsed formula.</summary>
internal abstract record FormulaNode
{
    public abstract FormulaValue Evaluate(FormulaInputs inputs);
}

internal sealed record ConstantNode(FormulaValue Value) : FormulaNode
{
    public override FormulaValue Evaluate(FormulaInputs inputs) => Value;
}

internal sealed record OperandNode(Func<FormulaInputs, FormulaValue> Read) : FormulaNode
{
    public override FormulaValue Evaluate(FormulaInputs inputs) => Read(inputs);
}

internal sealed record CallNode(Func<FormulaInputs, FormulaValue[], FormulaValue> Function, FormulaNode[] Arguments) : FormulaNode
{
    // A loop, because a long chain is as deep as it is long, and every frame between two of its operators counts.
    public override FormulaValue Evaluate(FormulaInputs inputs)
    {
        var values = new FormulaValue[Arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Arguments[i].Evaluate(inputs);
        return Function(inputs, values);
    }
}

internal sealed record SwitchNode(FormulaNode Value, (FormulaNode When, FormulaNode Then)[] Cases, FormulaNode Default) : FormulaNode
{
    public override FormulaValue Evaluate(FormulaInputs inputs)
    {
        var value = Value.Evaluate(inputs);
        if (value.IsMissing)
            return FormulaValue.Missing;
        foreach (var (when, then) in Cases)
            if (FormulaFunctions.AreEqual(value, when.Evaluate(inputs)).IsTrue)
                return then.Evaluate(inputs);
        return Default.Evaluate(inputs);
    }
}
