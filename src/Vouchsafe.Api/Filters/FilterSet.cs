using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;

namespace Vouchsafe.Api.Filters;

/// <summary>
/// A stored filter over resources in wire form, <c>{"junction": "and", "metadata.brand": {"conditions": {"$is": ["x"]}}}</c>:
/// what dynamic segments and auto-update collections are made of. Checked strictly when it is written; a resource that
/// lacks the field matches only the negative conditions.
/// </summary>
internal sealed class FilterSet
{
    private const int MaxConditions = 50;
    private const int MaxOperands = 500;
    private readonly bool _all;
    private readonly List<Condition> _conditions;

    private FilterSet(bool all, List<Condition> conditions) => (_all, _conditions) = (all, conditions);

    private readonly record struct Condition(string Field, FilterOperator Operator, JsonElement[] Operands);

    /// <summary>Reads a filter.</summary>
    /// <param name="json">The filter as text.</param>
    /// <param name="path">Its name in the body, for errors.</param>
    /// <param name="knows">Which fields there are; names with a prefix (<c>metadata.</c>) included.</param>
    internal static Result<FilterSet> Parse(string json, string path, Func<string, bool> knows)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return Fault(path, "must be an object");
        var junction = "and";
        List<Condition> conditions = [];
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name == "junction")
            {
                junction = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()!.ToLowerInvariant() : "";
                if (junction is not ("and" or "or")) return Fault($"{path}.junction", "must be one of: and, or");
                continue;
            }

            if (!knows(member.Name)) return Fault($"{path}.{member.Name}", "is not a field that can be filtered");
            if (Read(member.Value, $"{path}.{member.Name}", member.Name, conditions) is { } error) return error;
        }

        return conditions.Count is 0 or > MaxConditions ? Fault(path, $"must hold 1 to {MaxConditions} conditions") : new FilterSet(junction == "and", conditions);
    }

    /// <summary>Whether a resource in wire form is in.</summary>
    internal bool Matches(JsonElement resource, ProjectClock clock) => _all
        ? _conditions.TrueForAll(c => c.Operator.Holds(Find(resource, c.Field), c.Operands, clock))
        : _conditions.Exists(c => c.Operator.Holds(Find(resource, c.Field), c.Operands, clock));

    private static ApiError? Read(JsonElement field, string path, string name, List<Condition> conditions)
    {
        if (field.ValueKind != JsonValueKind.Object || !field.TryGetProperty("conditions", out var given) || given.ValueKind != JsonValueKind.Object)
            return Fault($"{path}.conditions", "must be an object");
        foreach (var entry in given.EnumerateObject())
        {
            if (FilterOperator.Find(entry.Name) is not { } known) return Fault($"{path}.conditions.{entry.Name}", "is not a known condition");
            JsonElement[] operands = entry.Value.ValueKind == JsonValueKind.Array
                ? [.. entry.Value.EnumerateArray().Select(o => o.Clone())]
                : [entry.Value.Clone()];
            if (operands.Length is 0 or > MaxOperands) return Fault($"{path}.conditions.{entry.Name}", $"must hold 1 to {MaxOperands} values");
            if (!operands.All(known.Takes)) return Fault($"{path}.conditions.{entry.Name}", $"must hold {known.Wants}");
            conditions.Add(new Condition(name, known, operands));
        }

        return null;
    }

    /// <summary>
    /// A field of a resource; undefined if there is none. Metadata keys may hold dots themselves, so the rest of the name is tried as one
    /// key before it is taken apart.
    /// </summary>
    internal static JsonElement Find(JsonElement resource, string field)
    {
        if (resource.ValueKind != JsonValueKind.Object) return default;
        if (resource.TryGetProperty(field, out var value)) return value;
        var dot = field.IndexOf('.');
        return dot > 0 && resource.TryGetProperty(field[..dot], out var inner) ? Find(inner, field[(dot + 1)..]) : default;
    }

    private static ApiError Fault(string field, string problem) => CommonErrors.InvalidPayload($"{field} {problem}.");
}
