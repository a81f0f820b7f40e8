using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Collections;

/// <summary>The filter of an auto-update collection while it is edited.</summary>
public sealed class FilterDraft
{
    /// <summary>Fields that can be chosen from; metadata is named by its key.</summary>
    public static IReadOnlyList<(string Field, string Words)> Fields { get; } =
        [("name", "Name"), ("source_id", "Source id"), ("price", "Price"), ("sku", "SKU"), ("object", "Kind"), ("created_at", "Made"), ("metadata.", "Metadata"), ("attributes.", "Attribute")];

    /// <summary>Conditions that can be chosen from, with whether they take a value.</summary>
    public static IReadOnlyList<(string Operator, string Words, bool TakesValue)> Operators { get; } =
    [
        ("$is", "is", true), ("$is_not", "is not", true), ("$contains", "contains", true), ("$not_contain", "does not contain", true),
        ("$starts_with", "begins with", true), ("$ends_with", "ends with", true), ("$more_than", "is more than", true), ("$less_than", "is less than", true),
        ("$more_than_equal", "is at least", true), ("$less_than_equal", "is at most", true), ("$after", "is after", true), ("$before", "is before", true),
        ("$has_value", "has a value", false), ("$is_unknown", "has no value", false),
    ];

    /// <summary>ISO 4217, of the prices.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether all conditions must hold, rather than one of them.</summary>
    public bool IsAll { get; set; } = true;

    /// <summary>The conditions.</summary>
    public List<FilterRow> Rows { get; } = [];

    /// <summary>Whether every row says something.</summary>
    public bool IsComplete => Rows.Count > 0 && Rows.TrueForAll(r => r.IsComplete);

    /// <summary>The draft of a filter in wire form; null where it holds what the fields cannot show.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="currency">ISO 4217, of the prices.</param>
    public static FilterDraft? Read(JsonElement filter, string? currency)
    {
        var draft = new FilterDraft { Currency = currency };
        if (filter.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in filter.EnumerateObject())
        {
            if (member.Name == "junction")
            {
                draft.IsAll = !string.Equals(member.Value.GetString(), "OR", StringComparison.OrdinalIgnoreCase);
                continue;
            }

            var choice = Fields.FirstOrDefault(f => f.Field.EndsWith('.') ? member.Name.StartsWith(f.Field, StringComparison.Ordinal) : f.Field == member.Name).Field;
            if (choice is null || !member.Value.TryGetProperty("conditions", out var conditions)) return null;
            foreach (var condition in conditions.EnumerateObject())
            {
                if (Operators.All(o => o.Operator != condition.Name)) return null;
                List<JsonElement> values = condition.Value.ValueKind == JsonValueKind.Array ? [.. condition.Value.EnumerateArray()] : [condition.Value];
                if (values.Exists(v => v.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))) return null;
                draft.Rows.Add(new FilterRow { Field = choice, Key = member.Name[(choice.EndsWith('.') ? choice.Length : 0)..], Operator = condition.Name, Value = string.Join(", ", values.Select(v => Text(choice, v, currency))) });
            }
        }

        return draft;
    }

    /// <summary>The filter in wire form.</summary>
    public JsonObject Write()
    {
        var filter = new JsonObject { ["junction"] = IsAll ? "AND" : "OR" };
        foreach (var row in Rows)
        {
            var name = row.Field.EndsWith('.') ? row.Field + row.Key.Trim() : row.Field;
            if (filter[name] is not JsonObject field) filter[name] = field = new JsonObject { ["conditions"] = new JsonObject() };
            var conditions = (JsonObject)field["conditions"]!;
            var values = row.TakesValue ? row.Values.Select(v => Value(row.Field, v, Currency)) : [JsonValue.Create(true)];
            // The same condition on the same field twice is one with the values of both.
            if (conditions[row.Operator] is not JsonArray all) conditions[row.Operator] = all = [];
            foreach (var value in values) all.Add(value);
        }

        return filter;
    }

    /// <summary>The filter in words.</summary>
    public string Words() => string.Join(IsAll ? " and " : " or ", Rows.Select(r => r.Words(Currency)));

    private static string Text(string field, JsonElement value, string? currency) =>
        field == "price" && value.TryGetDecimal(out var minor) ? MoneyText.Typed(minor, currency)
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    // Prices are typed in units; metadata and attributes may hold numbers and truth values; the rest is text.
    private static JsonNode Value(string field, string text, string? currency) =>
        field == "price" && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var units) ? JsonValue.Create(MoneyText.Minor(units, currency))
        : field.EndsWith('.') && decimal.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : field.EndsWith('.') && text is "true" or "false" ? JsonValue.Create(text == "true")
        : JsonValue.Create(text);
}

/// <summary>One condition of it.</summary>
public sealed class FilterRow
{
    /// <summary>One of <see cref="FilterDraft.Fields"/>.</summary>
    public string Field { get; set; } = "name";

    /// <summary>Which metadata or attribute.</summary>
    public string Key { get; set; } = "";

    /// <summary>One of <see cref="FilterDraft.Operators"/>.</summary>
    public string Operator { get; set; } = "$is";

    /// <summary>The values, separated by commas.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether it is metadata or an attribute, which is named by its key.</summary>
    public bool TakesKey => Field.EndsWith('.');

    /// <summary>Whether the condition takes a value.</summary>
    public bool TakesValue => FilterDraft.Operators.First(o => o.Operator == Operator).TakesValue;

    /// <summary>The values one by one.</summary>
    public IReadOnlyList<string> Values => Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it says something.</summary>
    public bool IsComplete => (!TakesKey || Key.Trim().Length > 0) && (!TakesValue || Values.Count > 0);

    internal string Words(string? currency)
    {
        var words = FilterDraft.Fields.First(f => f.Field == Field).Words;
        var field = (Field == "sku" ? words : words.ToLowerInvariant()) + (TakesKey ? " " + Key : "");
        return $"{field} {FilterDraft.Operators.First(o => o.Operator == Operator).Words}{(TakesValue ? " " + string.Join(" or ", Values.Select(Read)) : "")}";

        string Read(string value) =>
            Field == "price" && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var units) ? MoneyText.Of(MoneyText.Minor(units, currency), currency) : value;
    }
}
