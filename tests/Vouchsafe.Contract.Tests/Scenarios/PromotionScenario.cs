namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class PromotionScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var campaign = await c.Call("POST /v1/campaigns", """
            {"name":"Promo","campaign_type":"PROMOTION","promotion":{"tiers":[{"name":"Tier A","banner":"10 off","action":{"discount":{"type":"PERCENT","percent_off":10}},"hierarchy":1,"metadata":{"t":1}}]}}
            """);
        var id = campaign["id"];
        var tier = await c.Call($"POST /v1/promotions/{id}/tiers", """{"name":"Tier B","banner":"5 off","action":{"discount":{"type":"AMOUNT","amount_off":500,"effect":"APPLY_TO_ORDER"}},"metadata":{}}""");
        await c.Call($"GET /v1/promotions/{id}/tiers");
        await c.Call($"GET /v1/promotions/tiers/{tier["id"]}");
        await c.Call("GET /v1/promotions/tiers?limit=100");
        await c.Call($"PUT /v1/promotions/tiers/{tier["id"]}", """{"banner":"5 off now","metadata":{"t":2}}""");
        await c.Call($"POST /v1/promotions/tiers/{tier["id"]}/disable");
        await c.Call($"POST /v1/promotions/tiers/{tier["id"]}/enable");
        await c.Call($"POST /v1/promotions/tiers/{tier["id"]}/validation", """{"order":{"amount":9000},"customer":{"source_id":"pr-anna"}}""");
        await c.Call("POST /v1/promotions/validation", """{"order":{"amount":9000},"customer":{"source_id":"pr-anna"}}""");
        await c.Call($"GET /v1/campaigns/{id}");

        var first = (await c.Call($"GET /v1/promotions/{id}/tiers"))["tiers"]![0]!["id"];
        var stack = await c.Call($"POST /v1/promotions/{id}/stacks", $$$"""{"name":"Both","tiers":{"ids":["{{{first}}}","{{{tier["id"]}}}"],"hierarchy_mode":"MANUAL"}}""");
        await c.Call($"GET /v1/promotions/{id}/stacks");
        await c.Call("GET /v1/promotions/stacks");
        await c.Call($"GET /v1/promotions/{id}/stacks/{stack["id"]}");
        await c.Call($"PUT /v1/promotions/{id}/stacks/{stack["id"]}", $$$"""{"name":"Still both","tiers":{"ids":["{{{tier["id"]}}}","{{{first}}}"]}}""");
        await Use(c, tier["id"]!.GetValue<string>(), stack["id"]!.GetValue<string>());
        await c.Call($"DELETE /v1/promotions/{id}/stacks/{stack["id"]}", expect: 204);
        await c.Call($"DELETE /v1/promotions/tiers/{tier["id"]}", expect: 204);

        await c.Call("POST /v1/promotions/tiers/promo_none/enable", expect: 404);
        await c.Call("DELETE /v1/promotions/tiers/promo_none", expect: 404);
        await c.Call("GET /v1/promotions/tiers/promo_none", expect: 404);
        await c.Call($"GET /v1/promotions/{id}/stacks/stack_none", expect: 404);
        await c.Call($"DELETE /v1/promotions/{id}/stacks/stack_none", expect: 404);
        await c.Call($"POST /v1/promotions/{id}/tiers", """{"name":"x","action":7}""", 400);
    }

    private static async Task Use(Conversation c, string tier, string stack)
    {
        await c.Call("POST /v1/validations", $$$"""{"redeemables":[{"object":"promotion_tier","id":"{{{tier}}}"}],"order":{"amount":9000},"options":{"expand":["redeemable","category"]}}""");
        await c.Call("POST /v1/redemptions", $$$"""{"redeemables":[{"object":"promotion_tier","id":"{{{tier}}}"}],"order":{"amount":9000},"customer":{"source_id":"pr-anna"}}""");
        await c.Call($"POST /v1/promotions/tiers/{tier}/redemption", """{"order":{"amount":9000},"customer":{"source_id":"pr-anna"}}""");
        await c.Call("POST /v1/promotions/tiers/promo_none/redemption", """{"order":{"amount":9000}}""", 404);
        await c.Call("POST /v1/validations", $$$"""{"redeemables":[{"object":"promotion_stack","id":"{{{stack}}}"}],"order":{"amount":9000}}""");
        await c.Call("POST /v1/redemptions", $$$"""{"redeemables":[{"object":"promotion_stack","id":"{{{stack}}}"}],"order":{"amount":9000},"customer":{"source_id":"pr-anna"}}""");
        await c.Call("GET /v1/redemptions?limit=20");
        await c.Call("GET /v1/customers/pr-anna");
    }
}
