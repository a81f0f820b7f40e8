namespace Vouchsafe.Engine.Formulas;

/// <summary>
/// Recursive descent over the tokens. Loosest first: OR, AND, comparisons and text operators, sums, products, sign, brackets.
/// Problems are collected as values; parsing stops at the first.
/// </summary>
internal sealed class FormulaParser(List<Token> tokens)
{
    // Deep enough for every formula a person writes, shallow enough that no text can exhaust the stack.
    private const int DeepestNesting = 40;

    // A chain of operators is evaluated as deep as it is long.
    private const int MostOperators = 500;

    private int _at;
    private int _operators;
    private int _depth;

    public string? Problem { get; private set; }

    // The end is never passed, whatever a problem leaves behind.
    private Token Here => tokens[Math.Min(_at, tokens.Count - 1)];

    public FormulaNode? Parse()
    {
        var node = Or();
        if (Problem is null && Here.Kind != TokenKind.End)
            Fail($"unexpected input at position {Here.At + 1}");
        return Problem is null ? node : null;
    }

    private FormulaNode Or() => Chain(And, "OR");

    private FormulaNode And() => Chain(Comparison, "AND");

    private FormulaNode Chain(Func<FormulaNode> operand, string name)
    {
        var left = operand();
        while (Problem is null && IsName(name))
        {
            Step();
            left = new CallNode(FormulaFunctions.Operators[name], [left, operand()]);
        }

        return left;
    }

    private FormulaNode Comparison()
    {
        var left = Sum();
        var name = Here.Kind == TokenKind.Sign ? Here.Text : Here.Kind == TokenKind.Name ? Here.Text.ToUpperInvariant() : "";
        if (Problem is not null || !FormulaFunctions.Comparisons.TryGetValue(name, out var function))
            return left;
        _at++;
        return new CallNode(function, [left, Sum()]);
    }

    private FormulaNode Sum() => Level(Product, sign => sign is "+" or "-");

    private FormulaNode Product() => Level(Signed, sign => sign is "*" or "/" or "÷" or "%" || string.Equals(sign, "x", StringComparison.OrdinalIgnoreCase));

    private FormulaNode Level(Func<FormulaNode> operand, Func<string, bool> belongs)
    {
        var left = operand();
        while (Problem is null && Here.Kind is TokenKind.Sign or TokenKind.Name && belongs(Here.Text))
        {
            var function = FormulaFunctions.Operators[Here.Text.ToUpperInvariant()];
            Step();
            left = new CallNode(function, [left, operand()]);
        }

        return left;
    }

    private FormulaNode Signed()
    {
        if (!IsSign("-"))
            return Primary();
        _at++;
        return new CallNode(FormulaFunctions.Operators["-"], [new ConstantNode(FormulaValue.Of(0m)), Nested(Signed)]);
    }

    private FormulaNode Primary()
    {
        var token = Here;
        _at += token.Kind == TokenKind.End ? 0 : 1;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new ConstantNode(FormulaValue.Of(token.Number));
            case TokenKind.Text:
                return new ConstantNode(FormulaValue.Of(token.Text));
            case TokenKind.Name:
                return Named(token);
            case TokenKind.Sign when token.Text == "(":
                var inner = Nested(Or);
                Expect(")");
                return inner;
            default:
                return Fail($"a value is missing at position {token.At + 1}");
        }
    }

    private FormulaNode Named(Token token)
    {
        if (token.Text == "SWITCH")
            return Nested(Switch);
        if (FormulaOperands.Metadata.TryGetValue(token.Text, out var metadata))
            return MetadataOf(metadata);
        if (FormulaOperands.Plain.TryGetValue(token.Text, out var operand))
            return new OperandNode(operand);
        if (!FormulaFunctions.Calls.TryGetValue(token.Text, out var call))
            return Fail($"unknown name '{token.Text}' at position {token.At + 1}");

        var arguments = Nested(Arguments);
        if (Problem is null && (arguments.Length < call.Least || arguments.Length > call.Most))
            return Fail($"{token.Text} takes {call.Least} to {call.Most} arguments");
        return new CallNode(call.Function, arguments);
    }

    private FormulaNode MetadataOf(Func<FormulaInputs, string, FormulaValue> read)
    {
        Expect("(");
        var key = Here;
        if (Problem is null && key.Kind != TokenKind.Text)
            return Fail($"a metadata name in quotes is missing at position {key.At + 1}");
        _at++;
        Expect(")");
        return new OperandNode(inputs => read(inputs, key.Text));
    }

    private FormulaNode[] Arguments()
    {
        Expect("(");
        var arguments = new List<FormulaNode> { Or() };
        while (Problem is null && IsSign(";"))
        {
            _at++;
            arguments.Add(Or());
        }

        Expect(")");
        return [.. arguments];
    }

    // Cases stand side by side; a separator between them is accepted too.
    private FormulaNode Switch()
    {
        Expect("(");
        var value = Or();
        Expect(";");
        var cases = new List<(FormulaNode, FormulaNode)>();
        while (Problem is null && IsName("SWITCH_CASE"))
        {
            _at++;
            var pair = Arguments();
            if (Problem is null && pair.Length != 2)
                return Fail("SWITCH_CASE takes 2 arguments");
            if (Problem is null)
                cases.Add((pair[0], pair[1]));
            if (IsSign(";"))
                _at++;
        }

        var otherwise = Problem is null ? Or() : null;
        Expect(")");
        return Problem is null ? new SwitchNode(value, [.. cases], otherwise!) : value;
    }

    private void Step()
    {
        _at++;
        if (++_operators > MostOperators)
            Fail($"must have at most {MostOperators} operators");
    }

    private T Nested<T>(Func<T> part)
    {
        if (++_depth > DeepestNesting)
        {
            Fail("nested too deeply");
            _at = tokens.Count - 1;
        }

        var node = part();
        _depth--;
        return node;
    }

    private bool IsSign(string sign) => Here.Kind == TokenKind.Sign && Here.Text == sign;

    private bool IsName(string name) => Here.Kind == TokenKind.Name && string.Equals(Here.Text, name, StringComparison.OrdinalIgnoreCase);

    private void Expect(string sign)
    {
        if (Problem is not null)
            return;
        if (!IsSign(sign))
            Fail($"'{sign}' is missing at position {Here.At + 1}");
        else
            _at++;
    }

    private ConstantNode Fail(string problem)
    {
        Problem ??= problem;
        return new ConstantNode(FormulaValue.Missing);
    }
}
