using System.Globalization;

namespace Vouchsafe.Engine.Formulas;

internal enum TokenKind
{
    Number,
    Text,
    Name,
    Sign,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, decimal Number, int At);

/// <summary>Cuts a formula into tokens. Null with a problem when it meets a sign that no formula has.</summary>
internal static class FormulaLexer
{
    private const string Signs = "+-*/÷%()<>=;!";

    public static List<Token>? Cut(string text, out string? problem)
    {
        var tokens = new List<Token>();
        problem = null;
        for (var at = 0; at < text.Length;)
        {
            var letter = text[at];
            if (char.IsWhiteSpace(letter))
                at++;
            else if (letter is '"' or '\'')
                problem = CutText(text, ref at, tokens);
            else if (char.IsAsciiDigit(letter) || letter == '.')
                problem = CutNumber(text, ref at, tokens);
            else if (char.IsAsciiLetter(letter) || letter == '_')
                CutName(text, ref at, tokens);
            else if (Signs.Contains(letter, StringComparison.Ordinal))
                CutSign(text, ref at, tokens);
            else
                problem = $"unexpected '{letter}' at position {at + 1}";
            if (problem is not null)
                return null;
        }

        tokens.Add(new Token(TokenKind.End, "", 0, text.Length));
        return tokens;
    }

    private static string? CutText(string text, ref int at, List<Token> tokens)
    {
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0)
            return $"text at position {at + 1} has no end";
        tokens.Add(new Token(TokenKind.Text, text[(at + 1)..end], 0, at));
        at = end + 1;
        return null;
    }

    private static string? CutNumber(string text, ref int at, List<Token> tokens)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            at++;
        if (at - start > 20 || !decimal.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return $"malformed number at position {start + 1}";
        tokens.Add(new Token(TokenKind.Number, "", number, start));
        return null;
    }

    private static void CutName(string text, ref int at, List<Token> tokens)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        tokens.Add(new Token(TokenKind.Name, text[start..at], 0, start));
    }

    private static void CutSign(string text, ref int at, List<Token> tokens)
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        var sign = two is ">=" or "<=" or "!=" or "<>" ? two : text[at].ToString();
        tokens.Add(new Token(TokenKind.Sign, sign, 0, at));
        at += sign.Length;
    }
}
