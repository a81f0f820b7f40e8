using System.Text.Json;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Rules;

/// <summary>Small readers of optional members; null and absent mean the same.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static JsonElement? Member(JsonElement holder, string name, JsonValueKind kind, string path, FieldCheck check)
    {
        if (Member(holder, name) is not { } member)
            return null;
        if (member.ValueKind == kind)
            return member;
        check.Fail(path, kind switch
        {
            JsonValueKind.Object => "must be an object",
            JsonValueKind.Array => "must be an array",
            JsonValueKind.String => "must be a string",
            _ => "has the wrong type",
        });
        return null;
    }

    public static string? Text(JsonElement holder, string name, string path, FieldCheck check) =>
        Member(holder, name, JsonValueKind.String, path, check) is { } text ? TextOf(text) : null;

    /// <summary>A text; null for half of a surrogate pair, which JSON can write but which is no text.</summary>
    public static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static long? Whole(JsonElement holder, string name, string path, FieldCheck check, long least, long most = Money.Minor.Max)
    {
        if (Member(holder, name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var number)
            && number == decimal.Truncate(number) && number >= least && number <= most)
            return (long)number;
        check.Fail(path, $"must be an integer from {least} to {most}");
        return null;
    }
}
