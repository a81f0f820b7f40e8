namespace Vouchsafe.Engine.Rules;

/// <summary>Reads rule logic: numbers, <c>and</c>, <c>or</c>, brackets; <c>and</c> binds tighter.</summary>
internal sealed class LogicParser(string text, IReadOnlyCollection<string> known)
{
    private const int LongestText = 2000;
    private const int DeepestNesting = 30;

    private readonly string[] _tokens = text.Length > LongestText
        ? []
        : text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private int _at;
    private int _depth;

    public string? Problem { get; private set; }

    private string Here => _at < _tokens.Length ? _tokens[_at] : "";

    public LogicNode Parse()
    {
        var node = Or();
        if (Problem is null && _at < _tokens.Length)
            Problem = $"unexpected '{Here}'";
        return node;
    }

    private LogicNode Or() => Chain("or", And, parts => new OrNode(parts));

    private LogicNode And() => Chain("and", Part, parts => new AndNode(parts));

    private LogicNode Chain(string word, Func<LogicNode> part, Func<IReadOnlyList<LogicNode>, LogicNode> join)
    {
        var parts = new List<LogicNode> { part() };
        while (Problem is null && string.Equals(Here, word, StringComparison.OrdinalIgnoreCase))
        {
            _at++;
            parts.Add(part());
        }

        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private LogicNode Part()
    {
        var token = Here;
        _at++;
        if (token == "(" && ++_depth <= DeepestNesting)
        {
            var inner = Or();
            _depth--;
            if (Here != ")")
                Problem ??= "a closing bracket is missing";
            _at++;
            return inner;
        }

        if (!known.Contains(token))
            Problem ??= token.Length == 0 ? "a rule number is missing" : $"'{token}' is not the number of a rule";
        return new NumberNode(token);
    }
}
