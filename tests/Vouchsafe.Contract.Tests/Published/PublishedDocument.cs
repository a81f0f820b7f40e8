using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Vouchsafe.Contract.Tests.Published;

/// <summary>One file of the description, with its schemas ready to validate.</summary>
internal sealed class PublishedDocument
{
    private readonly Lock _gate = new();
    private readonly JsonObject _source;
    private readonly ExampleNulls _nulls;
    private readonly JsonObject _definitions = [];
    private readonly Dictionary<string, JsonSchema> _ready = [];

    internal PublishedDocument(string file, ExampleNulls nulls)
    {
        _nulls = nulls;
        _source = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        nulls.Learn(_source);
        Paths = _source["paths"]?.AsObject() ?? [];
    }

    internal JsonObject Paths { get; }

    private JsonObject Schemas => _source["components"]?["schemas"]?.AsObject() ?? [];

    /// <summary>Gives a schema of this file a name.</summary>
    internal void Add(string name, JsonNode schema)
    {
        lock (_gate) _definitions.TryAdd(name, SchemaTranslation.Translate(schema));
    }

    /// <summary>What is wrong with a body by a schema of this file; the file's own schemas have their names.</summary>
    internal IReadOnlyList<string> Faults(string schemaName, string body)
    {
        lock (_gate)
        {
            if (!_ready.TryGetValue(schemaName, out var schema)) _ready[schemaName] = schema = Compile(schemaName);
            return new Findings(JsonNode.Parse(body)!, _nulls).Of(schema.Validate(body, SchemaType.JsonSchema));
        }
    }

    internal bool Has(string schemaName) => Schemas.ContainsKey(schemaName);

    private JsonSchema Compile(string name)
    {
        var root = new JsonObject { ["$schema"] = "http://json-schema.org/draft-04/schema#" };
        var definitions = new JsonObject();
        var start = _definitions[name]?.DeepClone().AsObject() ?? new JsonObject { ["$ref"] = "#/definitions/" + name };
        AddReferenced(start, definitions);
        foreach (var (member, value) in start.ToList()) root[member] = value?.DeepClone();
        root["definitions"] = definitions;
        return JsonSchema.FromJsonAsync(root.ToJsonString()).GetAwaiter().GetResult();
    }

    // Only what an answer refers to: the largest files hold hundreds of schemas.
    private void AddReferenced(JsonNode? node, JsonObject definitions)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array) AddReferenced(item, definitions);
                break;
            case JsonObject o:
                foreach (var (member, value) in o)
                {
                    if (member == "$ref" && value is JsonValue reference) Define(reference.GetValue<string>()["#/definitions/".Length..], definitions);
                    else AddReferenced(value, definitions);
                }
                break;
            default:
                break;
        }
    }

    private void Define(string name, JsonObject definitions)
    {
        if (definitions.ContainsKey(name)) return;
        var schema = SchemaTranslation.Translate(Schemas[name] ?? throw new InvalidOperationException($"The description refers to '{name}', which it lacks."));
        definitions[name] = schema;
        AddReferenced(schema.DeepClone(), definitions);
    }
}
