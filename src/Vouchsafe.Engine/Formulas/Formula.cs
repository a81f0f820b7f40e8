namespace Vouchsafe.Engine.Formulas;

/// <summary>A checked formula for a discount value, for example <c>IF(ORDER_AMOUNT > 300;15;5)</c>. Equal when the texts are.</summary>
public sealed class Formula : IEquatable<Formula>
{
    /// <summary>Longest text accepted.</summary>
    public const int LongestText = 4000;

    private readonly FormulaNode _root;

    private Formula(string text, FormulaNode root) => (Text, _root) = (text, root);

    /// <summary>The formula as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a formula. False with a problem for humans when it is malformed or uses an unknown name.</summary>
    public static bool TryParse(string text, out Formula? formula, out string? problem)
    {
        formula = null;
        problem = text.Length > LongestText ? $"must be at most {LongestText} characters long" : null;
        if (problem is not null || FormulaLexer.Cut(text, out problem) is not { } tokens)
            return false;
        var parser = new FormulaParser(tokens);
        if (parser.Parse() is { } root)
            formula = new Formula(text, root);
        problem = parser.Problem;
        return formula is not null;
    }

    /// <summary>Reads a formula that was checked when it was stored; null for null and for a text that is malformed after all.</summary>
    public static Formula? Read(string? text) => text is not null && TryParse(text, out var formula, out _) ? formula : null;

    /// <inheritdoc/>
    public bool Equals(Formula? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Formula);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The number it gives; null when it cannot be computed.</summary>
    internal decimal? Evaluate(FormulaInputs inputs) =>
        _root.Evaluate(inputs) is { Kind: FormulaKind.Number } value ? value.Number : null;
}
