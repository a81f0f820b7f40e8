namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class RedemptionScenario
{
    private const string Order = """
        {"source_id":"%","amount":30000,"metadata":{"channel":"web"},"customer":{"source_id":"cr-anna"},
         "items":[{"source_id":"cr-shirt","related_object":"product","quantity":2,"price":10000,"product":{"name":"Shirt","metadata":{"size":"L"}}},
                  {"sku_id":"cr-sku","quantity":1,"price":10000,"amount":10000}]}
        """;

    internal static async Task RunAsync(Conversation c)
    {
        await Prepare(c);
        await Validate(c);
        await Redeem(c);
        await RollBack(c);
        await Refusals(c);
    }

    private static async Task Prepare(Conversation c)
    {
        await c.Call("POST /v1/vouchers/CR-TEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ITEMS"},"redemption":{"quantity":100}}""");
        await c.Call("POST /v1/vouchers/CR-FIVE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500},"metadata":{"a":1}}""");
        await c.Call("POST /v1/vouchers/CR-CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":100000}}""");
        await c.Call("POST /v1/vouchers/CR-OVER", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500},"expiration_date":"2020-01-01"}""");
        await c.Call("POST /v1/vouchers/CR-ONCE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500},"redemption":{"quantity":1}}""");
    }

    private static async Task Validate(Conversation c)
    {
        await c.Call("POST /v1/vouchers/CR-TEN/validate", $$$"""{"order":{{{For("cr-1")}}},"customer":{"source_id":"cr-anna"},"metadata":{"m":true}}""");
        await c.Call("POST /v1/vouchers/CR-CARD/validate", """{"order":{"amount":5000},"gift":{"credits":100}}""");
        await c.Call("POST /v1/vouchers/CR-OVER/validate", """{"order":{"amount":5000}}""");
        await c.Call("POST /v1/vouchers/CR-NONE/validate", """{"order":{"amount":5000}}""", 404);
        await c.Call("POST /v1/validations", $$$"""
            {"redeemables":[{"object":"voucher","id":"CR-TEN"},{"object":"voucher","id":"CR-FIVE"},{"object":"voucher","id":"CR-CARD","gift":{"credits":100}}],
             "order":{{{For("cr-2")}}},"customer":{"source_id":"cr-anna","metadata":{"vip":true}},"metadata":{"m":1},
             "options":{"expand":["redeemable","category"]}}
            """);
        await c.Call("POST /v1/validations", """{"redeemables":[{"object":"voucher","id":"CR-FIVE"},{"object":"voucher","id":"CR-OVER"}],"order":{"amount":9000}}""");
        await c.Call("POST /v1/validations", """{"redeemables":[{"object":"voucher","id":"CR-FIVE"}],"order":{"amount":9000},"session":{"type":"LOCK","key":"cr-session","ttl":1,"ttl_unit":"HOURS"}}""");
        await c.Call("DELETE /v1/vouchers/CR-FIVE/sessions/cr-session", expect: 204);
        await c.Call("POST /v1/validations", """{"redeemables":[{"object":"voucher","id":"CR-NONE"}],"order":{"amount":9000}}""");
        await c.Call("POST /v1/validations", """{"redeemables":[{"object":"voucher","id":"CR-FIVE"}],"order":{"amount":9000},"session":{"type":"LOCK","ttl":5,"ttl_unit":"MINUTES","key":"cr-session"}}""");
        await c.Call("DELETE /v1/vouchers/CR-FIVE/sessions/cr-session", expect: 204);
        await c.Call("DELETE /v1/vouchers/CR-NONE/sessions/cr-session", expect: 404);
        await c.Call("POST /v1/vouchers/CR-FIVE/validate", """{"order":{"amount":9000},"session":{"type":"LOCK","ttl":5,"ttl_unit":"MINUTES"}}""");
    }

    private static async Task Redeem(Conversation c)
    {
        await c.Call("POST /v1/vouchers/CR-TEN/redemption?tracking_id=cr-visitor", $$$"""{"order":{{{For("cr-3")}}},"metadata":{"m":1}}""");
        await c.Call("POST /v1/vouchers/CR-FIVE/redemption", """{"order":{"amount":9000},"customer":{"source_id":"cr-anna"},"reward":null}""");
        await c.Call("POST /v1/vouchers/CR-CARD/redemption", """{"order":{"amount":9000}}""");
        await c.Call("POST /v1/redemptions", $$$"""{"redeemables":[{"object":"voucher","id":"CR-TEN"}],"order":{{{For("cr-4")}}},"customer":{"source_id":"cr-anna"}}""");
        await c.Call("POST /v1/redemptions", $$$"""
            {"redeemables":[{"object":"voucher","id":"CR-TEN"},{"object":"voucher","id":"CR-FIVE"},{"object":"voucher","id":"CR-CARD","gift":{"credits":100}}],
             "order":{{{For("cr-5")}}},"customer":{"source_id":"cr-anna"},"metadata":{"m":1},"options":{"expand":["redeemable","order"]}}
            """);
        await c.Call("POST /v1/vouchers/CR-ONCE/redemption", """{"order":{"amount":9000},"customer":{"source_id":"cr-anna"}}""");
        await c.Call("POST /v1/vouchers/CR-ONCE/redemption", """{"order":{"amount":9000},"customer":{"source_id":"cr-anna"}}""", 400);
        await c.Call("POST /v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CR-ONCE"}],"order":{"amount":9000}}""", 400);
        await c.Call("GET /v1/vouchers/CR-TEN/redemption");
        var list = await c.Call("GET /v1/redemptions?limit=100");
        foreach (var redemption in list["redemptions"]!.AsArray()) await c.Call($"GET /v1/redemptions/{redemption!["id"]}");
        await c.Call("GET /v1/redemptions?result=FAILURE");
        await c.Call("GET /v1/redemptions?filters[result][conditions][$is]=SUCCESS");
    }

    private static async Task RollBack(Conversation c)
    {
        var one = await c.Call("POST /v1/vouchers/CR-CARD/redemption", """{"order":{"amount":700},"customer":{"source_id":"cr-anna"}}""");
        await c.Call($"POST /v1/redemptions/{one["id"]}/rollback?reason=returned", """{"order":{"status":"CANCELED"},"metadata":{"m":1}}""");
        await c.Call($"POST /v1/redemptions/{one["id"]}/rollback", "{}", 400);
        var promotion = await c.Call("POST /v1/redemptions", $$$"""
            {"redeemables":[{"object":"voucher","id":"CR-TEN"},{"object":"voucher","id":"CR-FIVE"}],"order":{{{For("cr-6")}}},"customer":{"source_id":"cr-anna"}}
            """);
        await c.Call($"POST /v1/redemptions/{promotion["parent_redemption"]!["id"]}/rollbacks?reason=returned", """{"metadata":{"m":1}}""");
        await c.Call($"POST /v1/redemptions/{promotion["parent_redemption"]!["id"]}/rollbacks", "{}", 400);
        var list = await c.Call("GET /v1/redemptions?limit=100&order=-created_at");
        foreach (var entry in list["redemptions"]!.AsArray().Take(5)) await c.Call($"GET /v1/redemptions/{entry!["id"]}");
        await c.Call("GET /v1/vouchers/CR-CARD/redemption");
        await c.Call("GET /v1/vouchers/CR-CARD/transactions");
    }

    private static async Task Refusals(Conversation c)
    {
        await c.Call("POST /v1/vouchers/CR-NONE/redemption", """{"order":{"amount":9000}}""", 404);
        await c.Call("POST /v1/vouchers/CR-OVER/redemption", """{"order":{"amount":9000}}""", 400);
        await c.Call("POST /v1/vouchers/CR-TEN/redemption", """{"order":{"amount":-1}}""", 400);
        await c.Call("POST /v1/redemptions", """{"redeemables":[]}""", 400);
        await c.Call("POST /v1/validations", """{"redeemables":[{"object":"voucher","id":"CR-TEN"},{"object":"voucher","id":"CR-TEN"}]}""", 400);
        await c.Call("GET /v1/redemptions/r_none", expect: 404);
        await c.Call("POST /v1/redemptions/r_none/rollback", "{}", 404);
        await c.Call("POST /v1/redemptions/r_none/rollbacks", "{}", 404);
        await c.Call("GET /v1/vouchers/CR-NONE/redemption", expect: 404);
        await c.Call("GET /v1/redemptions?page=0", expect: 400);
    }

    private static string For(string sourceId) => Order.Replace("%", sourceId, StringComparison.Ordinal);
}
