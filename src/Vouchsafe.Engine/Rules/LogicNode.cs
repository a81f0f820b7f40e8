namespace Vouchsafe.Engine.Rules;

/// <summary>The logic between numbered conditions: <c>1 and (2 or 3)</c>.</summary>
public abstract record LogicNode
{
    private protected LogicNode()
    {
    }

    /// <summary>Whether it holds, given which conditions do.</summary>
    public abstract bool Holds(Func<string, bool> holds);

    /// <summary>All of them: what holds where no logic is written.</summary>
    public static LogicNode All(IEnumerable<string> numbers) => new AndNode([.. numbers.Select(number => new NumberNode(number))]);

    /// <summary>Reads the logic; null with a problem when it is malformed or names a number that does not exist.</summary>
    public static LogicNode? Parse(string text, IReadOnlyCollection<string> known, out string? problem)
    {
        var parser = new LogicParser(text, known);
        var node = parser.Parse();
        problem = parser.Problem;
        return problem is null ? node : null;
    }
}

/// <summary>One condition.</summary>
/// <param name="Number">Its number.</param>
public sealed record NumberNode(string Number) : LogicNode
{
    /// <inheritdoc />
    public override bool Holds(Func<string, bool> holds) => holds(Number);
}

/// <summary>All parts hold.</summary>
/// <param name="Parts">The parts.</param>
public sealed record AndNode(IReadOnlyList<LogicNode> Parts) : LogicNode
{
    /// <inheritdoc />
    public override bool Holds(Func<string, bool> holds) => Parts.All(part => part.Holds(holds));
}

/// <summary>One part holds at least.</summary>
/// <param name="Parts">The parts.</param>
public sealed record OrNode(IReadOnlyList<LogicNode> Parts) : LogicNode
{
    /// <inheritdoc />
    public override bool Holds(Func<string, bool> holds) => Parts.Any(part => part.Holds(holds));
}
