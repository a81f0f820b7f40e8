namespace Vouchsafe.Storage.Entities;

/// <summary>
/// A row with a name that people search by any of its words. The keys follow from the name alone, so whatever writes the row
/// writes them too, and they go when it goes.
/// </summary>
public abstract class Named
{
    /// <summary>The keys; each has an index that ends in the id.</summary>
    public static IReadOnlyList<string> Keys { get; } = [nameof(NameKey), nameof(NameWord2), nameof(NameWord3), nameof(NameWord4), nameof(NameWord5), nameof(NameWord6)];

    /// <summary>Name.</summary>
    public string? Name
    {
        get;
        set
        {
            field = value;
            var words = SearchKey.Words(value);
            NameKey = SearchKey.Of(string.Join(' ', words));
            (NameWord2, NameWord3, NameWord4, NameWord5, NameWord6) = (Word(1), Word(2), Word(3), Word(4), Word(5));

            string? Word(int at) => SearchKey.Of(words.ElementAtOrDefault(at));
        }
    }

    /// <summary>All its words with a space between them, as <see cref="SearchKey"/> keeps them; begins with the first.</summary>
    public string? NameKey { get; private protected set; }
    /// <summary>Its second word.</summary>
    public string? NameWord2 { get; private protected set; }
    /// <summary>Its third word.</summary>
    public string? NameWord3 { get; private protected set; }
    /// <summary>Its fourth word.</summary>
    public string? NameWord4 { get; private protected set; }
    /// <summary>Its fifth word.</summary>
    public string? NameWord5 { get; private protected set; }
    /// <summary>Its sixth word.</summary>
    public string? NameWord6 { get; private protected set; }
}
