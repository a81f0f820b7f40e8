namespace Vouchsafe.Security;

/// <summary>Why an Origin was refused.</summary>
public enum OriginRefusal
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>The request carries no Origin header; only <c>*</c> lets it in.</summary>
    Missing,

    /// <summary>The header says <c>null</c> (a sandboxed frame, a local file); only <c>*</c> lets it in.</summary>
    Opaque,

    /// <summary>The value is no serialised origin and no bare host; only <c>*</c> lets it in.</summary>
    Malformed,

    /// <summary>The value is empty, not printable ASCII, or holds several origins. Nothing lets it in.</summary>
    Unreadable,

    /// <summary>A proper origin that no entry of the list covers.</summary>
    NotListed,
}

/// <summary>The verdict on one Origin header.</summary>
/// <param name="Allowed">Whether the request may go on.</param>
/// <param name="By">The entry that let it in; <c>null</c> when it was refused.</param>
/// <param name="Reason"><see cref="OriginRefusal.None"/> exactly if <paramref name="Allowed"/>.</param>
public readonly record struct OriginVerdict(bool Allowed, OriginRule? By, OriginRefusal Reason);

/// <summary>An entry of a list that could not be saved.</summary>
/// <param name="Entry">The entry as it was given.</param>
/// <param name="Hint">What is wrong with it and what to write instead.</param>
public sealed record EntryError(string Entry, string Hint);
