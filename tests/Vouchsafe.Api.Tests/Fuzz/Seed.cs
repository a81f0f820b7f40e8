using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>A request that is right: where mutation starts. <c>%name%</c> stands for something that was made before, <c>%n%</c> for a fresh number.</summary>
internal sealed record Seed(string Operation, string Path, string? Body = null)
{
    internal string Verb => Operation[..Operation.IndexOf(' ', StringComparison.Ordinal)];

    internal bool IsForm => Operation.Contains("/oauth/", StringComparison.Ordinal);

    internal bool IsWrite => Verb != "GET" || Operation == "GET /v1/publications/create";

    internal (string Path, JsonNode? Body) Fill(IReadOnlyDictionary<string, string> names, int number)
    {
        string In(string text) => names.Aggregate(text.Replace("%n%", $"{number}", StringComparison.Ordinal), (t, n) => t.Replace($"%{n.Key}%", n.Value, StringComparison.Ordinal));
        return (In(Path), Body is null || IsForm ? null : JsonNode.Parse(In(Body)));
    }
}

/// <summary>What the requests speak of.</summary>
internal static class SeedData
{
    private const string Voucher = """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ORDER"}}""";

    /// <summary>Makes it; names for the placeholders of the seeds.</summary>
    internal static async Task<Dictionary<string, string>> MakeAsync(TestServer server)
    {
        using var shop = server.Private();
        using var operators = server.Management();
        var names = new Dictionary<string, string>();
        async Task<JsonElement> Make(HttpClient client, string path, string body)
        {
            foreach (var (name, value) in names) (path, body) = (path.Replace($"%{name}%", value, StringComparison.Ordinal), body.Replace($"%{name}%", value, StringComparison.Ordinal));
            using var answer = await client.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
            return JsonDocument.Parse(text).RootElement;
        }
        async Task Keep(string name, string path, string body, HttpClient? client = null) => names[name] = (await Make(client ?? shop, path, body)).GetProperty("id").GetString()!;

        foreach (var code in (string[])["FZ-USE", "FZ-EDIT", "FZ-PUB"]) await Make(shop, "/v1/vouchers/" + code, Voucher);
        await Keep("voucherId", "/v1/vouchers/FZ-RULED", Voucher);
        foreach (var card in (string[])["FZ-CARD", "FZ-CARD2"]) await Make(shop, "/v1/vouchers/" + card, """{"type":"GIFT_VOUCHER","gift":{"amount":1000000000}}""");
        await Keep("customer", "/v1/customers", """{"source_id":"fz-anna","name":"Anna"}""");
        await Keep("forgotten", "/v1/customers", """{"source_id":"fz-forgotten"}""");
        await Keep("export", "/v1/exports", """{"exported_object":"sku"}""");
        await Keep("product", "/v1/products", """{"source_id":"fz-cup","name":"Cup","price":500}""");
        await Keep("sku", "/v1/products/%product%/skus", """{"source_id":"fz-cup-red","sku":"red","price":500}""");
        await Keep("collection", "/v1/product-collections", """{"type":"STATIC","name":"Cups","products":[{"id":"%product%","object":"product"}]}""");
        await Keep("category", "/v1/categories", """{"name":"First","hierarchy":5}""");
        await Keep("segment", "/v1/segments", """{"name":"Vips","type":"static","customers":["%customer%"]}""");
        await Keep("rule", "/v1/validation-rules", """{"name":"Rule","rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1]}},"logic":"1"}}""");
        await Keep("assignment", "/v1/validation-rules/%rule%/assignments", """{"related_object_type":"voucher","related_object_id":"%voucherId%"}""");
        await Keep("campaign", "/v1/campaigns", """{"name":"FZ coupons","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10}}}""");
        await Keep("promotion", "/v1/campaigns", """{"name":"FZ promo","campaign_type":"PROMOTION"}""");
        foreach (var tier in (string[])["tier", "tier2"]) await Keep(tier, "/v1/promotions/%promotion%/tiers", """{"name":"Tier","action":{"discount":{"type":"PERCENT","percent_off":10}}}""");
        await Keep("stack", "/v1/promotions/%promotion%/stacks", """{"name":"Stack","tiers":{"ids":["%tier%","%tier2%"]}}""");
        await Keep("program", "/v1/campaigns", """{"name":"FZ points","campaign_type":"LOYALTY_PROGRAM","voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":1000000000}}}""");
        names["card"] = (await Make(shop, "/v1/loyalties/%program%/members", """{"customer":{"source_id":"fz-anna"}}""")).GetProperty("code").GetString()!;
        names["earning"] = (await Make(shop, "/v1/loyalties/%program%/earning-rules", """[{"event":"order.paid","loyalty":{"type":"FIXED","points":5}}]"""))[0].GetProperty("id").GetString()!;
        await Keep("coin", "/v1/rewards", """{"name":"Coin","type":"COIN","parameters":{"coin":{"exchange_ratio":0.01,"points_ratio":1}}}""");
        await Keep("listed", "/v1/rewards", """{"name":"Coin","type":"COIN","parameters":{"coin":{"exchange_ratio":0.01,"points_ratio":1}}}""");
        await Keep("unassigned", "/v1/rewards", """{"name":"Coin","type":"COIN","parameters":{"coin":{"exchange_ratio":0.01,"points_ratio":1}}}""");
        await Keep("prize", "/v1/rewards", """{"name":"Prize","type":"CAMPAIGN","parameters":{"campaign":{"id":"%campaign%"}}}""");
        await Keep("priced", "/v1/rewards/%prize%/assignments", """{"campaign":"%program%","parameters":{"loyalty":{"points":5}}}""");
        await Make(shop, "/v1/rewards/%coin%/assignments", """{"campaign":"%program%"}""");
        await Keep("friends", "/v1/campaigns", """{"name":"FZ friends","campaign_type":"REFERRAL_PROGRAM","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10}}}""");
        names["referral"] = (await Make(shop, "/v1/publications", """{"campaign":{"name":"FZ friends"},"customer":{"source_id":"fz-owner"}}""")).GetProperty("voucher").GetProperty("code").GetString()!;
        await Keep("order", "/v1/orders", """{"source_id":"fz-order","amount":500}""");
        await Keep("redemption", "/v1/vouchers/FZ-USE/redemption", """{"order":{"amount":500}}""");
        names["parent"] = (await Make(shop, "/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"FZ-USE"},{"object":"voucher","id":"FZ-CARD"}],"order":{"amount":500}}"""))
            .GetProperty("parent_redemption").GetProperty("id").GetString()!;
        await Keep("publication", "/v1/publications", """{"voucher":"FZ-PUB","customer":{"source_id":"fz-anna"}}""");
        await Keep("project", "/management/v1/projects", """{"name":"Second","timezone":"UTC","currency":"EUR","case_sensitive_codes":true}""", operators);
        await Keep("third", "/management/v1/projects", """{"name":"Third","timezone":"UTC","currency":"EUR","case_sensitive_codes":true}""", operators);
        await Keep("key", "/management/v1/projects/%project%/keys", """{"name":"Third","kind":"server_side"}""", operators);
        await Keep("stacking", "/management/v1/projects/%project%/stacking-rules", """{"redeemables_limit":20}""", operators);
        return names;
    }
}
