using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;

namespace Vouchsafe.Api.Filters;

/// <summary>One condition of the filter language: what it takes and when it holds. All of them are in one table.</summary>
/// <param name="Takes">Whether a value may stand in the condition.</param>
/// <param name="Wants">The same in words.</param>
/// <param name="Holds">Given the field's value (undefined if there is none), the condition's values and the instant in the project's calendar.</param>
internal sealed record FilterOperator(Func<JsonElement, bool> Takes, string Wants, Func<JsonElement, JsonElement[], ProjectClock, bool> Holds)
{
    /// <summary>For questions whose answer is the same in every calendar.</summary>
    private static readonly ProjectClock AnyClock = new(default, TimeZoneInfo.Utc);

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
        ["$more_than"] = Ordered((value, operands, clock) => Compare(value, operands[0], clock) > 0),
        ["$less_than"] = Ordered((value, operands, clock) => Compare(value, operands[0], clock) < 0),
        ["$more_than_equal"] = Ordered((value, operands, clock) => Compare(value, operands[0], clock) >= 0),
        ["$less_than_equal"] = Ordered((value, operands, clock) => Compare(value, operands[0], clock) <= 0),
        ["$more_than_or_equal"] = Ordered((value, operands, clock) => Compare(value, operands[0], clock) >= 0),
        ["$less_than_or_equal"] = Ordered((value, operands, clock) => Compare(value, operands[0], clock) <= 0),
        ["$after"] = Date((value, operands, clock) => CompareInstants(value, operands[0], clock) > 0),
        ["$before"] = Date((value, operands, clock) => CompareInstants(value, operands[0], clock) < 0),
        ["$is_days_ago"] = Days((since, days) => since == days),
        ["$more_than_ago"] = Days((since, days) => since > days),
        ["$less_than_ago"] = Days((since, days) => since >= 0 && since < days),
        ["$is_days_in_future"] = Days((since, days) => -since == days),
        ["$more_than_future"] = Days((since, days) => -since > days),
        ["$less_than_future"] = Days((since, days) => since <= 0 && -since < days),
        ["$last_month"] = Any((value, _, clock) => IsInMonth(value, clock, -1)),
        ["$this_month"] = Any((value, _, clock) => IsInMonth(value, clock, 0)),
        ["$next_month"] = Any((value, _, clock) => IsInMonth(value, clock, 1)),
        ["$count"] = Number((value, operands, _) => Count(value) == operands[0].GetDouble()),
        ["$count_less"] = Number((value, operands, _) => Count(value) < operands[0].GetDouble()),
        ["$count_more"] = Number((value, operands, _) => Count(value) > operands[0].GetDouble()),
    };

    /// <summary>The condition of that wire name; null if there is none.</summary>
    internal static FilterOperator? Find(string name) => Table.GetValueOrDefault(name);

    private static FilterOperator Any(Func<JsonElement, JsonElement[], ProjectClock, bool> holds) => new(_ => true, "any value", holds);

    private static FilterOperator Scalar(Func<JsonElement, JsonElement[], ProjectClock, bool> holds) =>
        new(o => o.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array), "text, numbers or booleans", holds);

    private static FilterOperator Text(Func<JsonElement, JsonElement[], ProjectClock, bool> holds) =>
        new(o => o.ValueKind == JsonValueKind.String, "text", holds);

    private static FilterOperator Number(Func<JsonElement, JsonElement[], ProjectClock, bool> holds) =>
        new(o => o.ValueKind == JsonValueKind.Number, "a number", holds);

    // Days of the project's calendar from a date to today, negative for days to come.
    private static FilterOperator Days(Func<double, double, bool> holds) => Number((value, operands, clock) =>
        Instant(value, clock) is { } instant && holds((clock.ToLocal(clock.Now).Date - clock.ToLocal(instant).Date).Days, operands[0].GetDouble()));

    private static FilterOperator Date(Func<JsonElement, JsonElement[], ProjectClock, bool> holds) =>
        new(o => Instant(o, AnyClock) is not null, "an ISO 8601 date", holds);

    private static FilterOperator Ordered(Func<JsonElement, JsonElement[], ProjectClock, bool> holds) =>
        new(o => o.ValueKind == JsonValueKind.Number || Instant(o, AnyClock) is not null, "a number or an ISO 8601 date", holds);

    private static bool IsMissing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    private static bool IsOneOf(JsonElement value, JsonElement[] operands) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Any(item => IsOneOf(item, operands))
        : operands.Any(operand => Same(value, operand));

    private static bool Same(JsonElement value, JsonElement operand)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return operand.ValueKind == JsonValueKind.Null;
        if (value.ValueKind == JsonValueKind.Number && operand.ValueKind == JsonValueKind.Number) return value.GetDouble() == operand.GetDouble();
        if (Instant(value, AnyClock) is { } left && Instant(operand, AnyClock) is { } right) return left == right;
        return value.ValueKind == operand.ValueKind
            && (value.ValueKind != JsonValueKind.String || value.GetString() == operand.GetString());
    }

    private static bool Contains(JsonElement value, JsonElement[] operands) => value.ValueKind == JsonValueKind.Array
        ? IsOneOf(value, operands)
        : AnyText(value, operands, (text, operand) => text.Contains(operand, StringComparison.Ordinal));

    private static bool AnyText(JsonElement value, JsonElement[] operands, Func<string, string, bool> matches) =>
        value.ValueKind == JsonValueKind.String
        && operands.Any(o => o.ValueKind == JsonValueKind.String && matches(value.GetString()!, o.GetString()!));

    private static int? Compare(JsonElement value, JsonElement operand, ProjectClock clock)
    {
        if (operand.ValueKind != JsonValueKind.Number) return CompareInstants(value, operand, clock);
        if (value.ValueKind == JsonValueKind.Number) return value.GetDouble().CompareTo(operand.GetDouble());
        // A number beside a date means days before now.
        return Instant(value, clock) is { } instant ? (clock.Now - instant).TotalDays.CompareTo(operand.GetDouble()) : null;
    }

    private static int? CompareInstants(JsonElement value, JsonElement operand, ProjectClock clock) =>
        Instant(value, clock) is { } left && Instant(operand, clock) is { } right ? left.CompareTo(right) : null;

    private static bool IsInMonth(JsonElement value, ProjectClock clock, int months) =>
        Instant(value, clock) is { } instant && clock.ToLocal(instant).Month == clock.ToLocal(clock.Now).AddMonths(months).Month;

    private static int? Count(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.Undefined or JsonValueKind.Null => 0,
        _ => 1,
    };

    // A date without a time begins with its first moment in the project.
    private static DateTimeOffset? Instant(JsonElement value, ProjectClock clock) =>
        value.ValueKind == JsonValueKind.String && InstantConverter.TryParse(value.GetString()!, out _) ? clock.Read(value.GetString()) : null;
}
