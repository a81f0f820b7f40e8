using System.Globalization;

namespace Vouchsafe.Engine.Formulas;

using Function = Func<FormulaInputs, FormulaValue[], FormulaValue>;

/// <summary>A function that is called with brackets, and how many arguments it takes.</summary>
internal sealed record FormulaCall(int Least, int Most, Function Function);

/// <summary>The tables of operators and functions.</summary>
internal static class FormulaFunctions
{
    private const int Many = 50;

    public static readonly IReadOnlyDictionary<string, Function> Operators = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["+"] = Numbers((a, b) => a + b),
        ["-"] = Numbers((a, b) => a - b),
        ["*"] = Numbers((a, b) => a * b),
        ["X"] = Numbers((a, b) => a * b),
        ["/"] = Numbers(Divide),
        ["÷"] = Numbers(Divide),
        ["%"] = Numbers((a, b) => b == 0 ? null : a % b),
        ["AND"] = (_, args) => Both(args[0], args[1], whenDecided: false),
        ["OR"] = (_, args) => Both(args[0], args[1], whenDecided: true),
    };

    public static readonly IReadOnlyDictionary<string, Function> Comparisons = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        [">"] = Ordered(order => order > 0),
        ["<"] = Ordered(order => order < 0),
        [">="] = Ordered(order => order >= 0),
        ["<="] = Ordered(order => order <= 0),
        ["="] = (_, args) => AreEqual(args[0], args[1]),
        ["!="] = (_, args) => Not(AreEqual(args[0], args[1])),
        ["<>"] = (_, args) => Not(AreEqual(args[0], args[1])),
        ["IS"] = (_, args) => AreEqual(args[0], args[1]),
        ["ISNOT"] = (_, args) => Not(AreEqual(args[0], args[1])),
        ["IS_NOT"] = (_, args) => Not(AreEqual(args[0], args[1])),
        ["CONTAINS"] = Texts((text, part) => text.Contains(part, StringComparison.Ordinal)),
        ["STARTSWITH"] = Texts((text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["STARTS_WITH"] = Texts((text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["ENDSWITH"] = Texts((text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["ENDS_WITH"] = Texts((text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["IN_ARRAY"] = (_, args) => InArray(args),
        ["NOT_IN_ARRAY"] = (_, args) => Not(InArray(args)),
        ["DATE_IS"] = Dates((a, b, clock) => clock.ToLocal(a).Date == clock.ToLocal(b).Date),
        ["DATE_IS_NOT"] = Dates((a, b, clock) => clock.ToLocal(a).Date != clock.ToLocal(b).Date),
        ["IS_AFTER"] = Dates((a, b, _) => a > b),
        ["IS_BEFORE"] = Dates((a, b, _) => a < b),
    };

    public static readonly IReadOnlyDictionary<string, FormulaCall> Calls = BuildCalls();

    public static FormulaValue AreEqual(FormulaValue left, FormulaValue right)
    {
        if (left.IsMissing || right.IsMissing)
            return FormulaValue.Missing;
        return FormulaValue.Of(left.Kind == right.Kind
            && left.Number == right.Number && left.Date == right.Date && string.Equals(left.Text, right.Text, StringComparison.Ordinal));
    }

    private static Dictionary<string, FormulaCall> BuildCalls()
    {
        var calls = new Dictionary<string, FormulaCall>(StringComparer.Ordinal)
        {
            ["MIN"] = new(1, Many, (_, args) => Extreme(args, Math.Min)),
            ["MAX"] = new(1, Many, (_, args) => Extreme(args, Math.Max)),
            ["POW"] = new(2, 2, Numbers(Power)),
            ["IF"] = new(3, 3, (_, args) => args[0].Kind != FormulaKind.Boolean ? FormulaValue.Missing : args[0].IsTrue ? args[1] : args[2]),
            ["DEFAULT_TO"] = new(2, Many, (_, args) => args.FirstOrDefault(value => !value.IsMissing)),
            ["ROUND"] = new(1, 2, Places((value, unit) => Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit)),
            ["FLOOR"] = new(1, 2, Places((value, unit) => Math.Floor(value / unit) * unit)),
            ["CEIL"] = new(1, 2, Places((value, unit) => Math.Ceiling(value / unit) * unit)),
        };
        foreach (var (name, function) in Comparisons.Where(pair => char.IsAsciiLetter(pair.Key[0])))
            calls[name] = new FormulaCall(2, name.EndsWith("IN_ARRAY", StringComparison.Ordinal) ? Many : 2, function);
        foreach (var (name, function) in FormulaDates.Calls)
            calls[name] = new FormulaCall(1, 1, function);
        return calls;
    }

    private static Function Numbers(Func<decimal, decimal, decimal?> compute) => (_, args) =>
        args[0].Kind == FormulaKind.Number && args[1].Kind == FormulaKind.Number
            ? FormulaValue.Of(compute(args[0].Number, args[1].Number))
            : FormulaValue.Missing;

    private static Function Texts(Func<string, string, bool> compare) => (_, args) =>
        args[0].Text is { } text && args[1].Text is { } part ? FormulaValue.Of(compare(text, part)) : FormulaValue.Missing;

    private static Function Dates(Func<DateTimeOffset, DateTimeOffset, ProjectClock, bool> compare) => (inputs, args) =>
        args[0].AsDate(inputs.Clock) is { } left && args[1].AsDate(inputs.Clock) is { } right
            ? FormulaValue.Of(compare(left, right, inputs.Clock))
            : FormulaValue.Missing;

    private static Function Ordered(Func<int, bool> holds) => (_, args) =>
    {
        var (left, right) = (args[0], args[1]);
        if (left.Kind != right.Kind)
            return FormulaValue.Missing;
        return left.Kind switch
        {
            FormulaKind.Number => FormulaValue.Of(holds(left.Number.CompareTo(right.Number))),
            FormulaKind.Date => FormulaValue.Of(holds(left.Date.CompareTo(right.Date))),
            FormulaKind.Text => FormulaValue.Of(holds(string.CompareOrdinal(left.Text, right.Text))),
            FormulaKind.Missing or FormulaKind.Boolean => FormulaValue.Missing,
        };
    };

    // Rounds to the unit 10^-places.
    private static Function Places(Func<decimal, decimal, decimal> round) => (_, args) =>
    {
        var places = args.Length > 1 ? args[1] : FormulaValue.Of(0m);
        if (args[0].Kind != FormulaKind.Number || places.Kind != FormulaKind.Number || Math.Abs(places.Number) > 10)
            return FormulaValue.Missing;
        var unit = 1m;
        for (var i = 0; i < Math.Abs((int)places.Number); i++)
            unit = places.Number > 0 ? unit / 10 : unit * 10;
        return FormulaValue.Of(round(args[0].Number, unit));
    };

    private static decimal? Divide(decimal left, decimal right) => Math.Abs(right) < 0.000_000_01m ? null : left / right;

    private static decimal? Power(decimal left, decimal right)
    {
        var power = Math.Pow((double)left, (double)right);
        return double.IsFinite(power) && Math.Abs(power) < 1e13 ? (decimal)power : null;
    }

    private static FormulaValue Extreme(FormulaValue[] args, Func<decimal, decimal, decimal> pick) =>
        args.All(value => value.Kind == FormulaKind.Number)
            ? FormulaValue.Of(args.Select(value => value.Number).Aggregate(pick))
            : FormulaValue.Missing;

    // An AND with one false side is false, an OR with one true side is true, whatever the other side is.
    private static FormulaValue Both(FormulaValue left, FormulaValue right, bool whenDecided)
    {
        bool Decides(FormulaValue value) => value.Kind == FormulaKind.Boolean && value.IsTrue == whenDecided;
        if (Decides(left) || Decides(right))
            return FormulaValue.Of(whenDecided);
        return left.Kind == FormulaKind.Boolean && right.Kind == FormulaKind.Boolean ? FormulaValue.Of(!whenDecided) : FormulaValue.Missing;
    }

    private static FormulaValue Not(FormulaValue value) => value.IsMissing ? value : FormulaValue.Of(!value.IsTrue);

    // The list is either several values or one text with commas.
    private static FormulaValue InArray(FormulaValue[] args)
    {
        if (args.Any(value => value.IsMissing))
            return FormulaValue.Missing;
        if (args.Skip(1).Any(candidate => AreEqual(args[0], candidate).IsTrue))
            return FormulaValue.Of(true);
        return FormulaValue.Of(args.Length == 2 && args[1].Text is { } list
            && list.Split(',', StringSplitOptions.TrimEntries).Any(entry => IsWritten(args[0], entry)));
    }

    private static bool IsWritten(FormulaValue value, string entry) => value.Kind == FormulaKind.Number
        ? decimal.TryParse(entry, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number == value.Number
        : value.Text is { } text && string.Equals(text, entry, StringComparison.Ordinal);
}
