namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class LoyaltyScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var program = await c.Call("POST /v1/campaigns", """
            {"name":"Points","campaign_type":"LOYALTY_PROGRAM","type":"AUTO_UPDATE","voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":1000},"code_config":{"pattern":"LC-########"}}}
            """);
        var coupons = await c.Call("POST /v1/campaigns", """
            {"name":"Prizes","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":50,"effect":"APPLY_TO_ORDER"}}}
            """);
        var id = program["id"]!.GetValue<string>();
        await EarningRules(c, id);
        var (prize, coin) = await Rewards(c, id, coupons["id"]!.GetValue<string>());
        await Members(c, id, prize, coin);
        await Programs(c, id, prize);
        await Refusals(c, id);
    }

    private static async Task EarningRules(Conversation c, string program)
    {
        var rules = (await c.Call($"POST /v1/loyalties/{program}/earning-rules", """
            [{"event":"order.paid","loyalty":{"type":"FIXED","points":"5"},"source":{"banner":"five"},"active":true,"metadata":{"a":1},
              "start_date":"2024-01-01T00:00:00Z","expiration_date":"2090-01-01T00:00:00Z","validity_timeframe":{"interval":"P1D","duration":"P1D"},"validity_day_of_week":[0,1,2,3,4,5,6]},
             {"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1000,"points":3}}},"source":{"banner":"three per ten"}},
             {"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_TOTAL_AMOUNT","order":{"total_amount":{"every":1000,"points":1}}},"source":{"banner":"one per ten"}}]
            """)).AsArray();
        var rule = $"/v1/loyalties/{program}/earning-rules/{rules[0]!["id"]}";
        await c.Call($"GET /v1/loyalties/{program}/earning-rules?limit=10");
        await c.Call("GET " + rule);
        await c.Call("PUT " + rule, """{"loyalty":{"type":"FIXED","points":7},"source":{"banner":"seven"}}""");
        await c.Call($"POST {rule}/disable");
        await c.Call($"POST {rule}/enable");
        await c.Call($"DELETE /v1/loyalties/{program}/earning-rules/{rules[2]!["id"]}", expect: 204);
    }

    private static async Task<(string Prize, string Coin)> Rewards(Conversation c, string program, string coupons)
    {
        var prize = (await c.Call("POST /v1/rewards", $$$$"""{"name":"Half price","type":"CAMPAIGN","parameters":{"campaign":{"id":"{{{{coupons}}}}"}},"metadata":{"a":1}}"""))["id"]!.GetValue<string>();
        var coin = (await c.Call("POST /v1/rewards", """{"name":"Pay with points","type":"COIN","parameters":{"coin":{"exchange_ratio":1,"points_ratio":10}}}"""))["id"]!.GetValue<string>();
        var spare = (await c.Call("POST /v1/rewards", """{"name":"Spare","type":"COIN","parameters":{"coin":{"exchange_ratio":0.01}}}"""))["id"];
        await c.Call("GET /v1/rewards?limit=10");
        await c.Call($"GET /v1/rewards/{prize}");
        await c.Call($"PUT /v1/rewards/{prize}", """{"name":"Half the price","metadata":{"a":2}}""");
        await c.Call($"DELETE /v1/rewards/{spare}", expect: 204);
        var assignment = (await c.Call($"POST /v1/rewards/{prize}/assignments", $$$$"""{"campaign":"{{{{program}}}}","parameters":{"loyalty":{"points":100}}}"""))["id"];
        var paying = (await c.Call($"POST /v1/rewards/{coin}/assignments", $$"""{"campaign":"{{program}}"}"""))["id"];
        await c.Call($"GET /v1/rewards/{prize}/assignments");
        await c.Call($"GET /v1/rewards/{prize}/assignments/{assignment}");
        await c.Call($"PUT /v1/rewards/{prize}/assignments/{assignment}", """{"parameters":{"loyalty":{"points":200}}}""");
        await c.Call($"DELETE /v1/rewards/{coin}/assignments/{paying}", expect: 204);
        await c.Call($"POST /v1/rewards/{coin}/assignments", $$"""{"campaign":"{{program}}"}""");
        await c.Call($"DELETE /v1/rewards/{prize}", expect: 400);
        return (prize, coin);
    }

    private static async Task Programs(Conversation c, string program, string prize)
    {
        var second = (await c.Call("POST /v1/loyalties", """{"name":"Second","type":"STATIC","vouchers_count":1,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0},"code_config":{"pattern":"L-CARD-#######"}},"metadata":{"a":1}}"""))["id"];
        await c.Call("GET /v1/loyalties?limit=10");
        await c.Call($"GET /v1/loyalties/{program}");
        await c.Call($"GET /v1/loyalties/{program}/transactions?limit=10");
        var assigned = (await c.Call($"POST /v1/loyalties/{second}/rewards", $$$$"""[{"reward":"{{{{prize}}}}","parameters":{"loyalty":{"points":2}}}]"""))[0]!["id"];
        await c.Call($"POST /v1/loyalties/{second}/rewards", $$$$"""[{"reward":"{{{{prize}}}}","parameters":{"loyalty":{"points":2}}}]""", 409);
        await c.Call($"GET /v1/loyalties/{second}/rewards");
        await c.Call($"GET /v1/loyalties/{second}/reward-assignments");
        await c.Call($"GET /v1/loyalties/{second}/rewards/{assigned}");
        await c.Call($"GET /v1/loyalties/{second}/reward-assignments/{assigned}");
        await c.Call($"GET /v1/loyalties/{second}/reward-assignments/{assigned}/reward");
        await c.Call($"PUT /v1/loyalties/{second}/rewards/{assigned}", """{"parameters":{"loyalty":{"points":3}}}""");
        var card = (await c.Call($"GET /v1/loyalties/{program}/members"))["vouchers"]![0]!["code"];
        await c.Call($"GET /v1/loyalties/members/{card}/rewards?affordable_only=true");
        await c.Call($"DELETE /v1/loyalties/{second}/rewards/{assigned}", expect: 204);
        await c.Call("GET /v1/loyalties/Promo", expect: 404);
    }

    private static async Task Members(Conversation c, string program, string prize, string coin)
    {
        var card = (await c.Call($"POST /v1/loyalties/{program}/members", """{"customer":{"source_id":"lo-anna"},"channel":"API","metadata":{"a":1}}"""))["code"]!.GetValue<string>();
        var other = (await c.Call($"POST /v1/loyalties/{program}/members", """{"customer":"lo-bert"}"""))["code"];
        await c.Call($"GET /v1/loyalties/{program}/members?limit=10");
        await c.Call($"GET /v1/loyalties/{program}/members/{card}");
        await c.Call($"GET /v1/loyalties/members/{card}");
        await c.Call($"POST /v1/loyalties/{program}/members/{card}/balance", """{"points":500,"source_id":"s1","reason":"welcome"}""");
        await c.Call($"POST /v1/loyalties/members/{card}/balance", """{"points":-10}""");
        var won = await c.Call($"POST /v1/loyalties/{program}/members/{card}/redemption", $$$"""{"reward":{"id":"{{{prize}}}"}}""");
        await c.Call($"POST /v1/loyalties/members/{other}/redemption", $$$"""{"reward":{"id":"{{{coin}}}","points":20},"order":{"amount":9000}}""");
        await Stacked(c, card, coin);
        await c.Call($"GET /v1/loyalties/{program}/members/{card}/transactions");
        await c.Call($"GET /v1/loyalties/members/{card}/transactions");
        await c.Call($"GET /v1/campaigns/{program}/transactions");
        await c.Call($"GET /v1/redemptions/{won["id"]}");
        await c.Call($"POST /v1/redemptions/{won["id"]}/rollback", "{}");
        await c.Call($"GET /v1/vouchers/{card}");
        await c.Call("GET /v1/customers/lo-anna");
        await c.Call($"GET /v1/campaigns/{program}");
    }

    private static async Task Stacked(Conversation c, string card, string coin)
    {
        var use = $$$"""{"redeemables":[{"object":"voucher","id":"{{{card}}}","reward":{"id":"{{{coin}}}","points":30}}],"order":{"amount":9000},"customer":{"source_id":"lo-anna"}}""";
        await c.Call("POST /v1/validations", use);
        await c.Call($"POST /v1/vouchers/{card}/validate", $$$"""{"reward":{"id":"{{{coin}}}","points":30},"order":{"amount":9000},"customer":{"source_id":"lo-anna"}}""");
        await c.Call("POST /v1/redemptions", use);
        await c.Call("GET /v1/redemptions?limit=20");
    }

    private static async Task Refusals(Conversation c, string program)
    {
        await c.Call($"POST /v1/loyalties/{program}/members", "{}", 400);
        await c.Call("GET /v1/loyalties/camp_none/members", expect: 404);
        await c.Call("GET /v1/loyalties/members/NONE", expect: 404);
        await c.Call($"POST /v1/loyalties/{program}/earning-rules", """[{"event":"order.paid","validation_rule_id":"val_1","loyalty":{"type":"FIXED","points":5}}]""", 400);
        await c.Call("POST /v1/rewards", """{"name":"A book","type":"MATERIAL","parameters":{"product":{"id":"prod_1"}}}""", 400);
        await c.Call("GET /v1/rewards/rew_none", expect: 404);
    }
}
