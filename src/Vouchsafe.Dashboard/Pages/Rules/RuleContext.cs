namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>What the pieces of the builder share: whether anything may be changed, names of ids, and whom to tell of a change.</summary>
/// <param name="mayEdit">Whether changes are offered.</param>
/// <param name="changed">Told of each change.</param>
public sealed class RuleContext(bool mayEdit, Action changed)
{
    internal bool MayEdit => mayEdit;

    internal Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    internal void Changed() => changed();
}
