namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class ExportScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var gifts = (await c.Call("POST /v1/campaigns", """
            {"name":"Exported gifts","campaign_type":"GIFT_VOUCHERS","type":"AUTO_UPDATE","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":5000,"effect":"APPLY_TO_ORDER"}}}
            """))["id"];
        await c.Call($"POST /v1/campaigns/{gifts}/vouchers/EXPORTED", "{}");
        await c.Call("POST /v1/vouchers/EXPORTED/balance", """{"amount":500}""");
        var program = (await c.Call("POST /v1/campaigns", """
            {"name":"Exported points","campaign_type":"LOYALTY_PROGRAM","type":"AUTO_UPDATE","voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":10}}}
            """))["id"];
        var card = (await c.Call($"POST /v1/loyalties/{program}/members", """{"customer":{"source_id":"ex-anna"}}"""))["code"];

        await c.Call("POST /v1/vouchers/EXPORTED/transactions/export", """{"parameters":{"order":"-created_at","fields":["id","type","amount","details"]}}""");
        await c.Call("POST /v1/vouchers/NONE/transactions/export", "{}", 404);
        await c.Call($"POST /v1/campaigns/{gifts}/transactions/export", """{"order":"-created_at","parameters":{"fields":["id","type"],"filters":{"created_at":{"conditions":{"$after":["2024-10-01T00:00:00.000Z"]}}}}}""");
        await c.Call($"POST /v1/loyalties/{program}/transactions/export", "{}");
        await c.Call($"POST /v1/loyalties/members/{card}/transactions/export", "{}");
        await c.Call($"POST /v1/loyalties/{program}/members/{card}/transactions/export", "{}");
        await c.Call("POST /v1/orders/export", """{"parameters":{"fields":["id","metadata.payment_mean"],"order":"-updated_at","filters":{"discount_amount":{"conditions":{"$more_than":100000}}}}}""");
        foreach (var kind in new[] { "voucher", "redemption", "customer", "publication", "order", "points_expiration", "voucher_transactions" })
            await c.Call("POST /v1/exports", $$"""{"exported_object":"{{kind}}"}""");
        await c.Call("POST /v1/exports", """{"exported_object":"order","parameters":{"fields":["colour"]}}""", 400);
        await c.Call("POST /v1/exports", """{"exported_object":"colour"}""", 400);

        var id = (await c.Call("POST /v1/exports", """{"exported_object":"voucher","parameters":{"order":"code","fields":["code","value"],"filters":{"junction":"and"}}}"""))["id"];
        for (var looks = 0; looks < 600; looks++)
        {
            if ((await c.Call($"GET /v1/exports/{id}"))["status"]!.GetValue<string>() == "DONE") break;
            await Task.Delay(100);
        }
        await c.Call("GET /v1/exports?limit=5&order=-created_at");
        await c.Call("GET /v1/exports/exp_none", expect: 404);
        await c.Call($"DELETE /v1/exports/{id}", expect: 204);
        await c.Call($"DELETE /v1/exports/{id}", expect: 404);
    }
}
