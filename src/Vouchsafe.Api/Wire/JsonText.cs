using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// JSON that passes through unread: metadata, addresses, nested objects kept as the caller wrote them (white space apart).
/// Reading refuses NUL characters and duplicate members anywhere inside.
/// </summary>
/// <param name="Text">Valid JSON.</param>
[JsonConverter(typeof(JsonTextConverter))]
internal readonly record struct JsonText(string Text)
{
    internal static JsonText EmptyObject => new("{}");

    /// <summary>Wraps what a column holds; null stays null.</summary>
    internal static JsonText? From(string? text) => text is null ? null : new JsonText(text);

    internal bool IsObject => Text.StartsWith('{');
}

internal sealed class JsonTextConverter : JsonConverter<JsonText>
{
    public override JsonText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (Fault(document.RootElement) is { } fault) throw new JsonException(fault.Place.Length == 0 ? fault.Problem : $"{fault.Problem} ({fault.Place.TrimStart('.')})");
        return new JsonText(JsonSerializer.Serialize(document.RootElement, WireJson.Options));
    }

    public override void Write(Utf8JsonWriter writer, JsonText value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);

    // The place grows on the way back, so that what is right costs no text.
    private static (string Problem, string Place)? Fault(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Problem(() => element.GetString()!) is { } problem ? (problem, "") : null,
        JsonValueKind.Array => Items(element),
        JsonValueKind.Object => Members(element),
        _ => null,
    };

    private static (string, string)? Items(JsonElement array)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (Fault(item) is { } fault) return (fault.Problem, $"[{index}]{fault.Place}");
            index++;
        }
        return null;
    }

    private static (string, string)? Members(JsonElement element)
    {
        HashSet<string> names = [];
        foreach (var member in element.EnumerateObject())
        {
            if (Problem(() => member.Name) is { } problem) return (problem, "");
            if (!names.Add(member.Name)) return ($"must not have the member '{member.Name}' twice", "");
            if (Fault(member.Value) is { } fault) return (fault.Problem, $".{member.Name}{fault.Place}");
        }
        return null;
    }

    // Half of a surrogate pair can be written in JSON, but it is no text.
    private static string? Problem(Func<string> read)
    {
        try
        {
            return read().Contains('\0') ? "must not contain the NUL character" : null;
        }
        catch (InvalidOperationException)
        {
            return "must be valid Unicode text";
        }
    }
}
