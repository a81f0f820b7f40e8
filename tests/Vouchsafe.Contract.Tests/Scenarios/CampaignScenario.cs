using System.Text.Json.Nodes;

namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class CampaignScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var coupons = await c.Call("POST /v1/campaigns", """
            {"name":"Coupons","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","join_once":false,"description":"for all","vouchers_count":2,
             "voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":2},"code_config":{"pattern":"CA-######"},"metadata":{"v":1}},
             "start_date":"2024-01-01T00:00:00Z","expiration_date":"2090-01-01T00:00:00Z","metadata":{"season":"summer"},
             "validity_timeframe":{"interval":"P1D","duration":"P1D"},"validity_day_of_week":[0,1,2,3,4,5,6]}
            """);
        var cards = await c.Call("POST /v1/campaigns", """
            {"name":"Cards","campaign_type":"GIFT_VOUCHERS","type":"STATIC","vouchers_count":1,
             "voucher":{"type":"GIFT_VOUCHER","gift":{"amount":10000},"code_config":{"length":8,"prefix":"GC-"}}}
            """);
        await Settle(c, coupons);
        await Settle(c, cards);
        await Life(c, coupons);
        await Codes(c, coupons, cards);
        await Refusals(c);
        await c.Call("POST /v1/campaigns", """{"name":"Short","campaign_type":"DISCOUNT_COUPONS","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10}}}""");
        await c.Call("DELETE /v1/campaigns/Short?force=true", expect: 202);
    }

    private static async Task Life(Conversation c, JsonNode coupons)
    {
        await c.Call($"GET /v1/campaigns/{coupons["id"]}");
        await c.Call("GET /v1/campaigns/Cards");
        await c.Call("GET /v1/campaigns?limit=100&order=-created_at");
        await c.Call($"GET /v1/campaigns/{coupons["id"]}/summary?start_date=2024-01-01&end_date=2090-01-01");
        await c.Call("GET /v1/campaigns/Cards/summary");
        await c.Call("GET /v1/campaigns/None/summary", expect: 404);
        await c.Call($"GET /v1/campaigns/{coupons["id"]}/summary?start_date=then", expect: 400);
        await c.Call($"PUT /v1/campaigns/{coupons["id"]}", """{"description":"for some","metadata":{"season":"winter"}}""");
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/disable");
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/enable");
    }

    private static async Task Codes(Conversation c, JsonNode coupons, JsonNode cards)
    {
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/vouchers/CA-NAMED", """{"metadata":{"a":1}}""");
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/vouchers", "{}");
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/vouchers?vouchers_count=3", "{}", 202);
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/import", """[{"code":"CA-IMPORTED","metadata":{"b":1},"active":true}]""", 202);
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/import", """[{"code":"CA-NAMED"}]""", 400);
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/import", "[{}]", 400);
        await c.Call("POST /v1/vouchers/import", """[{"code":"CA-ALONE","type":"GIFT_VOUCHER","gift":{"amount":100}}]""", 202);
        await c.Call("POST /v1/vouchers/import", """[{"code":"CA-BAD"}]""", 400);
        await c.Call("POST /v1/vouchers/bulk/async", """[{"code":"CA-NAMED","metadata":{"a":2}},{"code":"CA-NONE","metadata":{"a":2}}]""", 202);
        await c.Call("POST /v1/vouchers/bulk/async", """[{"code":"CA-NAMED"}]""", 400);
        await c.Call("POST /v1/vouchers/metadata/async", """{"codes":["CA-NAMED"],"metadata":{"a":3}}""", 202);
        await c.Call("POST /v1/vouchers/metadata/async", """{"codes":"CA-NAMED","metadata":{"a":3}}""", 400);
        var actions = await c.Call("GET /v1/async-actions?limit=10");
        await c.Call($"GET /v1/async-actions/{actions["async_actions"]![0]!["id"]}");
        await c.Call("GET /v1/async-actions/aa_none", expect: 404);
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/import", """[{"code":"CA-IMPORT-1","redemption":{"quantity":1},"metadata":{"a":1}}]""", 202);
        await c.Call($"POST /v1/campaigns/{coupons["id"]}/import", """{"code":"x"}""", 400);
        await c.Call("POST /v1/vouchers/import", """[{"code":"CV-IMPORT-1","type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1}},{"code":"CV-IMPORT-2","type":"GIFT_VOUCHER","gift":{"amount":1}}]""", 202);
        await c.Call("GET /v1/vouchers/CA-NAMED");
        await c.Call("GET /v1/vouchers?limit=100&campaign=Coupons");
        var card = await c.Call($"POST /v1/campaigns/{cards["id"]}/vouchers/GC-NAMED", "{}");
        await c.Call($"POST /v1/vouchers/{card["code"]}/balance", """{"amount":500}""");
        await c.Call($"POST /v1/vouchers/{card["code"]}/redemption", """{"order":{"amount":700}}""");
        await c.Call($"GET /v1/campaigns/{cards["id"]}/transactions?limit=10");
        await c.Call("POST /v1/vouchers/CA-NAMED/validate", """{"order":{"amount":9000},"customer":{"source_id":"ca-anna"}}""");
        await c.Call("POST /v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CA-NAMED"}],"order":{"amount":9000},"customer":{"source_id":"ca-anna"}}""");
        await Publications(c);
    }

    private static async Task Publications(Conversation c)
    {
        await c.Call("POST /v1/publications", """{"campaign":{"name":"Coupons"},"customer":{"source_id":"ca-anna"},"channel":"api","metadata":{"p":1}}""");
        await c.Call("POST /v1/publications", """{"campaign":{"name":"Coupons","count":2},"customer":{"source_id":"ca-bert"}}""");
        await c.Call("POST /v1/vouchers/CA-STANDALONE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10}}""");
        await c.Call("POST /v1/publications", """{"voucher":"CA-STANDALONE","customer":{"source_id":"ca-anna"},"source_id":"ca-pub-1"}""");
        await c.Call("GET /v1/publications/create?campaign[name]=Coupons&customer[source_id]=ca-carl&metadata[p]=1");
        await c.Call("GET /v1/publications/create?campaign[name]=Coupons", expect: 400);
        await c.Call("GET /v1/publications?limit=100");
        await c.Call("GET /v1/vouchers/CA-STANDALONE");
        await c.Call("GET /v1/customers/ca-anna");
        await c.Call("POST /v1/publications", """{"campaign":{"name":"None such"},"customer":{"source_id":"ca-anna"}}""", 404);
        await c.Call("POST /v1/publications", """{"customer":{"source_id":"ca-anna"}}""", 400);
    }

    private static async Task Refusals(Conversation c)
    {
        await c.Call("GET /v1/campaigns/camp_none", expect: 404);
        await c.Call("DELETE /v1/campaigns/camp_none", expect: 404);
        await c.Call("POST /v1/campaigns/camp_none/enable", expect: 404);
        await c.Call("POST /v1/campaigns/camp_none/disable", expect: 404);
        await c.Call("POST /v1/campaigns", """{"name":"x","campaign_type":"ODD"}""", 400);
        await c.Call("PUT /v1/campaigns/Cards", """{"metadata":7}""", 400);
    }

    // The codes of a campaign are made after the answer to its creation.
    private static async Task Settle(Conversation c, JsonNode campaign)
    {
        for (var i = 0; i < 400; i++)
        {
            var state = (await c.Call($"GET /v1/campaigns/{campaign["id"]}"))["creation_status"]?.GetValue<string>();
            if (state == "DONE") return;
            await Task.Delay(50);
        }
        Assert.Fail("The campaign's codes were never made.");
    }
}
