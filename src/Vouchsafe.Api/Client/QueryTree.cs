using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Client;

/// <summary>
/// Reads <c>item[0][product_id]=x&amp;metadata[a]=b</c> into nested objects whose leaves are texts; indexes are members
/// like all others. Brackets may be percent-encoded or not. What has two meanings is refused: a name given twice, a name
/// that is both a value and an object, brackets that do not match.
/// </summary>
/// <remarks>The framework's own collection is not used: it takes names that differ in case for one.</remarks>
internal static class QueryTree
{
    private const int MaxParameters = 2_000;
    private const int MaxDepth = 6;
    private const int MaxNameLength = 300;
    private const int MaxValueLength = 4_000;

    /// <summary>Reads a query string, with or without its question mark.</summary>
    internal static Result<JsonObject> Parse(string? query)
    {
        var root = new JsonObject();
        var count = 0;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().ToString();
            var value = pair.DecodeValue().ToString();
            if (++count > MaxParameters) return CommonErrors.InvalidQuery($"The query may hold {MaxParameters} parameters at most.");
            if (Fault(name, value) is { } fault) return CommonErrors.InvalidQuery($"{Shown(name)} {fault}.");
            if (Segments(name).Failed(out var error, out var path)) return error;
            if (Put(root, path, value) is { } conflict) return CommonErrors.InvalidQuery($"{Shown(name)} {conflict}.");
        }
        return root;
    }

    private static string? Fault(string name, string value) =>
        name.Length > MaxNameLength ? $"is longer than {MaxNameLength} characters"
        : value.Length > MaxValueLength ? $"may hold {MaxValueLength} characters at most"
        : name.Contains('\0') || value.Contains('\0') ? "must not contain the NUL character"
        : null;

    // name := text ( "[" text "]" )*, where a text has no brackets and is not empty.
    private static Result<IReadOnlyList<string>> Segments(string name)
    {
        List<string> path = [];
        var open = name.IndexOfAny(['[', ']']);
        if (open < 0) return (string[])[name];
        path.Add(name[..open]);
        while (open < name.Length)
        {
            var close = name.IndexOf(']', open);
            if (name[open] != '[' || close < 0 || name.AsSpan(open + 1, close - open - 1).Contains('['))
                return CommonErrors.InvalidQuery($"{Shown(name)} has brackets that do not match.");
            path.Add(name[(open + 1)..close]);
            open = close + 1;
        }
        if (path.Count > MaxDepth) return CommonErrors.InvalidQuery($"{Shown(name)} is nested too deeply.");
        return path.Contains("") ? CommonErrors.InvalidQuery($"{Shown(name)} has an empty name between its brackets.") : path;
    }

    private static string? Put(JsonObject root, IReadOnlyList<string> path, string value)
    {
        var node = root;
        foreach (var segment in path.Take(path.Count - 1))
        {
            if (!node.TryGetPropertyValue(segment, out var next)) node[segment] = next = new JsonObject();
            if (next is not JsonObject inner) return "has both a value and members";
            node = inner;
        }
        if (!node.TryGetPropertyValue(path[^1], out var there))
        {
            node[path[^1]] = value;
            return null;
        }
        return there is JsonObject ? "has both a value and members" : "stands twice in the query";
    }

    private static string Shown(string name) => name.Length == 0 ? "A parameter without a name" : name.Length > 100 ? name[..100] + "..." : name.Replace("\0", "", StringComparison.Ordinal);
}
