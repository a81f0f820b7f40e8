using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Client;

/// <summary>
/// What the browser clients put into a query, rearranged into the body that the private channel takes: the same records
/// read both, so there is one set of checks. In a query every value is text; where the body has a number or a flag, the
/// text must be one. Metadata stays text.
/// </summary>
internal sealed class ContextQuery
{
    private static readonly string[] NumbersOfOrder = ["amount"];
    private static readonly string[] NumbersOfItem = ["quantity", "amount", "price"];
    private static readonly string[] NumbersOfProduct = ["price"];
    private static readonly string[] FlagsOfProduct = ["override"];

    private readonly JsonObject _tree;
    private ApiError? _error;

    private ContextQuery(JsonObject tree) => _tree = tree;

    /// <summary>The <c>code</c> parameter without the white space around it; null if there is none.</summary>
    internal string? Code { get; private set; }

    /// <summary>Everything else: <c>order</c>, <c>customer</c>, <c>metadata</c>, <c>tracking_id</c>, <c>session</c>.</summary>
    internal JsonObject Body { get; } = [];

    internal static Result<ContextQuery> Read(string? query)
    {
        if (QueryTree.Parse(query).Failed(out var error, out var tree)) return error;
        var context = new ContextQuery(tree);
        context.Arrange();
        return context._error is { } refused ? refused : context;
    }

    /// <summary>The body as a request record.</summary>
    internal Result<T> As<T>()
    {
        try
        {
            return Body.Deserialize<T>(WireJson.Options)!;
        }
        catch (JsonException e)
        {
            return CommonErrors.InvalidQuery(BodyReader.Describe(e));
        }
    }

    private void Arrange()
    {
        Code = Text("code")?.Trim() is { Length: > 0 } code ? code : null;
        Set(Body, "tracking_id", Text("tracking_id"));
        Set(Body, "metadata", Object(_tree, "metadata"));
        Set(Body, "customer", WithoutEmpty(Object(_tree, "customer"), "customer"));
        Set(Body, "order", Order());
        Set(Body, "session", Session());
    }

    private JsonObject? Order()
    {
        var order = WithoutEmpty(Object(_tree, "order"), "order") ?? [];
        if (Text("amount") is { } amount) order["amount"] = Number(amount, "amount");
        else Convert(order, NumbersOfOrder, [], "order");
        Set(order, "items", Items());
        return order.Count == 0 ? null : order;
    }

    private JsonArray? Items()
    {
        // The old client writes item[0][...], and so does the new one; some callers write items[0][...].
        var name = _tree.ContainsKey("item") ? "item" : "items";
        if (Object(_tree, name) is not { } list) return null;
        SortedDictionary<int, JsonObject> items = [];
        foreach (var (index, _) in list)
        {
            if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var position) || Object(list, index, $"{name}[{index}]") is not { } item)
            {
                Refuse($"{name} must be a list of objects: {name}[0][product_id].");
                return null;
            }
            if (!items.TryAdd(position, Item(item, $"{name}[{index}]"))) Refuse($"{name}[{index}] stands twice in the query.");
        }
        return [.. items.Values];
    }

    private JsonObject Item(JsonObject item, string path)
    {
        item = WithoutEmpty(item, path)!;
        Convert(item, NumbersOfItem, [], path);
        foreach (var part in (string[])["product", "sku"])
            if (item[part] is JsonObject inner) Convert(inner, NumbersOfProduct, FlagsOfProduct, $"{path}[{part}]");
        return item;
    }

    private JsonObject? Session()
    {
        JsonObject session = [];
        Set(session, "type", Text("session_type"));
        Set(session, "key", Text("session_key"));
        Set(session, "ttl_unit", Text("session_ttl_unit"));
        if (Text("session_ttl") is { } ttl) session["ttl"] = Number(ttl, "session_ttl");
        return session.Count == 0 ? null : session;
    }

    private string? Text(string name)
    {
        switch (_tree[name])
        {
            case null: return null;
            case JsonValue value: return value.GetValue<string>() is { Length: > 0 } text ? text : null;
            default:
                Refuse($"{name} must be a single value.");
                return null;
        }
    }

    private JsonObject? Object(JsonObject parent, string name, string? path = null)
    {
        switch (parent[name])
        {
            case null: return null;
            case JsonObject inner: return (JsonObject)inner.DeepClone();
            // An object of the caller's that had nothing in it.
            case JsonValue value when value.GetValue<string>().Length == 0: return null;
            default:
                Refuse($"{path ?? name} must have members: {path ?? name}[member].");
                return null;
        }
    }

    // A member without a value was null in the caller's hands. In metadata an empty text is a value like others.
    private static JsonObject? WithoutEmpty(JsonObject? parent, string path)
    {
        if (parent is null) return null;
        foreach (var (name, node) in parent.ToList())
        {
            if (name == "metadata") continue;
            if (node is JsonObject inner) WithoutEmpty(inner, path);
            else if (node is JsonValue value && value.GetValue<string>().Length == 0) parent.Remove(name);
        }
        return parent;
    }

    private void Convert(JsonObject parent, string[] numbers, string[] flags, string path)
    {
        foreach (var name in numbers)
            if (parent[name] is JsonValue value) parent[name] = Number(value.GetValue<string>(), $"{path}[{name}]");
        foreach (var name in flags)
            if (parent[name] is JsonValue value) parent[name] = Flag(value.GetValue<string>(), $"{path}[{name}]");
    }

    private long Number(string text, string name)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse($"{name} must be an integer.");
        return 0;
    }

    private bool Flag(string text, string name)
    {
        if (text is not ("true" or "false")) Refuse($"{name} must be true or false.");
        return text == "true";
    }

    private void Refuse(string details) => _error ??= CommonErrors.InvalidQuery(details);

    private static void Set(JsonObject parent, string name, JsonNode? value)
    {
        if (value is not null) parent[name] = value;
    }
}
