using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Codes;

/// <summary>How codes are made, as <c>code_config</c> is written on the wire, unchecked.</summary>
public sealed record CodeConfig
{
    /// <summary>Longest code in all, so that it fits every path and index.</summary>
    public const int LongestCode = 128;

    /// <summary>Random characters, prefix and postfix not counted. Ignored when there is a pattern.</summary>
    public decimal? Length { get; init; }

    /// <summary>Characters to choose from; absent means A-Z, a-z, 0-9.</summary>
    public string? Charset { get; init; }

    /// <summary>Text before the code.</summary>
    public string? Prefix { get; init; }

    /// <summary>Text after the code.</summary>
    public string? Postfix { get; init; }

    /// <summary>Text in which each <c>#</c> becomes a random character; beats <see cref="Length"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>.</summary>
    public IReadOnlyList<FieldError> Check(string prefix = "code_config")
    {
        var check = new FieldCheck(prefix);
        check.Whole("length", Length, 1);
        if (Length > LongestCode)
            check.Fail("length", $"must be at most {LongestCode}");
        CheckText(check, "prefix", Prefix);
        CheckText(check, "postfix", Postfix);
        CheckText(check, "pattern", Pattern);
        CheckCharset(check);
        if (Pattern is not null && !Pattern.Contains('#', StringComparison.Ordinal))
            check.Fail("pattern", "must contain at least one #");
        var length = (Prefix?.Length ?? 0) + (Postfix?.Length ?? 0) + (Pattern?.Length ?? (long)(Length ?? 0));
        if (check.Errors.Count == 0 && length > LongestCode)
            check.Fail("length", $"the whole code must not be longer than {LongestCode} characters");
        return check.Errors;
    }

    private void CheckCharset(FieldCheck check)
    {
        if (Charset is null)
            return;
        if (Charset.Distinct().Count() < 2)
            check.Fail("charset", "must hold at least two different characters");
        CheckText(check, "charset", Charset);
    }

    private static void CheckText(FieldCheck check, string field, string? text)
    {
        if (text is null)
            return;
        if (text.Length > LongestCode)
            check.Fail(field, $"must be at most {LongestCode} characters long");
        // A code is typed, printed and put into paths: control signs and halves of surrogate pairs have no place in it.
        if (text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter) || (char.IsWhiteSpace(letter) && letter != ' ')))
            check.Fail(field, "must not hold control or invisible characters");
    }
}
