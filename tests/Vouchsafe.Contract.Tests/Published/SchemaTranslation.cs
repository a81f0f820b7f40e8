using System.Text.Json.Nodes;

namespace Vouchsafe.Contract.Tests.Published;

/// <summary>
/// Turns a schema of an OpenAPI description (3.0 and 3.1) into the JSON schema that the validator knows. A keyword that is
/// not listed here is an error, so that nothing is passed over in silence.
/// </summary>
internal static class SchemaTranslation
{
    private const string Components = "#/components/schemas/";

    private static readonly HashSet<string> Kept =
    [
        "type", "format", "enum", "pattern", "required", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    ];

    // Texts for readers, and hints for generators of code: they constrain nothing.
    private static readonly HashSet<string> Dropped =
    [
        "title", "description", "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "discriminator", "externalDocs", "$schema",
    ];

    /// <summary>The translated schema.</summary>
    /// <exception cref="NotSupportedException">It has a keyword that is not known here.</exception>
    internal static JsonObject Translate(JsonNode schema)
    {
        if (schema is not JsonObject source) return schema.GetValue<bool>() ? [] : new JsonObject { ["not"] = new JsonObject() };
        var nullable = source["nullable"]?.GetValue<bool>() == true;
        // Members beside a reference mean nothing in OpenAPI 3.0.
        var target = source["$ref"] is { } reference
            ? new JsonObject { ["$ref"] = reference.GetValue<string>().Replace(Components, "#/definitions/", StringComparison.Ordinal) }
            : Keywords(source);
        return nullable ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, target) } : target;
    }

    private static JsonObject Keywords(JsonObject source)
    {
        var target = new JsonObject();
        foreach (var (name, value) in source)
        {
            if (name is "nullable" or "$ref" || Dropped.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal)) continue;
            // Hours and minutes, as the texts and the examples of the description have it; the format's own seconds are optional.
            if (name == "format" && value!.GetValue<string>() == "time") target["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$";
            else if (Kept.Contains(name)) target[name] = value!.DeepClone();
            else Nested(target, name, value);
        }
        return target;
    }

    private static void Nested(JsonObject target, string name, JsonNode? value)
    {
        switch (name)
        {
            case "const":
                target["enum"] = new JsonArray(value?.DeepClone());
                break;
            case "items" or "not":
                target[name] = Translate(value!);
                break;
            case "additionalProperties":
                target[name] = value is JsonObject ? Translate(value) : value!.DeepClone();
                break;
            case "properties":
                target[name] = new JsonObject(value!.AsObject().Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, Translate(p.Value!))));
                break;
            case "allOf":
                target[name] = All(value!);
                break;
            // The alternatives of the description overlap (an object whose members are all optional beside one with two more),
            // so "exactly one" would refuse the description's own examples.
            case "oneOf" or "anyOf":
                target["anyOf"] = target["anyOf"] is null ? All(value!) : throw new NotSupportedException("oneOf beside anyOf");
                break;
            default:
                throw new NotSupportedException($"The keyword '{name}' of the published description is not translated.");
        }
    }

    private static JsonArray All(JsonNode schemas) => new([.. schemas.AsArray().Select(s => Translate(s!))]);
}
