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

/// <summary>Looks things up by their names, through the API as the member may use it.</summary>
public static class ChoiceSearch
{
    // The API's lists are sorted by name and know no search by it, so their first pages are looked through; an id is always found.
    private const int PageSize = 100;
    private const int MostPages = 5;
    private const int MostShown = 30;

    /// <summary>Products, their SKUs and collections.</summary>
    public static async Task<IReadOnlyList<Choice>> ItemsAsync(ProjectApi project, string? text, CancellationToken ct)
    {
        var products = AllAsync(project, "/v1/products", text, item => [Read(item, "product"), .. Skus(item)], ct);
        var collections = AllAsync(project, "/v1/product-collections", text, item => [Read(item, "products_collection")], ct);
        return [.. await products, .. await collections];
    }

    /// <summary>Customer segments.</summary>
    public static Task<IReadOnlyList<Choice>> SegmentsAsync(ProjectApi project, string? text, CancellationToken ct) =>
        AllAsync(project, "/v1/segments", text, item => [Read(item, "segment")], ct);

    /// <summary>Validation rules.</summary>
    public static Task<IReadOnlyList<Choice>> RulesAsync(ProjectApi project, string? text, CancellationToken ct) =>
        AllAsync(project, "/v1/validation-rules", text, item => [Read(item, "validation_rules")], ct);

    /// <summary>Campaigns of any kind.</summary>
    public static Task<IReadOnlyList<Choice>> CampaignsAsync(ProjectApi project, string? text, CancellationToken ct) =>
        AllAsync(project, "/v1/campaigns", text, item => [Read(item, "campaign")], ct);

    /// <summary>Categories.</summary>
    public static Task<IReadOnlyList<Choice>> CategoriesAsync(ProjectApi project, string? text, CancellationToken ct) =>
        AllAsync(project, "/v1/categories", text, item => [Read(item, "category")], ct);

    /// <summary>What things are called whose ids are known; what is not found is left out.</summary>
    public static async Task<Dictionary<string, string>> NamesAsync(ProjectApi project, IEnumerable<(string Kind, string Id)> wanted, CancellationToken ct = default)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var (kind, id) in wanted.Distinct().Take(MostShown))
        {
            var path = kind switch { "product" => "products", "sku" => "skus", "products_collection" => "product-collections", "segment" => "segments", _ => null };
            if (path is null) continue;
            if ((await project.GetAsync<JsonObject>($"/v1/{path}/{Uri.EscapeDataString(id)}", ct)).Value is { } found) names[id] = Read(found, kind).Name;
        }

        return names;
    }

    private static async Task<IReadOnlyList<Choice>> AllAsync(
        ProjectApi project, string path, string? text, Func<JsonObject, IEnumerable<Choice>> read, CancellationToken ct)
    {
        List<Choice> found = [];
        for (var page = 1; page <= MostPages && found.Count < MostShown; page++)
        {
            var order = path == "/v1/segments" || path == "/v1/categories" ? "" : "&order=name";
            var reply = await project.ListAsync<JsonObject>($"{path}?limit={PageSize}&page={page}{order}", ct);
            if (reply.Value is not { } list) break;
            found.AddRange(list.Items.SelectMany(read).Where(choice => Matches(choice, text)));
            if (list.Items.Count < PageSize) break;
        }

        return found.Count > MostShown ? found[..MostShown] : found;
    }

    private static bool Matches(Choice choice, string? text) =>
        string.IsNullOrWhiteSpace(text) || choice.Name.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)
        || choice.Id == text.Trim() || choice.SourceId?.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase) == true;

    private static IEnumerable<Choice> Skus(JsonObject product) =>
        ((product["skus"] as JsonObject)?["data"] as JsonArray ?? []).OfType<JsonObject>().Select(sku => Read(sku, "sku"));

    private static Choice Read(JsonObject item, string kind)
    {
        var (id, source) = ((string?)item["id"] ?? "", (string?)item["source_id"]);
        return new Choice(id, (string?)(kind == "sku" ? item["sku"] : item["name"]) ?? source ?? id, kind) { SourceId = source };
    }
}
