using System.Globalization;
using System.Text.Json.Nodes;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>A rule as one reads it aloud.</summary>
internal static class RuleSentence
{
    /// <summary>The sentence; without names, ids stand for products and segments.</summary>
    internal static string Of(JsonObject? rules, RuleNames names) =>
        RuleDraftReader.Read(rules, out var cause) is { } group ? Of(group, names) : $"Only its JSON can show it: {cause}.";

    internal static string Of(RuleGroupDraft group, RuleNames names) =>
        group.Parts.Count == 0 ? "Applies always." : $"Applies when {Part(group, names, isInner: false)}.";

    private static string Part(RulePart part, RuleNames names, bool isInner)
    {
        if (part is ConditionDraft condition) return Condition(condition, names);
        var group = (RuleGroupDraft)part;
        var text = string.Join(group.IsAny ? " or " : " and ", group.Parts.Select(p => Part(p, names, isInner: true)));
        return isInner && group.Parts.Count > 1 ? $"({text})" : text;
    }

    private static string Condition(ConditionDraft condition, RuleNames names)
    {
        var subject = RuleWords.Of(condition.Name).Text + (string.IsNullOrEmpty(condition.Property) ? "" : $" “{condition.Property}”");
        var tests = string.Join(" and ", condition.Tests.Select(test =>
            $"{RuleWords.OfOperator(test.Operator)} {string.Join(" or ", test.Values.Select(v => Value(RuleWords.KindOf(condition.Name, test.Operator), v, names)))}"));
        var inner = condition.Inner is { Parts.Count: > 0 } group ? $", for which {Part(group, names, isInner: true)}" : "";
        return $"{subject} {tests}{inner}".TrimEnd();
    }

    /// <summary>One value for the eye.</summary>
    internal static string Value(ValueKind kind, JsonNode? value, RuleNames names)
    {
        switch (value)
        {
            case null:
                return "…";
            case JsonObject item:
                var id = RuleDraftReader.Text(item["id"]) ?? "…";
                return names.Of(id) ?? RuleDraftReader.Text(item["source_id"]) ?? id;
            case JsonValue when kind == ValueKind.Money && Number(value) is { } minor:
                return MoneyText.Of(minor, names.Currency);
            case JsonValue when kind == ValueKind.Weekday && Number(value) is { } day and >= 0 and <= 6:
                return CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)(int)day);
            case JsonValue when RuleDraftReader.Text(value) is { } text:
                return names.Of(text) ?? text;
            default:
                return value.ToJsonString();
        }
    }

    /// <summary>A number, also when it is written as text.</summary>
    internal static decimal? Number(JsonNode? value) =>
        value is JsonValue one && (one.TryGetValue<decimal>(out var number)
            || decimal.TryParse(RuleDraftReader.Text(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
            ? number
            : null;
}
