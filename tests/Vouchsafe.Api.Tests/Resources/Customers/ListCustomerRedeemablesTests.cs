using Vouchsafe.Api.Tests.Management;

namespace Vouchsafe.Api.Tests.Resources.Customers;

/// <summary>GET /v1/customers/{id}/redeemables.</summary>
public sealed class ListCustomerRedeemablesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    private static List<string?> Codes(Calls.Answer answer) => [.. answer["data"].EnumerateArray().Select(e => e.GetProperty("redeemable").GetProperty("voucher").GetProperty("code").GetString())];

    private static async Task GiveAsync(HttpClient shop, string code, object? fields = null, string customer = "anna")
    {
        (await shop.PostAsync("/v1/vouchers/" + code, fields ?? new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } })).Ok();
        (await shop.PostAsync("/v1/publications", new { voucher = code, customer = new { source_id = customer } })).Ok();
    }

    [Fact]
    public async Task WhatACustomerHolds_IsListedWithItsRole_PageByPage()
    {
        var shop = _server.ServerOf(await _server.CreateProjectAsync());
        (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Friends", campaign_type = "REFERRAL_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok();
        await GiveAsync(shop, "FIRST");
        var own = (await shop.PostAsync("/v1/publications", new { campaign = new { name = "Friends" }, customer = new { source_id = "anna" } })).Ok().Text("voucher.code")!;
        var friends = (await shop.PostAsync("/v1/publications", new { campaign = new { name = "Friends" }, customer = new { source_id = "bob" } })).Ok().Text("voucher.code")!;
        (await shop.PostAsync($"/v1/referrals/members/{friends}/holders", new { holders = new[] { new { source_id = "anna" } } })).Ok();
        await GiveAsync(shop, "BINNED");
        await shop.DeleteJsonAsync("/v1/vouchers/BINNED");

        var all = (await shop.GetJsonAsync("/v1/customers/anna/redeemables")).Ok();
        Assert.Equal([friends, own, "FIRST"], Codes(all));
        Assert.Equal(["REFEREE", "REFERRER", "OWNER"], all["data"].EnumerateArray().Select(e => e.GetProperty("holder_role").GetString()));
        Assert.Equal(("REFERRAL_PROGRAM", "DISCOUNT_VOUCHER", "voucher", 3), (all.Text("data.0.campaign_type"), all.Text("data.0.voucher_type"), all.Text("data.0.redeemable_object"), all.Number("total")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, all["data.2.campaign_id"].ValueKind);

        var first = (await shop.GetJsonAsync("/v1/customers/anna/redeemables?limit=2&order=id")).Ok();
        var second = (await shop.GetJsonAsync($"/v1/customers/anna/redeemables?limit=2&order=id&starting_after_id={first.Text("more_starting_after")}")).Ok();
        Assert.Equal(["FIRST", own, friends], [.. Codes(first), .. Codes(second)]);
        Assert.Equal((true, false), (first["has_more"].GetBoolean(), second["has_more"].GetBoolean()));
    }

    [Fact]
    public async Task EachOne_SaysHowItStands()
    {
        var shop = _server.ServerOf(await _server.CreateProjectAsync());
        var discount = new { type = "AMOUNT", amount_off = 100 };
        await GiveAsync(shop, "ACTIVE");
        await GiveAsync(shop, "DISABLED");
        (await shop.PostAsync("/v1/vouchers/DISABLED/disable", new { })).Ok();
        await GiveAsync(shop, "EXPIRED", new { type = "DISCOUNT_VOUCHER", discount, expiration_date = DateTimeOffset.UtcNow.AddDays(1) });
        (await shop.PutAsync("/v1/vouchers/EXPIRED", new { expiration_date = "2020-01-01T00:00:00Z" })).Ok();
        await GiveAsync(shop, "NOT_ACTIVE_YET", new { type = "DISCOUNT_VOUCHER", discount, start_date = DateTimeOffset.UtcNow.AddDays(2) });
        await GiveAsync(shop, "USED", new { type = "DISCOUNT_VOUCHER", discount, redemption = new { quantity = 1 } });
        (await shop.PostAsync("/v1/vouchers/USED/redemption", new { order = new { amount = 500 } })).Ok();
        await GiveAsync(shop, "NO_BALANCE", new { type = "GIFT_VOUCHER", gift = new { amount = 100 } });
        (await shop.PostAsync("/v1/vouchers/NO_BALANCE/redemption", new { order = new { amount = 500 }, gift = new { credits = 100 } })).Ok();

        var all = (await shop.GetJsonAsync("/v1/customers/anna/redeemables?limit=100")).Ok();
        Assert.Equal(6, all.Number("total"));
        Assert.All(all["data"].EnumerateArray(), e => Assert.Equal(
            e.GetProperty("redeemable").GetProperty("voucher").GetProperty("code").GetString(), e.GetProperty("redeemable").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Filters_NarrowByEveryField_TogetherOrOneByOne()
    {
        var shop = _server.ServerOf(await _server.CreateProjectAsync());
        await GiveAsync(shop, "COUPON");
        await GiveAsync(shop, "CARD", new { type = "GIFT_VOUCHER", gift = new { amount = 100 } });
        var all = (await shop.GetJsonAsync("/v1/customers/anna/redeemables?order=created_at")).Ok();
        var (coupon, card) = (all.Text("data.0.redeemable_id")!, all.Text("data.1.id")!);
        async Task<List<string?>> FoundAsync(string query) => Codes((await shop.GetJsonAsync("/v1/customers/anna/redeemables?order=created_at&" + query)).Ok());

        Assert.Equal(["CARD"], await FoundAsync("filters[voucher_type][conditions][$is]=GIFT_VOUCHER"));
        Assert.Equal(["COUPON"], await FoundAsync("filters[voucher_type][conditions][$not_in][0]=GIFT_VOUCHER"));
        Assert.Equal(["COUPON"], await FoundAsync($"filters[redeemable_id][conditions][$in][0]={coupon}"));
        Assert.Equal(["CARD"], await FoundAsync($"filters[id][conditions][$ends_with]={card[^6..]}"));
        Assert.Equal(["COUPON", "CARD"], await FoundAsync("filters[campaign_id][conditions][$is_unknown]=&filters[holder_role][conditions][$is]=OWNER"));
        Assert.Empty(await FoundAsync("filters[campaign_type][conditions][$has_value]="));
        Assert.Empty(await FoundAsync("filters[created_at][conditions][$before]=2020-01-01T00:00:00Z"));
        Assert.Equal(["COUPON", "CARD"], await FoundAsync("filters[created_at][conditions][$less_than]=10"));
        Assert.Empty(await FoundAsync($"filters[redeemable_id][conditions][$is]={coupon}&filters[voucher_type][conditions][$is]=GIFT_VOUCHER"));
        Assert.Equal(["COUPON", "CARD"], await FoundAsync($"filters[redeemable_id][conditions][$is]={coupon}&filters[voucher_type][conditions][$is]=GIFT_VOUCHER&filters[junction]=or"));

        foreach (var query in new[] { "filters[code][conditions][$is]=x", "filters[id][conditions][$before]=2020-01-01", "filters[created_at][conditions][$after]=then", "filters[junction]=xor", "order=code" })
            Assert.Equal(HttpStatusCode.BadRequest, (await shop.GetJsonAsync("/v1/customers/anna/redeemables?" + query)).Status);
    }
}
