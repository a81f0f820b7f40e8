namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>What the pieces of the builder share: whether anything may be changed, how values read, and whom to tell of a change.</summary>
/// <param name="mayEdit">Whether changes are offered.</param>
/// <param name="currency">ISO 4217, of the amounts.</param>
/// <param name="changed">Told of each change.</param>
public sealed class RuleContext(bool mayEdit, string? currency, Action changed)
{
    internal bool MayEdit => mayEdit;

    internal RuleNames Names { get; } = new(currency);

    internal void Changed() => changed();
}

/// <summary>What the values of a rule are called: names of ids, and the currency of amounts.</summary>
/// <param name="currency">ISO 4217.</param>
internal sealed class RuleNames(string? currency)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    internal string? Currency => currency;

    internal string this[string id] { set => _names[id] = value; }

    internal string? Of(string id) => _names.GetValueOrDefault(id);
}
