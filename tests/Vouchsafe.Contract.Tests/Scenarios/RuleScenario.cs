namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class RuleScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var cup = await c.Call("POST /v1/products", """{"source_id":"ru-cup","name":"Cup","price":500}""");
        var rule = await c.Call("POST /v1/validation-rules", $$$"""
            {"name":"Big order","type":"advanced","context_type":"voucher.discount_voucher",
             "rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1000]},"error":{"message":"too small"},"rules":{}},
                      "2":{"name":"customer.metadata","property":"vip","conditions":{"$is":[true]},"rules":{}},"logic":"1 or 2"},
             "applicable_to":{"excluded":[],"included":[{"object":"product","id":"{{{cup["id"]}}}","target":"ITEM"}],"included_all":false}}
            """);
        await c.Call("POST /v1/validation-rules", """
            {"name":"Metadata","type":"expression","context_type":"global",
             "rules":{"1":{"name":"customer.metadata","property":"vip","conditions":{"$is":[true]}},"logic":"1"},"error":{"message":"vips only"}}
            """);
        await c.Call($"GET /v1/validation-rules/{rule["id"]}");
        await c.Call("GET /v1/validation-rules?limit=100");
        await c.Call($"PUT /v1/validation-rules/{rule["id"]}", """{"name":"Bigger order","rules":{"1":{"name":"order.amount","conditions":{"$more_than":[2000]},"error":{"message":"too small"}},"logic":"1"}}""");
        await Assign(c, rule["id"]!.GetValue<string>());
        await c.Call($"DELETE /v1/validation-rules/{rule["id"]}", expect: 204);
        await Refusals(c);
        await Qualify(c);
    }

    private static async Task Assign(Conversation c, string rule)
    {
        var voucher = await c.Call("POST /v1/vouchers/RU-ONE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500}}""");
        var assignment = await c.Call($"POST /v1/validation-rules/{rule}/assignments", $$$"""{"related_object_type":"voucher","related_object_id":"{{{voucher["id"]}}}"}""");
        await c.Call($"GET /v1/validation-rules/{rule}/assignments");
        await c.Call("GET /v1/validation-rules-assignments?limit=100");
        await c.Call($"GET /v1/validation-rules-assignments?related_object_id={voucher["id"]}");
        await c.Call("GET /v1/vouchers/RU-ONE");
        await c.Call("POST /v1/vouchers/RU-ONE/validate", """{"order":{"amount":100}}""");
        await c.Call("POST /v1/vouchers/RU-ONE/validate", """{"order":{"amount":9000,"items":[{"source_id":"ru-cup","related_object":"product","quantity":2,"price":4500}]}}""");
        await c.Call("POST /v1/validations", """{"redeemables":[{"object":"voucher","id":"RU-ONE"}],"order":{"amount":100}}""");
        await c.Call("POST /v1/validations", """
            {"redeemables":[{"object":"voucher","id":"RU-ONE"}],"order":{"items":[{"source_id":"ru-cup","related_object":"product","quantity":2,"price":4500}]},
             "options":{"expand":["redeemable","category"]}}
            """);
        await c.Call("POST /v1/vouchers/RU-ONE/redemption", """{"order":{"amount":100}}""", 400);
        await c.Call($"DELETE /v1/validation-rules/{rule}/assignments/{assignment["id"]}", expect: 204);
    }

    private static async Task Refusals(Conversation c)
    {
        await c.Call("GET /v1/validation-rules/val_none", expect: 404);
        await c.Call("DELETE /v1/validation-rules/val_none", expect: 404);
        await c.Call("DELETE /v1/validation-rules/val_none/assignments/asgm_none", expect: 404);
        await c.Call("POST /v1/validation-rules", """{"name":"x","rules":{"1":{"name":"no.such","conditions":{"$is":[1]}}}}""", 400);
    }

    private static async Task Qualify(Conversation c)
    {
        foreach (var scenario in (string[])["ALL", "CUSTOMER_WALLET", "AUDIENCE_ONLY", "PRODUCTS", "PRODUCTS_DISCOUNT", "PROMOTION_STACKS", "PRODUCTS_BY_CUSTOMER", "PRODUCTS_DISCOUNT_BY_CUSTOMER"])
            await c.Call("POST /v1/qualifications", $$$"""
                {"customer":{"source_id":"ru-anna"},"scenario":"{{{scenario}}}",
                 "order":{"items":[{"source_id":"ru-cup","related_object":"product","quantity":2,"price":4500}]},
                 "options":{"limit":5,"sorting_rule":"BEST_DEAL","expand":["redeemable","category","validation_rules"]}}
                """);
        await c.Call("POST /v1/qualifications", """{"scenario":"ODD"}""", 400);
        await Examine(c);
    }

    private static async Task Examine(Conversation c)
    {
        await c.Call("POST /v1/campaigns", """
            {"name":"Ru campaign","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}}
            """);
        foreach (var resource in (string[])["vouchers", "campaigns"])
        {
            await c.Call($"POST /v1/{resource}/qualification?limit=5&order=-created_at", """
                {"customer":{"source_id":"ru-anna","metadata":{"vip":true}},"metadata":{"channel":"web"},
                 "order":{"amount":9000,"items":[{"source_id":"ru-cup","related_object":"product","quantity":2,"price":4500}]}}
                """);
            await c.Call($"POST /v1/{resource}/qualification?audienceRulesOnly=true", """{"customer":{"source_id":"ru-anna"}}""");
            await c.Call($"POST /v1/{resource}/qualification?limit=51", "{}", 400);
        }
    }
}
