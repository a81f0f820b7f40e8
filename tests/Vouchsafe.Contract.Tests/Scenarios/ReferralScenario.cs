using System.Text.Json.Nodes;

namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class ReferralScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        var program = (await c.Call("POST /v1/campaigns", """
            {"name":"Friends","campaign_type":"REFERRAL_PROGRAM","type":"AUTO_UPDATE","referral_program":{"conversion_event_type":"redemption"},
             "voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":30,"effect":"APPLY_TO_ORDER"},"is_referral_code":true}}
            """))["id"];
        var code = (await c.Call("POST /v1/publications", """{"campaign":{"name":"Friends"},"customer":{"source_id":"re-owner"}}"""))["voucher"]!["code"]!.GetValue<string>();
        var named = await c.Call($"POST /v1/referrals/{program}/members/{code}/holders", """{"holders":[{"source_id":"re-uma","name":"Uma"},{"source_id":"re-vito"}],"metadata":{"fair":true}}""");
        await c.Call($"POST /v1/referrals/members/{code}/holders", """{"holders":[{"source_id":"re-wanda"}]}""");
        await c.Call($"POST /v1/referrals/members/{code}/holders", """{"holders":[{"source_id":"re-uma"}]}""", 409);
        await c.Call($"GET /v1/referrals/{program}/members/{code}/holders");
        await c.Call($"GET /v1/referrals/members/{code}/holders?limit=2");
        await c.Call($"DELETE /v1/referrals/{program}/members/{code}/holders/{Id(named, 0)}", expect: 204);
        await c.Call($"DELETE /v1/referrals/members/{code}/holders/{Id(named, 1)}", expect: 204);
        await c.Call($"POST /v1/vouchers/{code}/validate", """{"order":{"amount":10000},"customer":{"source_id":"re-uma"}}""");
        await c.Call("POST /v1/redemptions", $$$"""{"redeemables":[{"object":"voucher","id":"{{{code}}}"}],"order":{"amount":10000},"customer":{"source_id":"re-uma"}}""");
        await c.Call($"POST /v1/vouchers/{code}/redemption", """{"order":{"amount":10000},"customer":{"source_id":"re-owner"}}""", 400);
        await c.Call($"GET /v1/vouchers/{code}");
        await c.Call($"GET /v1/campaigns/{program}");
        await c.Call("GET /v1/referrals/members/NONE/holders", expect: 404);
    }

    private static JsonNode? Id(JsonNode named, int index) => named["holders"]![index]!["id"];
}
