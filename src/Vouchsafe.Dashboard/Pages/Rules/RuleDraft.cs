using System.Globalization;
using System.Text.Json.Nodes;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>A condition or a group of them while it is edited.</summary>
public abstract class RulePart;

/// <summary>Conditions joined by one word.</summary>
public sealed class RuleGroupDraft : RulePart
{
    internal bool IsAny { get; set; }

    internal List<RulePart> Parts { get; init; } = [];

    /// <summary>Conditions that are written down but stand nowhere in the logic.</summary>
    internal List<ConditionDraft> Unused { get; init; } = [];
}

/// <summary>One operator with its values.</summary>
public sealed class TestDraft
{
    /// <summary>Its name on the wire.</summary>
    public required string Operator { get; set; }

    internal List<JsonNode?> Values { get; init; } = [];
}

/// <summary>A condition. <see cref="Raw"/> is what was read: its members that no field here stands for are written back as they were.</summary>
public sealed class ConditionDraft : RulePart
{
    internal string? Number { get; init; }

    internal JsonObject Raw { get; init; } = [];

    internal string Name { get; set; } = "";

    internal string? Property { get; set; }

    internal string? Message { get; set; }

    internal List<TestDraft> Tests { get; init; } = [];

    /// <summary>Conditions on what this one found.</summary>
    internal RuleGroupDraft? Inner { get; set; }

    internal static ConditionDraft New() => new() { Name = "order.amount", Tests = { new TestDraft { Operator = "$more_than_or_equal" } } };
}

/// <summary>Reads <c>rules</c> into a tree and writes it back. What the tree cannot show is told, never dropped.</summary>
internal static class RuleDraftReader
{
    /// <summary>The tree, or null with the cause why only the JSON can show it.</summary>
    internal static RuleGroupDraft? Read(JsonObject? rules, out string? cause)
    {
        cause = null;
        if (rules is null) return new RuleGroupDraft();
        Dictionary<string, ConditionDraft> conditions = new(StringComparer.Ordinal);
        foreach (var (number, node) in rules)
        {
            if (number == "logic") continue;
            if (node is not JsonObject raw || Condition(number, raw, out cause) is not { } condition)
            {
                cause ??= $"the entry “{number}” is no condition";
                return null;
            }

            conditions.Add(number, condition);
        }

        if (Text(rules["logic"]) is not { } logic || string.IsNullOrWhiteSpace(logic)) return new RuleGroupDraft { Parts = [.. conditions.Values] };
        if (LogicNode.Parse(logic, conditions.Keys, out var problem) is not { } tree)
        {
            cause = $"its logic cannot be read: {problem}";
            return null;
        }

        var unused = conditions.Values.ToHashSet();
        if (Part(tree, conditions, unused) is { } part)
        {
            return part is RuleGroupDraft group
                ? new RuleGroupDraft { IsAny = group.IsAny, Parts = group.Parts, Unused = [.. unused] }
                : new RuleGroupDraft { Parts = { part }, Unused = [.. unused] };
        }

        cause = "its logic uses a condition more than once";
        return null;
    }

    private static RulePart? Part(LogicNode node, Dictionary<string, ConditionDraft> conditions, HashSet<ConditionDraft> unused)
    {
        if (node is NumberNode { Number: var number }) return unused.Remove(conditions[number]) ? conditions[number] : null;
        var (isAny, nodes) = node switch { OrNode or => (true, or.Parts), AndNode and => (false, and.Parts), _ => (false, []) };
        List<RulePart> parts = [];
        foreach (var inner in nodes)
        {
            if (Part(inner, conditions, unused) is not { } part) return null;
            parts.Add(part);
        }

        return new RuleGroupDraft { IsAny = isAny, Parts = parts };
    }

    private static ConditionDraft? Condition(string number, JsonObject raw, out string? cause)
    {
        cause = null;
        if (Text(raw["name"]) is not { } name || raw["conditions"] is not (null or JsonObject) || raw["error"] is not (null or JsonObject)) return null;
        RuleGroupDraft? inner = null;
        if (raw["rules"] is JsonObject nested && nested.Count > 0 && (inner = Read(nested, out cause)) is null) return null;
        return new ConditionDraft
        {
            Number = number, Raw = raw, Name = name, Property = Text(raw["property"]), Message = Text((raw["error"] as JsonObject)?["message"]), Inner = inner,
            Tests = [.. (raw["conditions"] as JsonObject ?? []).Select(test => new TestDraft { Operator = test.Key.Trim(), Values = Values(test.Value) })],
        };
    }

    private static List<JsonNode?> Values(JsonNode? operands) => operands is JsonArray array ? [.. array.Select(v => v?.DeepClone())] : [operands?.DeepClone()];

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>Writes a tree as <c>rules</c>. Conditions that were there keep their numbers.</summary>
internal static class RuleDraftWriter
{
    internal static JsonObject Write(RuleGroupDraft group)
    {
        List<ConditionDraft> used = [.. Conditions(group)];
        var next = used.Concat(group.Unused).Select(c => int.TryParse(c.Number, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max();
        var numbers = used.Concat(group.Unused).ToDictionary(c => c, c => c.Number ?? (++next).ToString(CultureInfo.InvariantCulture));
        var rules = new JsonObject();
        foreach (var (condition, number) in numbers) rules[number] = Write(condition);
        if (used.Count > 0) rules["logic"] = Logic(group, numbers, isInner: false);
        return rules;
    }

    private static IEnumerable<ConditionDraft> Conditions(RuleGroupDraft group) =>
        group.Parts.SelectMany(part => part is RuleGroupDraft inner ? Conditions(inner) : [(ConditionDraft)part]);

    private static string Logic(RulePart part, Dictionary<ConditionDraft, string> numbers, bool isInner)
    {
        if (part is ConditionDraft condition) return numbers[condition];
        var group = (RuleGroupDraft)part;
        List<string> parts = [.. group.Parts.Where(p => p is not RuleGroupDraft inner || Conditions(inner).Any()).Select(p => Logic(p, numbers, isInner: group.Parts.Count > 1))];
        var text = string.Join(group.IsAny ? " or " : " and ", parts);
        return isInner && parts.Count > 1 ? $"({text})" : text;
    }

    private static JsonObject Write(ConditionDraft condition)
    {
        var written = condition.Raw.DeepClone().AsObject();
        written["name"] = condition.Name;
        if (string.IsNullOrEmpty(condition.Property)) written.Remove("property");
        else written["property"] = condition.Property;
        if (condition.Tests.Count > 0 || written.ContainsKey("conditions")) written["conditions"] = Tests(condition);
        if (condition.Inner is { } inner) written["rules"] = Write(inner);
        else if (written["rules"] is JsonObject { Count: > 0 }) written.Remove("rules");
        WriteMessage(written, condition.Message);
        return written;
    }

    /// <summary>Sets <c>error.message</c> and leaves what else stands beside it.</summary>
    internal static void WriteMessage(JsonObject holder, string? message)
    {
        if (!string.IsNullOrWhiteSpace(message))
        {
            if (holder["error"] is not JsonObject error) holder["error"] = error = [];
            error["message"] = message;
        }
        else if (holder["error"] is JsonObject error && error.Remove("message") && error.Count == 0)
        {
            holder.Remove("error");
        }
    }

    private static JsonObject Tests(ConditionDraft condition)
    {
        var tests = new JsonObject();
        foreach (var test in condition.Tests)
        {
            if (tests[test.Operator] is not JsonArray values) tests[test.Operator] = values = [];
            foreach (var value in test.Values) values.Add(value?.DeepClone());
        }

        return tests;
    }
}
