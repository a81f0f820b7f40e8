using System.Globalization;
using System.Text.Json;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules.Conditions;
using Vouchsafe.Engine.Rules.Operators;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Rules;

/// <summary>Reads <c>rules</c>: numbered conditions, their logic, and sub-rules. Strict: what is not understood is an error.</summary>
internal static class RuleReader
{
    private const int DeepestNesting = 5;
    private const int MostConditions = 100;

    public static RuleGroup? Read(JsonElement definition, FieldCheck check) =>
        JsonReading.Member(definition, "rules", JsonValueKind.Object, "rules", check) is { } rules ? Group(rules, "rules", check, 1) : null;

    /// <summary><c>{"message": "..."}</c> of a condition or a rule.</summary>
    public static string? Message(JsonElement holder, string path, FieldCheck check) =>
        JsonReading.Member(holder, "error", JsonValueKind.Object, path, check) is { } error
            ? JsonReading.Text(error, "message", path + ".message", check)
            : null;

    private static RuleGroup? Group(JsonElement rules, string path, FieldCheck check, int depth)
    {
        var nodes = new List<RuleNode>();
        foreach (var member in rules.EnumerateObject().Where(member => member.Name != "logic"))
        {
            var here = $"{path}.{member.Name}";
            if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                check.Fail(here, "is not a rule number");
            else if (member.Value.ValueKind != JsonValueKind.Object)
                check.Fail(here, "must be an object");
            else if (depth > DeepestNesting || nodes.Count >= MostConditions)
                check.Fail(here, "is one too many");
            else if (Node(member.Name, member.Value, here, check, depth) is { } node)
                nodes.Add(node);
        }

        var logic = ReadLogic(rules, nodes, path, check);
        return nodes.Count == 0 || logic is null ? null : new RuleGroup(nodes, logic);
    }

    private static LogicNode? ReadLogic(JsonElement rules, List<RuleNode> nodes, string path, FieldCheck check)
    {
        var text = JsonReading.Text(rules, "logic", path + ".logic", check);
        if (string.IsNullOrWhiteSpace(text))
            return LogicNode.All(nodes.Select(node => node.Number));
        // A node that is wrong is reported by itself, so its number still counts as known here.
        var numbers = rules.EnumerateObject().Select(member => member.Name).Where(name => name != "logic").ToHashSet(StringComparer.Ordinal);
        var logic = LogicNode.Parse(text, numbers, out var problem);
        if (problem is not null)
            check.Fail(path + ".logic", problem);
        return logic;
    }

    private static RuleNode? Node(string number, JsonElement rule, string path, FieldCheck check, int depth)
    {
        var name = JsonReading.Text(rule, "name", path + ".name", check);
        if (name is null || !ConditionTable.All.TryGetValue(name, out var condition))
        {
            check.Fail(path + ".name", name is null ? "is required" : $"'{name}' is not a rule");
            return null;
        }

        var property = JsonReading.Text(rule, "property", path + ".property", check);
        if (condition.NeedsProperty && string.IsNullOrEmpty(property))
            check.Fail(path + ".property", $"Rule '{name}' must have a 'property'");

        var nested = JsonReading.Member(rule, "rules", JsonValueKind.Object, path + ".rules", check);
        var node = new RuleNode(number, name, condition)
        {
            Property = property,
            Message = Message(rule, path + ".error", check),
            Rules = nested is { } inner ? Group(inner, path + ".rules", check, depth + 1) : null,
        };
        return WithConditions(node, rule, path + ".conditions", check);
    }

    private static RuleNode WithConditions(RuleNode node, JsonElement rule, string path, FieldCheck check)
    {
        var before = check.Errors.Count;
        var comparisons = new List<Comparison>();
        var targets = new Dictionary<string, List<ItemTarget>>(StringComparer.Ordinal);
        foreach (var member in JsonReading.Member(rule, "conditions", JsonValueKind.Object, path, check)?.EnumerateObject() ?? default)
        {
            var name = member.Name.Trim();
            var here = $"{path}.{name}";
            var operands = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToList() : [member.Value];
            if (node.Condition.SelectsItems)
                targets[name] = Targets(name, operands, here, check);
            else if (!OperatorTable.All.TryGetValue(name, out var @operator))
                check.Fail(here, "is not a condition");
            else if (@operator.Check([.. operands.Select(RuleValue.Of)]) is { } problem)
                check.Fail(here, problem);
            else
                comparisons.Add(new Comparison(name, [.. operands.Select(RuleValue.Of)], @operator));
        }

        if (check.Errors.Count == before && node.Condition.Check(comparisons) is { } whole)
            check.Fail(path, whole);
        return node with
        {
            Comparisons = comparisons,
            Is = [.. targets.GetValueOrDefault("$is", []), .. targets.GetValueOrDefault("$in", [])],
            IsNot = [.. targets.GetValueOrDefault("$is_not", []), .. targets.GetValueOrDefault("$not_in", [])],
            From = targets.GetValueOrDefault("$from", []),
        };
    }

    private static List<ItemTarget> Targets(string name, List<JsonElement> operands, string path, FieldCheck check)
    {
        var targets = new List<ItemTarget>();
        if (!RuleLanguage.ItemOperators.Contains(name))
            check.Fail(path, "is not a condition on products");
        else if (operands.Count == 0)
            check.Fail(path, "needs at least one product, SKU or products collection");
        foreach (var operand in operands)
        {
            if (TargetReader.Read(operand) is { } target)
                targets.Add(target);
            else
                check.Fail(path, "needs objects with the id of a product, SKU or products collection");
        }

        return targets;
    }
}
