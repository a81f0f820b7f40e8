using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>
/// A rule while it is edited, as one document of the four members that make it: the builder changes its tree and its reach, the
/// JSON stands for all of it, and either can be made from the other.
/// </summary>
internal sealed class RuleDocument
{
    private static readonly string[] Members = ["rules", "bundle_rules", "applicable_to", "error"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private JsonObject _whole = [];

    internal string Name { get; set; } = "";

    /// <summary>The conditions; null when only the JSON can show them.</summary>
    internal RuleGroupDraft? Tree { get; private set; }

    /// <summary>Why there is no tree.</summary>
    internal string? Cause { get; private set; }

    internal JsonObject Reach { get; private set; } = [];

    internal string? Message { get; set; }

    /// <summary>How many parts its bundle has, which only the JSON can change.</summary>
    internal int BundleParts => (_whole["bundle_rules"] as JsonObject)?.Count(m => m.Key is not ("limit" or "logic")) ?? 0;

    internal static RuleDocument Of(Rule? rule)
    {
        var document = new RuleDocument { Name = rule?.Name ?? "" };
        JsonObject whole = [];
        foreach (var (name, part) in new[] { ("rules", rule?.Rules), ("bundle_rules", rule?.BundleRules), ("applicable_to", rule?.ApplicableTo), ("error", rule?.Error) })
            if (part is not null) whole[name] = part.DeepClone();
        document.Take(whole);
        return document;
    }

    /// <summary>All of it, as the JSON shows it.</summary>
    internal string ToJson() => Written().ToJsonString(Readable);

    /// <summary>Takes JSON that was typed; what is wrong with it, or null.</summary>
    internal string? TakeJson(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject whole) return "The rule must be one JSON object.";
            if (whole.FirstOrDefault(m => !Members.Contains(m.Key)).Key is { } strange) return $"A rule has no member “{strange}”; it has {string.Join(", ", Members)}.";
            if (whole.FirstOrDefault(m => m.Value is not (null or JsonObject)).Key is { } flat) return $"“{flat}” must be an object.";
            Take(whole);
            return null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return $"This is not JSON yet: {e.Message}";
        }
    }

    /// <summary>The body that stores it: every member is named, so that what was taken out goes.</summary>
    internal string ToBody()
    {
        var written = Written();
        var body = new JsonObject { ["name"] = Name.Trim() };
        foreach (var member in Members) body[member] = written[member]?.DeepClone();
        return body.ToJsonString(DashboardJson.Options);
    }

    /// <summary>Everything in it that has an id and a name of its own.</summary>
    internal IEnumerable<(string Kind, string Id)> Named()
    {
        Stack<(JsonNode Node, bool IsSegment)> rest = new([(Written(), false)]);
        while (rest.TryPop(out var next))
        {
            if (next.Node is JsonObject item)
            {
                if (RuleDraftReader.Text(item["id"]) is { } id) yield return (RuleDraftReader.Text(item["object"]) ?? "product", id);
                var isSegment = next.IsSegment || RuleDraftReader.Text(item["name"]) == "customer.segment";
                foreach (var member in item.Where(m => m.Value is not null)) rest.Push((member.Value!, isSegment));
            }
            else if (next.Node is JsonArray array)
            {
                foreach (var element in array.Where(e => e is not null)) rest.Push((element!, next.IsSegment));
            }
            else if (next.IsSegment && RuleDraftReader.Text(next.Node) is { } text && text.StartsWith("seg_", StringComparison.Ordinal))
            {
                yield return ("segment", text);
            }
        }
    }

    private void Take(JsonObject whole)
    {
        _whole = whole;
        Tree = RuleDraftReader.Read(whole["rules"] as JsonObject, out var cause);
        Cause = cause;
        Reach = whole["applicable_to"]?.DeepClone().AsObject() ?? new JsonObject { ["included"] = new JsonArray(), ["excluded"] = new JsonArray(), ["included_all"] = true };
        Message = RuleDraftReader.Text((whole["error"] as JsonObject)?["message"]);
    }

    private JsonObject Written()
    {
        var written = _whole.DeepClone().AsObject();
        if (Tree is not null) written["rules"] = RuleDraftWriter.Write(Tree);
        written["applicable_to"] = Reach.DeepClone();
        RuleDraftWriter.WriteMessage(written, Message);
        return written;
    }
}
