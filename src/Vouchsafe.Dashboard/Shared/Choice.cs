using System.Text.Json.Nodes;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>Something that can be picked from the API's lists.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What it is on the wire: <c>product</c>, <c>sku</c>, <c>products_collection</c>, <c>segment</c>...</param>
public sealed record Choice(string Id, string Name, string Kind)
{
    /// <summary>The id in the shop's own system, if it has one.</summary>
    public string? SourceId { get; init; }

    /// <summary>What it is, for people.</summary>
    public string KindText => Kind switch { "sku" => "SKU", "products_collection" => "collection", "validation_rules" => "rule", "promotion_tier" => "tier", _ => Kind };
}

/// <summary>Something with an id and a name.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What people call it.</param>
public sealed record NamedChoice(string Id, string Name);

/// <summary>Looks things up by their names, on the server, as the member may.</summary>
public static class ChoiceSearch
{
    private const int MostNamed = 30;

    /// <summary>Products, their SKUs and collections.</summary>
    public static Task<IReadOnlyList<Choice>> ItemsAsync(ProjectApi project, string? text, CancellationToken ct) => FindAsync(project, "item", text, ct);

    /// <summary>Products and their SKUs.</summary>
    public static async Task<IReadOnlyList<Choice>> SoldAsync(ProjectApi project, string? text, CancellationToken ct) =>
        [.. (await FindAsync(project, "item", text, ct)).Where(c => c.Kind != "products_collection")];

    /// <summary>Customer segments.</summary>
    public static Task<IReadOnlyList<Choice>> SegmentsAsync(ProjectApi project, string? text, CancellationToken ct) => FindAsync(project, "segment", text, ct);

    /// <summary>Validation rules.</summary>
    public static Task<IReadOnlyList<Choice>> RulesAsync(ProjectApi project, string? text, CancellationToken ct) => FindAsync(project, "validation_rules", text, ct);

    /// <summary>Campaigns of any kind.</summary>
    public static Task<IReadOnlyList<Choice>> CampaignsAsync(ProjectApi project, string? text, CancellationToken ct) => FindAsync(project, "campaign", text, ct);

    /// <summary>What things are called whose ids are known; what is not found is left out.</summary>
    public static async Task<Dictionary<string, string>> NamesAsync(ProjectApi project, IEnumerable<(string Kind, string Id)> wanted, CancellationToken ct = default)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var (kind, id) in wanted.Distinct().Take(MostNamed))
        {
            var path = kind switch { "product" => "products", "sku" => "skus", "products_collection" => "product-collections", "segment" => "segments", _ => null };
            if (path is null) continue;
            if ((await project.GetAsync<JsonObject>($"/v1/{path}/{Uri.EscapeDataString(id)}", ct)).Value is { } found) names[id] = Read(found, kind).Name;
        }

        return names;
    }

    private static async Task<IReadOnlyList<Choice>> FindAsync(ProjectApi project, string kind, string? text, CancellationToken ct) =>
        (await project.ListAsync<Choice>($"/dashboard/v1/projects/{{project}}/choices?{ListQuery.Of(("kind", kind), ("text", text?.Trim()))}", ct)).Value?.Items ?? [];

    private static Choice Read(JsonObject item, string kind)
    {
        var (id, source) = ((string?)item["id"] ?? "", (string?)item["source_id"]);
        return new Choice(id, (string?)(kind == "sku" ? item["sku"] : item["name"]) ?? source ?? id, kind) { SourceId = source };
    }
}
