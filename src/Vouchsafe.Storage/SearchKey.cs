using System.Text;

namespace Vouchsafe.Storage;

/// <summary>What an index keeps of a text so that people find it by how it or one of its words begins, whatever its case.</summary>
public static class SearchKey
{
    /// <summary>Characters kept. Both databases refuse entries of an index that are longer than a third of a page, and nobody types more.</summary>
    public const int Length = 64;

    /// <summary>The key of a text; null of none.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        // Half a surrogate pair is no text that a database takes.
        var end = Math.Min(text.Length, Length);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].ToLowerInvariant();
    }

    /// <summary>The words of a text in small letters: what stands between spaces and punctuation. <c>O'Neill</c> is two.</summary>
    public static IReadOnlyList<string> Words(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var spaced = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) spaced.Append(Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) ? " " : rune.ToString());
        return spaced.ToString().ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
