using System.Globalization;
using System.Text.Json;

namespace Vouchsafe.Engine.Rules;

internal enum RuleValueKind
{
    Missing,
    Number,
    Text,
    Boolean,
    List,
}

/// <summary>What a condition found and an operator judges, or what an operator was given.</summary>
internal readonly record struct RuleValue(RuleValueKind Kind, decimal Number, string? Text, IReadOnlyList<RuleValue>? Items)
{
    public static readonly RuleValue Missing = default;

    public static RuleValue Of(decimal? number) =>
        number is { } value ? new RuleValue(RuleValueKind.Number, value, null, null) : Missing;

    public static RuleValue Of(string? text) => text is null ? Missing : new RuleValue(RuleValueKind.Text, 0, text, null);

    public static RuleValue Of(IEnumerable<string> texts) => new(RuleValueKind.List, 0, null, [.. texts.Select(Of)]);

    public static RuleValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? Of(number) : Missing,
        JsonValueKind.String => Of(JsonReading.TextOf(element)),
        JsonValueKind.True or JsonValueKind.False => new RuleValue(RuleValueKind.Boolean, element.ValueKind == JsonValueKind.True ? 1 : 0, null, null),
        JsonValueKind.Array => new RuleValue(RuleValueKind.List, 0, null, [.. element.EnumerateArray().Select(Of)]),
        _ => Missing,
    };

    public static RuleValue OfMetadata(JsonElement metadata, string key) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(key, out var member) ? Of(member) : Missing;

    /// <summary>The value itself, or the elements of a list.</summary>
    public IReadOnlyList<RuleValue> Each() => Kind == RuleValueKind.List ? Items! : Kind == RuleValueKind.Missing ? [] : [this];

    /// <summary>A number, also when it is written as text: query strings know no numbers.</summary>
    public decimal? AsNumber() => Kind switch
    {
        RuleValueKind.Number => Number,
        RuleValueKind.Text when decimal.TryParse(Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>For questions whose answer is the same in every calendar.</summary>
    public static readonly ProjectClock AnyClock = new(default, TimeZoneInfo.Utc);

    public DateTimeOffset? AsDate(ProjectClock clock) => Kind == RuleValueKind.Text && AsNumber() is null ? clock.Read(Text) : null;

    public bool SameAs(RuleValue other)
    {
        if (Kind == RuleValueKind.Missing || other.Kind == RuleValueKind.Missing)
            return false;
        if (Kind == RuleValueKind.Text && other.Kind == RuleValueKind.Text)
            return string.Equals(Text, other.Text, StringComparison.Ordinal) || (AsDate(AnyClock) is { } date && date == other.AsDate(AnyClock));
        if (Kind == RuleValueKind.Boolean || other.Kind == RuleValueKind.Boolean)
            return AsBoolean() is { } truth && truth == other.AsBoolean();
        return AsNumber() is { } number && number == other.AsNumber();
    }

    /// <summary>Smaller, equal or greater than zero as this is to the other; null when they cannot be compared.</summary>
    public int? CompareTo(RuleValue other, ProjectClock clock)
    {
        if (AsNumber() is { } number && other.AsNumber() is { } otherNumber)
            return number.CompareTo(otherNumber);
        return AsDate(clock) is { } date && other.AsDate(clock) is { } otherDate ? date.CompareTo(otherDate) : null;
    }

    public override string ToString() => Kind switch
    {
        RuleValueKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        RuleValueKind.Text => Text!,
        RuleValueKind.Boolean => Number != 0 ? "true" : "false",
        RuleValueKind.List => $"[{string.Join(", ", Items!)}]",
        RuleValueKind.Missing => "(none)",
    };

    private bool? AsBoolean() => Kind switch
    {
        RuleValueKind.Boolean => Number != 0,
        RuleValueKind.Text => Text switch { "true" => true, "false" => false, _ => null },
        _ => null,
    };
}
