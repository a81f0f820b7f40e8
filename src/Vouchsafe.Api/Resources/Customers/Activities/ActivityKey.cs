using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>
/// What orders activities and names them: the instant and the random digits of the record that tells of one, and a letter for what it
/// tells. It is the same whenever it is asked for.
/// </summary>
/// <param name="Text">Digits and letter.</param>
internal readonly record struct ActivityKey(string Text)
{
    private const string Prefix = "evcus";
    private const int Digits = 26;
    private const int RandomDigits = 16;

    /// <summary>The id on the wire.</summary>
    internal string Id => $"{Prefix}_{Text}";

    /// <summary>The digits without the letter.</summary>
    internal string Tail => Text[..^1];

    /// <summary>The random digits alone.</summary>
    internal string Random => Text[^(RandomDigits + 1)..^1];

    /// <summary>When it happened.</summary>
    internal DateTimeOffset At => Ids.MintedAt(Id);

    /// <summary>The key of an activity that a record tells of.</summary>
    /// <param name="at">When it happened.</param>
    /// <param name="id">The record's id.</param>
    /// <param name="letter">What it tells.</param>
    internal static ActivityKey Of(DateTimeOffset at, string id, char letter) => new(Ids.Derived(Prefix, at, id)[(Prefix.Length + 1)..] + letter);

    /// <summary>The key of an id; null: it is none.</summary>
    internal static ActivityKey? Parse(string id) =>
        id.Length == Prefix.Length + 1 + Digits + 1 && id.StartsWith(Prefix + "_", StringComparison.Ordinal) && Ids.IsTail(id[(Prefix.Length + 1)..^1]) && char.IsAsciiLetterLower(id[^1])
        // Its digits can write instants that no calendar has.
        && string.CompareOrdinal(id, Ids.Earliest(Prefix, DateTimeOffset.MaxValue)) < 0
            ? new ActivityKey(id[(Prefix.Length + 1)..])
            : null;
}
