using System.Text.Json;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Filters;

/// <summary>One condition of the filter language: what it takes and when it holds. All of them are in one table.</summary>
/// <param name="Takes">Whether a value may stand in the condition.</param>
/// <param name="Wants">The same in words.</param>
/// <param name="Holds">Given the field's value (undefined if there is none), the condition's values and the instant.</param>
internal sealed record FilterOperator(Func<JsonElement, bool> Takes, string Wants, Func<JsonElement, JsonElement[], DateTimeOffset, bool> Holds)
{
    private static readonly Dictionary<string, FilterOperator> Table = new(StringComparer.Ordinal)
    {
        ["$is"] = Scalar((value, operands, _) => IsOneOf(value, operands)),
        ["$in"] = Scalar((value, operands, _) => IsOneOf(value, operands)),
        ["$is_not"] = Scalar((value, operands, _) => !IsOneOf(value, operands)),
        ["$not_in"] = Scalar((value, operands, _) => !IsOneOf(value, operands)),
        ["$has_value"] = Any((value, _, _) => !IsMissing(value)),
        ["$is_unknown"] = Any((value, _, _) => IsMissing(value)),
        ["$contains"] = Scalar((value, operands, _) => Contains(value, operands)),
        ["$not_contain"] = Scalar((value, operands, _) => !Contains(value, operands)),
        ["$starts_with"] = Text((value, operands, _) => AnyText(value, operands, (t, o) => t.StartsWith(o, StringComparison.Ordinal))),
        ["$ends_with"] = Text((value, operands, _) => AnyText(value, operands, (t, o) => t.EndsWith(o, StringComparison.Ordinal))),
        ["$more_than"] = Ordered((value, operands, now) => Compare(value, operands[0], now) > 0),
        ["$less_than"] = Ordered((value, operands, now) => Compare(value, operands[0], now) < 0),
        ["$more_than_equal"] = Ordered((value, operands, now) => Compare(value, operands[0], now) >= 0),
        ["$less_than_equal"] = Ordered((value, operands, now) => Compare(value, operands[0], now) <= 0),
        ["$more_than_or_equal"] = Ordered((value, operands, now) => Compare(value, operands[0], now) >= 0),
        ["$less_than_or_equal"] = Ordered((value, operands, now) => Compare(value, operands[0], now) <= 0),
        ["$after"] = Date((value, operands, _) => CompareInstants(value, operands[0]) > 0),
        ["$before"] = Date((value, operands, _) => CompareInstants(value, operands[0]) < 0),
        ["$is_days_ago"] = Number((value, operands, now) => DaysAgo(value, now) is { } days && Math.Floor(days) == Days(operands)),
        ["$more_than_ago"] = Number((value, operands, now) => DaysAgo(value, now) is { } days && days > Days(operands)),
        ["$less_than_ago"] = Number((value, operands, now) => DaysAgo(value, now) is >= 0 and { } days && days < Days(operands)),
        ["$is_days_in_future"] = Number((value, operands, now) => -DaysAgo(value, now) is { } days && Math.Floor(days) == Days(operands)),
        ["$more_than_future"] = Number((value, operands, now) => -DaysAgo(value, now) is { } days && days > Days(operands)),
        ["$less_than_future"] = Number((value, operands, now) => -DaysAgo(value, now) is >= 0 and { } days && days < Days(operands)),
        ["$last_month"] = Any((value, _, now) => IsInMonth(value, now.AddMonths(-1))),
        ["$this_month"] = Any((value, _, now) => IsInMonth(value, now)),
        ["$next_month"] = Any((value, _, now) => IsInMonth(value, now.AddMonths(1))),
        ["$count"] = Number((value, operands, _) => Count(value) == operands[0].GetDouble()),
        ["$count_less"] = Number((value, operands, _) => Count(value) < operands[0].GetDouble()),
        ["$count_more"] = Number((value, operands, _) => Count(value) > operands[0].GetDouble()),
    };

    /// <summary>The condition of that wire name; null if there is none.</summary>
    internal static FilterOperator? Find(string name) => Table.GetValueOrDefault(name);

    private static FilterOperator Any(Func<JsonElement, JsonElement[], DateTimeOffset, bool> holds) => new(_ => true, "any value", holds);

    private static FilterOperator Scalar(Func<JsonElement, JsonElement[], DateTimeOffset, bool> holds) =>
        new(o => o.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array), "text, numbers or booleans", holds);

    private static FilterOperator Text(Func<JsonElement, JsonElement[], DateTimeOffset, bool> holds) =>
        new(o => o.ValueKind == JsonValueKind.String, "text", holds);

    private static FilterOperator Number(Func<JsonElement, JsonElement[], DateTimeOffset, bool> holds) =>
        new(o => o.ValueKind == JsonValueKind.Number, "a number", holds);

    private static FilterOperator Date(Func<JsonElement, JsonElement[], DateTimeOffset, bool> holds) =>
        new(o => Instant(o) is not null, "an ISO 8601 date", holds);

    private static FilterOperator Ordered(Func<JsonElement, JsonElement[], DateTimeOffset, bool> holds) =>
        new(o => o.ValueKind == JsonValueKind.Number || Instant(o) is not null, "a number or an ISO 8601 date", holds);

    private static bool IsMissing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    private static bool IsOneOf(JsonElement value, JsonElement[] operands) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Any(item => IsOneOf(item, operands))
        : operands.Any(operand => Same(value, operand));

    private static bool Same(JsonElement value, JsonElement operand)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return operand.ValueKind == JsonValueKind.Null;
        if (value.ValueKind == JsonValueKind.Number && operand.ValueKind == JsonValueKind.Number) return value.GetDouble() == operand.GetDouble();
        if (Instant(value) is { } left && Instant(operand) is { } right) return left == right;
        return value.ValueKind == operand.ValueKind
            && (value.ValueKind != JsonValueKind.String || value.GetString() == operand.GetString());
    }

    private static bool Contains(JsonElement value, JsonElement[] operands) => value.ValueKind == JsonValueKind.Array
        ? IsOneOf(value, operands)
        : AnyText(value, operands, (text, operand) => text.Contains(operand, StringComparison.Ordinal));

    private static bool AnyText(JsonElement value, JsonElement[] operands, Func<string, string, bool> matches) =>
        value.ValueKind == JsonValueKind.String
        && operands.Any(o => o.ValueKind == JsonValueKind.String && matches(value.GetString()!, o.GetString()!));

    private static int? Compare(JsonElement value, JsonElement operand, DateTimeOffset now)
    {
        if (operand.ValueKind != JsonValueKind.Number) return CompareInstants(value, operand);
        if (value.ValueKind == JsonValueKind.Number) return value.GetDouble().CompareTo(operand.GetDouble());
        // A number beside a date means days before now.
        return DaysAgo(value, now) is { } days ? days.CompareTo(operand.GetDouble()) : null;
    }

    private static int? CompareInstants(JsonElement value, JsonElement operand) =>
        Instant(value) is { } left && Instant(operand) is { } right ? left.CompareTo(right) : null;

    private static double? DaysAgo(JsonElement value, DateTimeOffset now) => Instant(value) is { } instant ? (now - instant).TotalDays : null;

    private static double Days(JsonElement[] operands) => operands[0].GetDouble();

    private static bool IsInMonth(JsonElement value, DateTimeOffset month) => Instant(value) is { } instant && instant.Month == month.Month;

    private static int? Count(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.Undefined or JsonValueKind.Null => 0,
        _ => 1,
    };

    private static DateTimeOffset? Instant(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && InstantConverter.TryParse(value.GetString()!, out var instant) ? instant : null;
}
