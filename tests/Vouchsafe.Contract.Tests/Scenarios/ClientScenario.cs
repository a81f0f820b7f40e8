namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class ClientScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        await c.Call("POST /v1/vouchers/CL-TEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}""");
        await c.Call("POST /v1/vouchers/CL-CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":10000}}""");
        await c.Call("POST /v1/vouchers/CL-OVER", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"expiration_date":"2020-01-01"}""");
        await c.Call("POST /v1/campaigns", """{"name":"Client coupons","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","vouchers_count":1,"voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100}}}""");
        await c.Call("POST /v1/campaigns", """{"name":"Client promo","campaign_type":"PROMOTION","promotion":{"tiers":[{"name":"Tier","action":{"discount":{"type":"PERCENT","percent_off":10}}}]}}""");
        await c.Call("GET /client/v1/validate?code=CL-TEN&amount=5000&tracking_id=visitor-1");
        await c.Call("GET /client/v1/validate?code=CL-CARD&amount=5000&item[0][product_id]=cup&item[0][quantity]=2&customer[source_id]=cl-anna&metadata[a]=b");
        await c.Call("GET /client/v1/validate?code=CL-OVER&amount=5000");
        await c.Call("GET /client/v1/validate?code=CL-NONE&amount=5000", expect: 404);
        await c.Call("GET /client/v1/promotions/tiers");
        await c.Call("POST /client/v1/validations", """{"redeemables":[{"object":"voucher","id":"CL-TEN"}],"order":{"amount":5000},"tracking_id":"visitor-1"}""");
        await c.Call("POST /client/v1/redeem?code=CL-TEN", """{"order":{"amount":5000},"customer":{"source_id":"cl-anna"},"tracking_id":"visitor-1"}""");
        await c.Call("POST /client/v1/redeem?code=CL-CARD", """{"order":{"amount":500}}""");
        await c.Call("POST /client/v1/redeem?code=CL-OVER", """{"order":{"amount":5000}}""", 400);
        await c.Call("POST /client/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CL-TEN"},{"object":"voucher","id":"CL-CARD"}],"order":{"amount":5000},"customer":{"source_id":"cl-anna"}}""");
        await c.Call("POST /client/v1/publish", """{"voucher":"CL-CARD","customer":{"source_id":"cl-anna"},"channel":"API"}""");
        await c.Call("POST /client/v1/qualifications", """{"scenario":"ALL","customer":{"source_id":"cl-anna"},"order":{"amount":5000},"options":{"expand":["redeemable"]}}""");
        await c.Call("POST /client/v1/events", """{"event":"page_viewed","customer":{"source_id":"cl-anna"},"metadata":{"page":"home"}}""");

        await c.Call("GET /client/v1/validate?amount=5000", expect: 400);
        await c.Call("POST /client/v1/validations", """{"redeemables":[]}""", 400);
        await c.Call("POST /client/v1/redemptions", """{"redeemables":[]}""", 400);
        await c.Call("POST /client/v1/events", """{"event":7}""", 400);
        await c.Call("POST /client/v1/publish", """{"customer":{"source_id":"cl-anna"}}""", 400);
    }
}
