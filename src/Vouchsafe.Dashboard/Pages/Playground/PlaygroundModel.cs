using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vouchsafe.Dashboard.Pages.Playground;

/// <summary>A line of the order that is played with.</summary>
public sealed class PlayItem
{
    /// <summary>The shop's name of the product.</summary>
    public string Product { get; set; } = "";
    /// <summary>How many.</summary>
    public int Quantity { get; set; } = 1;
    /// <summary>Price of one, in whole units of the currency.</summary>
    public decimal Price { get; set; }
}

/// <summary>Something to apply.</summary>
public sealed class PlayRedeemable
{
    /// <summary><c>voucher</c>, <c>promotion_tier</c> or <c>promotion_stack</c>.</summary>
    public string Kind { get; set; } = "voucher";
    /// <summary>A code, or the id of a tier or stack.</summary>
    public string Id { get; set; } = "";
    /// <summary>Credits to take from a gift card, in whole units; null: as much as the order needs.</summary>
    public decimal? Credits { get; set; }
}

/// <summary>What is sent, made out of the fields.</summary>
public sealed class PlayOrder
{
    /// <summary>The lines.</summary>
    public List<PlayItem> Items { get; } = [];
    /// <summary>In the order in which they are asked for.</summary>
    public List<PlayRedeemable> Redeemables { get; } = [];
    /// <summary>The shop's name of the customer; empty: nobody.</summary>
    public string Customer { get; set; } = "";

    /// <summary>The body of <c>POST /v1/validations</c> or <c>/v1/redemptions</c>.</summary>
    public JsonObject Body(bool explains)
    {
        var body = new JsonObject();
        if (explains) body["options"] = new JsonObject { ["expand"] = new JsonArray("order", "redeemable", "explanation") };
        body["redeemables"] = new JsonArray([.. Redeemables.Where(r => r.Id.Length > 0).Select(r =>
        {
            var one = new JsonObject { ["object"] = r.Kind, ["id"] = r.Id.Trim() };
            if (r.Credits is { } credits && r.Kind == "voucher") one["gift"] = new JsonObject { ["credits"] = Minor(credits) };
            return (JsonNode)one;
        })]);
        if (Customer.Trim() is { Length: > 0 } customer) body["customer"] = new JsonObject { ["source_id"] = customer };
        body["order"] = new JsonObject
        {
            ["items"] = new JsonArray([.. Items.Where(i => i.Product.Length > 0).Select(i =>
                (JsonNode)new JsonObject { ["source_id"] = i.Product.Trim(), ["related_object"] = "product", ["quantity"] = i.Quantity, ["price"] = Minor(i.Price) })]),
        };
        return body;
    }

    private static long Minor(decimal units) => (long)Math.Clamp(decimal.Round(units * 100m, MidpointRounding.AwayFromZero), -1_000_000_000_000m, 1_000_000_000_000m);
}

/// <summary>One step down from the full price.</summary>
/// <param name="Label">What was applied.</param>
/// <param name="Off">What it took off, in hundredths.</param>
/// <param name="After">What is left to pay after it.</param>
public sealed record PlayStep(string Label, long Off, long After);

/// <summary>What the API said, as the page shows it.</summary>
public sealed record PlayVerdict(bool IsValid, long Initial, long Total, IReadOnlyList<PlayStep> Steps, IReadOnlyList<JsonElement> Applied, IReadOnlyList<JsonElement> LeftOut)
{
    /// <summary>Reads the answer of a validation.</summary>
    public static PlayVerdict Read(JsonElement answer)
    {
        var applied = List(answer, "redeemables").Where(r => Text(r, "status") == "APPLICABLE").ToList();
        List<JsonElement> left = [.. List(answer, "redeemables").Where(r => Text(r, "status") != "APPLICABLE"), .. List(answer, "skipped_redeemables"), .. List(answer, "inapplicable_redeemables")];
        var order = answer.TryGetProperty("order", out var whole) && whole.ValueKind == JsonValueKind.Object ? whole : applied.Select(r => r.TryGetProperty("order", out var o) ? o : default).FirstOrDefault(o => o.ValueKind == JsonValueKind.Object);
        var initial = Number(order, "initial_amount") ?? Number(order, "amount") ?? 0;
        List<PlayStep> steps = [];
        var before = initial;
        foreach (var redeemable in applied)
        {
            if (!redeemable.TryGetProperty("order", out var then)) continue;
            var off = Number(then, "total_applied_discount_amount") ?? 0;
            // Each step's order holds what it and those before it took off.
            var after = Number(then, "total_amount") ?? before - off;
            steps.Add(new PlayStep(Text(redeemable, "id"), before - after, after));
            before = after;
        }
        return new PlayVerdict(answer.TryGetProperty("valid", out var valid) && valid.ValueKind == JsonValueKind.True, initial, steps.Count > 0 ? steps[^1].After : initial, steps, applied,
            [.. left.DistinctBy(r => Text(r, "object") + Text(r, "id"))]);
    }

    internal static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    internal static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}

/// <summary>The same call in other words.</summary>
internal static class PlayCode
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    internal static string Curl(string address, string path, JsonObject body) =>
        $"curl -X POST {address}{path} \\\n  -H 'X-App-Id: YOUR-APPLICATION-ID' \\\n  -H 'X-App-Token: YOUR-APPLICATION-TOKEN' \\\n  -H 'Content-Type: application/json' \\\n  -d '{body.ToJsonString().Replace("'", "'\\''", StringComparison.Ordinal)}'";

    internal static string JavaScript(string address, bool redeems, JsonObject body) =>
        $$"""
        const { VoucherifyServerSide } = require('@voucherify/sdk')

        const client = VoucherifyServerSide({
          apiUrl: '{{address}}',
          applicationId: 'YOUR-APPLICATION-ID',
          secretKey: 'YOUR-APPLICATION-TOKEN',
        })
        const answer = await client.{{(redeems ? "redemptions.redeemStackable" : "validations.validateStackable")}}({{body.ToJsonString(Pretty)}})
        """;

    internal static string CSharp(string address, string path, JsonObject body) => string.Create(CultureInfo.InvariantCulture, $$""""
        using var http = new HttpClient { BaseAddress = new Uri("{{address}}") };
        http.DefaultRequestHeaders.Add("X-App-Id", "YOUR-APPLICATION-ID");
        http.DefaultRequestHeaders.Add("X-App-Token", "YOUR-APPLICATION-TOKEN");
        var body = """
        {{body.ToJsonString(Pretty)}}
        """;
        using var answer = await http.PostAsync("{{path}}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        """");
}
