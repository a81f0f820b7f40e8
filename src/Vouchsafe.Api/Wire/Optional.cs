using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// A member of an update: absent (leave as it is), null (clear), or a value. An update changes only what it names.
/// </summary>
[JsonConverter(typeof(OptionalConverterFactory))]
internal readonly struct Optional<T>
{
    internal Optional(T? value) => (IsPresent, Value) = (true, value);

    /// <summary>Whether the member was written at all.</summary>
    internal bool IsPresent { get; }

    /// <summary>Its value; null (or default) if it was written as null or not written.</summary>
    internal T? Value { get; }

    /// <summary>The value if the member was written, else what there was.</summary>
    internal T? Or(T? current) => IsPresent ? Value : current;
}

internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class OptionalConverter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null) return new(default);
            try
            {
                return new(JsonSerializer.Deserialize<T>(ref reader, options));
            }
            catch (JsonException e)
            {
                // The inner reader knows the path below this member only; a fresh exception is given the path of the member.
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
