namespace Vouchsafe.Storage;

/// <summary>What an index keeps of a name so that people find it by how it begins, whatever its case.</summary>
public static class SearchKey
{
    /// <summary>Characters kept. Both databases refuse entries of an index that are longer than a third of a page, and nobody types more.</summary>
    public const int Length = 64;

    /// <summary>The key of a name; null of none.</summary>
    public static string? Of(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        // Half a surrogate pair is no text that a database takes.
        var end = Math.Min(name.Length, Length);
        if (end < name.Length && char.IsHighSurrogate(name[end - 1])) end--;
        return name[..end].ToLowerInvariant();
    }
}
