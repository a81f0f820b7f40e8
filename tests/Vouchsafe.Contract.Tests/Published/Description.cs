using System.Text.Json.Nodes;

namespace Vouchsafe.Contract.Tests.Published;

/// <summary>The published API description: its operations and the form of their answers.</summary>
internal sealed class Description
{
    private static readonly string[] Verbs = ["get", "post", "put", "delete", "patch"];

    private readonly List<PublishedOperation> _operations = [];
    private readonly ExampleNulls _nulls = new();

    private Description(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var document = new PublishedDocument(file, _nulls);
            foreach (var (path, verbs) in document.Paths)
                _operations.AddRange(verbs!.AsObject().Where(v => Verbs.Contains(v.Key))
                    .Select(v => new PublishedOperation(v.Key.ToUpperInvariant(), path, document, v.Value!["responses"]!.AsObject())));
        }
    }

    /// <summary>Reads it; null where it does not lie beside the repository.</summary>
    internal static Description? Read() => Repository.Shared("openapi") is { } folder ? new Description(folder) : null;

    /// <summary>The operation at this path, literal segments before parameters; null if none is described.</summary>
    internal PublishedOperation? Find(string method, string path)
    {
        var segments = PublishedOperation.Split(path);
        return _operations.Where(o => o.Method == method && o.Matches(segments)).MinBy(o => o.Specificity, StringComparer.Ordinal);
    }
}

/// <summary>One operation of the description.</summary>
internal sealed class PublishedOperation(string method, string template, PublishedDocument document, JsonObject answers)
{
    private readonly string[] _segments = Split(template);

    internal string Method => method;

    internal string Name { get; } = $"{method} {template}";

    internal PublishedDocument Document => document;

    /// <summary>Sorts literal segments before parameters.</summary>
    internal string Specificity => string.Concat(_segments.Select(s => IsParameter(s) ? '1' : '0'));

    internal bool Matches(string[] path) =>
        path.Length == _segments.Length && path.Zip(_segments).All(p => IsParameter(p.Second) ? p.First.Length > 0 : p.First == p.Second);

    /// <summary>Whether answers with this status are described.</summary>
    internal bool Describes(int status) => answers.ContainsKey($"{status}");

    /// <summary>The schema of the answers with this status; null if they have no body.</summary>
    internal string? SchemaOf(int status)
    {
        if (answers[$"{status}"]?["content"]?["application/json"]?["schema"] is not { } schema) return null;
        var name = $"{Name} {status}";
        document.Add(name, schema);
        return name;
    }

    internal static string[] Split(string path) => path.Split('?')[0].Trim('/').Split('/');

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
