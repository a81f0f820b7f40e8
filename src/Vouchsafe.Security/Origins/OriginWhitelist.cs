using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Vouchsafe.Security;

/// <summary>
/// The list "Your website URL" of a project: which web origins may use the public channel. An empty list lets nobody in.
/// Immutable and safe to share between threads.
/// </summary>
public sealed class OriginWhitelist
{
    /// <summary>The list that lets nobody in.</summary>
    public static readonly OriginWhitelist Empty = new([]);

    private readonly OriginRule[] _rules;
    private readonly OriginRule? _any;

    private OriginWhitelist(OriginRule[] rules)
    {
        _rules = rules;
        _any = Array.Find(rules, rule => rule.IsAny);
    }

    /// <summary>The entries in the order in which they were given, without repetitions.</summary>
    public IReadOnlyList<OriginRule> Rules => _rules;

    /// <summary>Cuts one text (<c>foo.com, bar.com</c>) into entries at commas, semicolons and line ends; empty ones are dropped.</summary>
    public static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>
    /// Reads a list. Each element may itself hold several entries (see <see cref="Split"/>).
    /// </summary>
    /// <param name="entries">The entries as a person wrote them.</param>
    /// <param name="whitelist">The list, when every entry is good.</param>
    /// <param name="errors">One item for every bad entry; empty when the list is good.</param>
    public static bool TryParse(
        IEnumerable<string?> entries, [NotNullWhen(true)] out OriginWhitelist? whitelist, out IReadOnlyList<EntryError> errors)
    {
        var rules = new List<OriginRule>();
        var bad = new List<EntryError>();
        foreach (var entry in entries.SelectMany(Split))
        {
            if (!OriginRule.TryParse(entry, out var rule, out var hint)) bad.Add(new EntryError(entry, hint));
            else if (!rules.Exists(known => known.Entry == rule.Entry)) rules.Add(rule);
        }
        errors = bad;
        whitelist = bad.Count == 0 ? new OriginWhitelist([.. rules]) : null;
        return whitelist is not null;
    }

    /// <summary>
    /// Decides on the value of the Origin header; <c>null</c> when the request has none. Several header lines are to be
    /// passed joined by commas, as they are then refused. Allocates nothing.
    /// </summary>
    public OriginVerdict Decide(string? originHeader)
    {
        if (originHeader is null) return OnlyIfAny(OriginRefusal.Missing);
        if (!IsSingleToken(originHeader)) return new OriginVerdict(false, null, OriginRefusal.Unreadable);
        if (_any is not null) return new OriginVerdict(true, _any, OriginRefusal.None);
        if (Ascii.EqualsIgnoreCase(originHeader, "null")) return OnlyIfAny(OriginRefusal.Opaque);
        if (!Origin.TryParse(originHeader, out var origin)) return OnlyIfAny(OriginRefusal.Malformed);

        foreach (var rule in _rules)
        {
            if (rule.Matches(origin)) return new OriginVerdict(true, rule, OriginRefusal.None);
        }
        return new OriginVerdict(false, null, OriginRefusal.NotListed);
    }

    private OriginVerdict OnlyIfAny(OriginRefusal otherwise) =>
        _any is not null ? new OriginVerdict(true, _any, OriginRefusal.None) : new OriginVerdict(false, null, otherwise);

    private static bool IsSingleToken(string value) =>
        value.Length > 0 && !value.AsSpan().ContainsAnyExcept(CharSets.SingleHeaderToken);
}
