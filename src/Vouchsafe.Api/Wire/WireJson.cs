using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// How JSON is read and written on the wire: snake_case members, instants as UTC with milliseconds, enumerations in
/// UPPER_SNAKE_CASE. Reading is strict where silence would cost money: duplicate members, NUL characters, fractions where
/// an integer belongs and unknown enumeration values are refused; unknown members are skipped, as the API promises.
/// </summary>
internal static class WireJson
{
    internal static readonly JsonSerializerOptions Options = Create(JsonIgnoreCondition.Never);

    /// <summary>The same, leaving out what is null: the form of stored JSON, and of objects whose empty members clients never see.</summary>
    internal static readonly JsonSerializerOptions Sparse = Create(JsonIgnoreCondition.WhenWritingNull);

    private static JsonSerializerOptions Create(JsonIgnoreCondition ignore)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            // So that "Code" beside "code" is a duplicate: of two spellings one could be checked and the other used.
            PropertyNameCaseInsensitive = true,
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
            MaxDepth = 32,
            DefaultIgnoreCondition = ignore,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseNullEntries } },
        };
        options.Converters.Add(new IntegralInt64Converter());
        options.Converters.Add(new IntegralInt32Converter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // A list of objects or texts has no gaps: no type says so of its entries at run time, and no handler asks again.
    private static void RefuseNullEntries(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Enumerable || type.ElementType is not { IsValueType: false }) return;
        type.OnDeserialized = list =>
        {
            var index = 0;
            foreach (var entry in (System.Collections.IEnumerable)list)
            {
                if (entry is null) throw new JsonException($"must not have null at [{index}]");
                index++;
            }
        };
    }

    /// <summary>An enumeration's value as it is written on the wire.</summary>
    internal static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>Writes an instant as clients read it.</summary>
    internal static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Takes any JSON number with an integral value: 1, 1.0, 1e2.</summary>
internal sealed class IntegralInt64Converter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadIntegral(ref reader);

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    internal static long ReadIntegral(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException("must be an integer");
        if (reader.TryGetInt64(out var value)) return value;
        if (reader.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
            return (long)number;
        throw new JsonException("must be an integer");
    }
}

/// <summary>See <see cref="IntegralInt64Converter"/>.</summary>
internal sealed class IntegralInt32Converter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = IntegralInt64Converter.ReadIntegral(ref reader);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new JsonException("is out of range");
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>The same, and texts that are plain integers: <c>"2"</c>. Only for members that are documented with them.</summary>
internal sealed class IntegralTextConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("must be an integer"),
        _ => IntegralInt64Converter.ReadIntegral(ref reader),
    };

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}

/// <summary>ISO 8601 instants; a date alone is its first moment in UTC. Finer than a millisecond is cut off.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var instant)
            ? instant
            : throw new JsonException("must be an ISO 8601 date and time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireJson.Format(value));

    internal static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        // A leading digit keeps out the parser's lenient forms ("May 3", "12:00").
        if (text.Length < 10 || !char.IsAsciiDigit(text[0]) || text[4] != '-' || text[7] != '-') return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)) return false;
        instant = new DateTimeOffset(parsed.UtcTicks - parsed.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        return true;
    }
}

/// <summary>Text without NUL, which no database column of ours could hold alike.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("must be a string");
        var text = reader.GetString()!;
        return text.Contains('\0') ? throw new JsonException("must not contain the NUL character") : text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
