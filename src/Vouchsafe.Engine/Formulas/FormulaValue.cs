using System.Text.Json;

namespace Vouchsafe.Engine.Formulas;

internal enum FormulaKind
{
    Missing,
    Number,
    Text,
    Boolean,
    Date,
}

/// <summary>
/// A value inside a formula. Whatever cannot be computed (absent metadata, mixed types, division by zero, numbers out of range) is
/// <see cref="Missing"/>; it travels up, and the discount then falls back to its static value.
/// </summary>
internal readonly record struct FormulaValue(FormulaKind Kind, decimal Number, string? Text, DateTimeOffset Date)
{
    // Two factors within this bound cannot overflow a decimal, so no operation needs to guard its result twice.
    private const decimal Bound = 10_000_000_000_000m;

    public static readonly FormulaValue Missing = default;

    public bool IsMissing => Kind == FormulaKind.Missing;
    public bool IsTrue => Kind == FormulaKind.Boolean && Number != 0;

    public static FormulaValue Of(decimal? number) =>
        number is { } value && Math.Abs(value) <= Bound ? new FormulaValue(FormulaKind.Number, value, null, default) : Missing;

    public static FormulaValue Of(bool truth) => new(FormulaKind.Boolean, truth ? 1 : 0, null, default);

    public static FormulaValue Of(string? text) => text is null ? Missing : new FormulaValue(FormulaKind.Text, 0, text, default);

    public static FormulaValue Of(DateTimeOffset? date) =>
        date is { } instant ? new FormulaValue(FormulaKind.Date, 0, null, instant) : Missing;

    /// <summary>A member of a metadata object; arrays and objects have no value in a formula.</summary>
    public static FormulaValue Of(JsonElement metadata, string key)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty(key, out var member))
            return Missing;
        return member.ValueKind switch
        {
            JsonValueKind.Number => Of(member.TryGetDecimal(out var number) ? number : null),
            JsonValueKind.String => Of(Rules.JsonReading.TextOf(member)),
            JsonValueKind.True => Of(true),
            JsonValueKind.False => Of(false),
            _ => Missing,
        };
    }

    /// <summary>A date, also when it is written as text.</summary>
    public DateTimeOffset? AsDate(ProjectClock clock) => Kind switch
    {
        FormulaKind.Date => Date,
        FormulaKind.Text => clock.Read(Text),
        _ => null,
    };
}
