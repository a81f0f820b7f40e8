using System.Text.Json.Nodes;

namespace Vouchsafe.Contract.Tests.Published;

/// <summary>
/// The members that the description's examples show as null. Its schemas leave out <c>nullable</c> in many such places; the
/// examples are recorded answers and therefore right. A member is known by its name and by what holds it: the resource
/// (<c>object</c>), or else the name of the member that holds it.
/// </summary>
internal sealed class ExampleNulls
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Reads every example of a description.</summary>
    internal void Learn(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array) Learn(item);
                break;
            case JsonObject o:
                foreach (var (name, value) in o)
                {
                    if (name is "example" or "examples" or "value") Collect(value, "");
                    Learn(value);
                }
                break;
            default:
                break;
        }
    }

    /// <summary>Whether an answer holds null at this place, as an example does.</summary>
    internal bool Explain(JsonNode answer, string place)
    {
        JsonNode? node = answer;
        string holder = "", owner = "", member = "";
        foreach (var step in place.TrimStart('#', '/').Split('.', '[').Where(s => s.Length > 0))
        {
            if (step.EndsWith(']') && int.TryParse(step[..^1], out var index))
            {
                node = node is JsonArray array && index < array.Count ? array[index] : null;
                continue;
            }
            // The validator also reports what a null lacks; then the null itself is what counts.
            if (node is null && member.Length > 0) break;
            if (node is not JsonObject o || !o.ContainsKey(step)) return false;
            (owner, holder, member, node) = (Owner(o, holder), step, step, o[step]);
        }
        return node is null && member.Length > 0 && _seen.Contains($"{owner}/{member}");
    }

    private void Collect(JsonNode? node, string holder)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array) Collect(item, holder);
                break;
            case JsonObject o:
                foreach (var (name, value) in o)
                {
                    if (value is null) _seen.Add($"{Owner(o, holder)}/{name}");
                    else Collect(value, name);
                }
                break;
            default:
                break;
        }
    }

    private static string Owner(JsonObject o, string holder) =>
        o["object"] is JsonValue kind && kind.TryGetValue<string>(out var name) ? name : holder;
}
