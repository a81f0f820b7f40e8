namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class VoucherScenario
{
    private const string Tenth = """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}""";

    internal static async Task RunAsync(Conversation c)
    {
        await Discounts(c);
        await Cards(c);
        await Life(c);
        await Refusals(c);
    }

    private static async Task Discounts(Conversation c)
    {
        await c.Call("POST /v1/vouchers", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1000,"effect":"APPLY_TO_ORDER"},"code_config":{"length":10,"prefix":"A-"}}""");
        await c.Call("POST /v1/vouchers/CV-PERCENT", """
            {"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":12.5,"amount_limit":5000,"effect":"APPLY_TO_ITEMS"},"active":true,
             "start_date":"2024-01-01","expiration_date":"2090-12-31T23:59:59Z","redemption":{"quantity":5},"metadata":{"season":"summer","tags":["a","b"]},
             "additional_info":"note","validity_timeframe":{"interval":"P1D","duration":"P1D"},"validity_day_of_week":[0,1,2,3,4,5,6],
             "validity_hours":{"daily":[{"start_time":"00:00","expiration_time":"23:59","days_of_week":[0,1,2,3,4,5,6]}]}}
            """);
        await c.Call("POST /v1/vouchers/CV-FIXED", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"FIXED","fixed_amount":900}}""");
        await c.Call("POST /v1/products", """{"name":"Cup","source_id":"cv-cup","price":500}""");
        await c.Call("POST /v1/vouchers/CV-UNIT", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"UNIT","unit_off":2,"unit_type":"cv-cup","effect":"ADD_MISSING_ITEMS"}}""");
        await c.Call("POST /v1/vouchers/CV-UNITS", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[{"unit_off":1,"unit_type":"cv-cup","effect":"ADD_NEW_ITEMS"}]}}""");
        await c.Call("POST /v1/vouchers/CV-FORMULA", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100,"amount_off_formula":"MIN(ORDER_AMOUNT;5)"}}""");
    }

    private static async Task Cards(Conversation c)
    {
        await c.Call("POST /v1/vouchers/CV-CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":10000,"effect":"APPLY_TO_ORDER"}}""");
        await c.Call("POST /v1/vouchers/CV-CARD/balance", """{"amount":2500,"reason":"goodwill","source_id":"cv-topup-1"}""");
        await c.Call("POST /v1/vouchers/CV-CARD/balance", """{"amount":-500,"source_id":"cv-topup-2"}""");
        await c.Call("POST /v1/vouchers/CV-CARD/redemption", """{"order":{"amount":3000},"gift":{"credits":1000}}""");
        await c.Call("GET /v1/vouchers/CV-CARD/transactions?limit=10&page=1&order=-id");
        await c.Call("GET /v1/vouchers/CV-CARD");
        await c.Call("POST /v1/vouchers/CV-CARD/balance", """{"amount":-999999}""", 400);
        await c.Call("POST /v1/vouchers/CV-NONE/balance", """{"amount":1}""", 404);
        await c.Call("GET /v1/vouchers/CV-NONE/transactions", expect: 404);
    }

    private static async Task Life(Conversation c)
    {
        foreach (var code in (string[])["CV-PERCENT", "CV-FIXED", "CV-UNIT", "CV-UNITS", "CV-FORMULA"]) await c.Call($"GET /v1/vouchers/{code}");
        await c.Call("GET /v1/vouchers?limit=100&page=1");
        await c.Call("GET /v1/vouchers?order=code&code=CV-CARD");
        await c.Call("GET /v1/vouchers?filters[type][conditions][$is]=GIFT_VOUCHER");
        await c.Call("PUT /v1/vouchers/CV-PERCENT", """{"additional_info":"other","metadata":{"season":"winter"},"active":false,"expiration_date":"2091-01-01"}""");
        await c.Call("POST /v1/vouchers/CV-PERCENT/enable");
        await c.Call("POST /v1/vouchers/CV-PERCENT/disable");
        await c.Call("POST /v1/vouchers/CV-GONE", Tenth);
        await c.Call("DELETE /v1/vouchers/CV-GONE?force=true", expect: 204);
        await c.Call("GET /v1/trash-bin?limit=10");
        await c.Call("POST /v1/vouchers/CV-BINNED", Tenth);
        await c.Call("DELETE /v1/vouchers/CV-BINNED", expect: 204);
        var bin = await c.Call("GET /v1/trash-bin?limit=100");
        await c.Call($"DELETE /v1/trash-bin/{bin["data"]![0]!["id"]}", expect: 204);
    }

    private static async Task Refusals(Conversation c)
    {
        await c.Call("GET /v1/vouchers/CV-NONE", expect: 404);
        await c.Call("PUT /v1/vouchers/CV-NONE", """{"active":false}""", 404);
        await c.Call("DELETE /v1/vouchers/CV-NONE", expect: 404);
        await c.Call("POST /v1/vouchers/CV-NONE/enable", expect: 404);
        await c.Call("POST /v1/vouchers/CV-NONE/disable", expect: 404);
        await c.Call("POST /v1/vouchers", """{"type":"NOTHING"}""", 400);
        await c.Call("POST /v1/vouchers", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":110}}""", 400);
        await c.Call("PUT /v1/vouchers/CV-FIXED", """{"metadata":7}""", 400);
        await c.Call("GET /v1/vouchers?limit=1000", expect: 400);
    }
}
