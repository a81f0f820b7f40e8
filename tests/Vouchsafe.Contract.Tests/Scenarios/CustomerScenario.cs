namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class CustomerScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var full = await c.Call("POST /v1/customers", """
            {"source_id":"cc-full","name":"Anna Nowak","email":"anna@shop.example","phone":"+48123456789","description":"regular","birthday":"1990-02-03","birthdate":"1990-02-03",
             "address":{"city":"Poznan","state":null,"line_1":"Main 1","line_2":"","country":"PL","postal_code":"60-001"},"metadata":{"vip":true,"since":"2020-01-01"}}
            """);
        var bare = await c.Call("POST /v1/customers", """{"name":"Nobody"}""");
        await c.Call("POST /v1/customers/bulk/async", """[{"source_id":"cc-bulk","name":"Many","metadata":{"n":1}}]""", 202);
        await c.Call("POST /v1/customers/bulk/async", """[{"name":"Nobody"}]""", 400);
        await c.Call("POST /v1/events", """{"event":"cart_left","customer":{"source_id":"cc-event","name":"Ina"},"metadata":{"n":1}}""");
        await c.Call("POST /v1/events", """{"event":"cart_left"}""", 400);
        await c.Call("GET /v1/customers/cc-full");
        await c.Call($"GET /v1/customers/{full["id"]}");
        await c.Call($"GET /v1/customers/{bare["id"]}");
        await c.Call("POST /v1/vouchers/CC-ONE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500}}""");
        await c.Call("POST /v1/vouchers/CC-ONE/redemption", """{"order":{"amount":9000,"status":"PAID"},"customer":{"source_id":"cc-full"}}""");
        await c.Call("GET /v1/customers/cc-full");
        await c.Call("PUT /v1/customers/cc-full", """{"name":"Anna N.","address":null,"metadata":{"vip":false}}""");
        await c.Call("GET /v1/customers?limit=100&order=-created_at");
        await c.Call("GET /v1/customers?email=anna@shop.example");
        await c.Call($"DELETE /v1/customers/{bare["id"]}", expect: 204);

        await c.Call("GET /v1/customers/cc-none", expect: 404);
        await c.Call("DELETE /v1/customers/cc-none", expect: 404);
        var forgotten = (await c.Call("POST /v1/customers", """{"source_id":"cc-forgotten"}"""))["id"];
        await c.Call($"POST /v1/customers/{forgotten}/permanent-deletion");
        await c.Call($"POST /v1/customers/{forgotten}/permanent-deletion", expect: 404);
        await c.Call("PUT /v1/customers/cc-none", """{"name":"x"}""", 404);
        await c.Call("POST /v1/customers", """{"name":7}""", 400);

        await c.Call("POST /v1/customers/bulk/async", """[{"source_id":"cc-bulk-1","name":"One","metadata":{"a":1}},{"source_id":"cc-bulk-2","email":"two@shop.example"}]""", 202);
        await c.Call("POST /v1/customers/bulk/async", """{"source_id":"cc-bulk-1"}""", 400);
        await c.Call("POST /v1/customers/metadata/async", """{"source_ids":["cc-bulk-1","cc-bulk-3"],"metadata":{"a":2}}""", 202);
        await c.Call("POST /v1/customers/metadata/async", """{"metadata":{"a":2}}""", 400);
        await c.Call("POST /v1/events", """{"event":"seen","customer":{"source_id":"cc-full"},"metadata":{"page":"home"}}""");
        await c.Call("POST /v1/events", """{"event":7}""", 400);
        await Orders(c);
        await Segments(c);
        await History(c);
    }

    private static async Task History(Conversation c)
    {
        await c.Call("POST /v1/publications", """{"voucher":"CC-ONE","customer":{"source_id":"cc-full"}}""");
        await c.Call("POST /v1/vouchers/CC-CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":1000}}""");
        await c.Call("POST /v1/publications", """{"voucher":"CC-CARD","customer":{"source_id":"cc-full"}}""");
        await c.Call("POST /v1/vouchers/CC-CARD/balance", """{"amount":100}""");
        foreach (var list in (string[])["activity", "activities", "redeemables"])
        {
            await c.Call($"GET /v1/customers/cc-full/{list}?limit=100");
            await c.Call($"GET /v1/customers/cc-full/{list}?limit=1");
            await c.Call($"GET /v1/customers/cc-none/{list}", expect: 404);
            await c.Call($"GET /v1/customers/cc-full/{list}?limit=0", expect: 400);
        }
    }

    private static async Task Orders(Conversation c)
    {
        var order = await c.Call("POST /v1/orders", """
            {"source_id":"co-1","status":"CREATED","amount":5000,"customer":{"source_id":"cc-full"},"metadata":{"channel":"web"},
             "items":[{"source_id":"co-cup","related_object":"product","quantity":2,"price":2500,"product":{"name":"Cup"}}]}
            """);
        await c.Call("POST /v1/orders", """{"amount":100}""");
        await c.Call("GET /v1/orders/co-1");
        await c.Call($"PUT /v1/orders/{order["id"]}", """{"status":"PAID","metadata":{"channel":"app"}}""");
        await c.Call("GET /v1/orders?limit=100&order=-created_at");
        await c.Call("GET /v1/orders/co-none", expect: 404);
        await c.Call("PUT /v1/orders/co-none", """{"status":"PAID"}""", 404);
        await c.Call("POST /v1/orders", """{"amount":"much"}""", 400);
    }

    private static async Task Segments(Conversation c)
    {
        await c.Call("POST /v1/segments", """{"name":"Vips","type":"auto-update","filter":{"junction":"and","metadata.vip":{"conditions":{"$is":[true]}}}}""");
        var listed = await c.Call("POST /v1/segments", $$$"""{"name":"Chosen","type":"static","customers":["{{{(await c.Call("GET /v1/customers/cc-full"))["id"]}}}"]}""");
        await c.Call($"GET /v1/segments/{listed["id"]}");
        await c.Call("GET /v1/segments");
        await c.Call("GET /v1/customers/cc-full/segments");
        await c.Call($"DELETE /v1/segments/{listed["id"]}", expect: 204);
        await c.Call("GET /v1/segments/seg_none", expect: 404);
        await c.Call("DELETE /v1/segments/seg_none", expect: 404);
        await c.Call("POST /v1/segments", """{"name":"x","type":"odd"}""", 400);
    }
}
