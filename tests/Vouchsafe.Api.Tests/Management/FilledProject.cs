using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>A project that holds one of everything that has an id.</summary>
internal static class FilledProject
{
    /// <summary>One of everything, by the names of the paths' parameters.</summary>
    internal static async Task<Dictionary<string, string>> MakeAsync(HttpClient shop)
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        async Task<JsonElement> AddAsync(string parameter, string path, object body, string member = "id")
        {
            var made = await PostAsync(shop, path, body);
            ids[parameter] = made.GetProperty(member).GetString()!;
            return made;
        }
        var discount = new { type = "PERCENT", percent_off = 10 };
        await AddAsync("code", "/v1/vouchers", new { type = "GIFT_VOUCHER", gift = new { amount = 100_000 }, redemption = new { quantity = 100 } }, "code");
        await AddAsync("customerId", "/v1/customers", new { source_id = "customer-1", name = "Ada" });
        await AddAsync("productId", "/v1/products", new { name = "Shirt", source_id = "product-1" });
        await AddAsync("skuId", $"/v1/products/{ids["productId"]}/skus", new { sku = "Shirt L", source_id = "sku-1" });
        await AddAsync("productCollectionId", "/v1/product-collections",
            new { name = "Shirts", type = "STATIC", products = new[] { new { id = ids["productId"], @object = "product" } } });
        await AddAsync("categoryId", "/v1/categories", new { name = "First", hierarchy = 1 });
        await AddAsync("segmentId", "/v1/segments", new { name = "All", type = "static", customers = new[] { ids["customerId"] } });
        await AddAsync("validationRuleId", "/v1/validation-rules", new { name = "Rule", type = "basic", rules = new { } });
        await AddAsync("assignmentId", $"/v1/validation-rules/{ids["validationRuleId"]}/assignments", new { related_object_id = ids["code"], related_object_type = "voucher" });
        await AddAsync("campaignId", "/v1/campaigns", new { name = "Promotion", campaign_type = "PROMOTION", type = "STATIC" });
        await AddAsync("promotionTierId", $"/v1/promotions/{ids["campaignId"]}/tiers", new { name = "Tier", action = new { discount } });
        await AddAsync("stackId", $"/v1/promotions/{ids["campaignId"]}/stacks", new { name = "Stack", tiers = new { ids = new[] { ids["promotionTierId"] } } });
        await AddAsync("codesCampaign", "/v1/campaigns", new { name = "Codes", campaign_type = "DISCOUNT_COUPONS", voucher = new { type = "DISCOUNT_VOUCHER", discount } });
        await AddAsync("loyalties:campaignId", "/v1/campaigns", new { name = "Points", campaign_type = "LOYALTY_PROGRAM", voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 100 } } });
        await AddAsync("loyalties:memberId", $"/v1/loyalties/{ids["loyalties:campaignId"]}/members", new { customer = new { source_id = "customer-1" } }, "code");
        ids["earningRuleId"] = (await PostAsync(shop, $"/v1/loyalties/{ids["loyalties:campaignId"]}/earning-rules", new[] { new { @event = "order.paid", loyalty = new { type = "FIXED", points = 5 } } }))[0].GetProperty("id").GetString()!;
        await AddAsync("rewardId", "/v1/rewards", new { name = "Coin", type = "COIN", parameters = new { coin = new { exchange_ratio = 1, points_ratio = 1 } } });
        await AddAsync("rewards:assignmentId", $"/v1/rewards/{ids["rewardId"]}/assignments", new { campaign = ids["loyalties:campaignId"] });
        ids["loyalties:assignmentId"] = ids["rewards:assignmentId"];
        await AddAsync("referrals:campaignId", "/v1/campaigns", new { name = "Friends", campaign_type = "REFERRAL_PROGRAM", voucher = new { type = "DISCOUNT_VOUCHER", discount } });
        var published = await PostAsync(shop, "/v1/publications", new { campaign = new { name = "Friends" }, customer = new { source_id = "customer-1" } });
        ids["referrals:memberId"] = published.GetProperty("voucher").GetProperty("code").GetString()!;
        ids["holderId"] = (await PostAsync(shop, $"/v1/referrals/members/{ids["referrals:memberId"]}/holders", new { holders = new[] { new { source_id = "friend-1" } } }))
            .GetProperty("holders")[0].GetProperty("id").GetString()!;
        await AddAsync("orderId", "/v1/orders", new { source_id = "order-1", amount = 1_000 });
        await AddAsync("publicationId", "/v1/publications", new { voucher = ids["code"], customer = new { source_id = "customer-1" } });
        await AddAsync("id", $"/v1/vouchers/{ids["code"]}/redemption", new { order = new { amount = 100 }, gift = new { credits = 50 } });
        ids["sessionKey"] = "session-of-the-owner";
        await PostAsync(shop, "/v1/validations", new
        {
            redeemables = new[] { new { @object = "voucher", id = ids["code"], gift = new { credits = 10 } } }, order = new { amount = 100 },
            session = new { type = "LOCK", key = ids["sessionKey"] },
        });
        var extra = await shop.CreateVoucherAsync("TO-THE-BIN");
        using (await shop.DeleteAsync("/v1/vouchers/" + extra.GetProperty("code").GetString())) { }
        ids["binEntryId"] = (await shop.GetFromJsonAsync<JsonElement>("/v1/trash-bin")).GetProperty("data")[0].GetProperty("id").GetString()!;
        await AddAsync("asyncActionId", $"/v1/campaigns/{ids["codesCampaign"]}/vouchers?vouchers_count=2", new { }, "async_action_id");
        await AddAsync("exportId", "/v1/exports", new { exported_object = "voucher" });
        // Until the codes and the file are there the state still moves.
        foreach (var work in new[] { "/v1/async-actions/" + ids["asyncActionId"], "/v1/exports/" + ids["exportId"] }) await DoneAsync(shop, work);
        return ids;
    }

    private static async Task DoneAsync(HttpClient shop, string work)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if ((await shop.GetFromJsonAsync<JsonElement>(work)).GetProperty("status").GetString() is "DONE") return;
            await Task.Delay(50);
        }
        throw new TimeoutException($"{work} was not done.");
    }

    internal static async Task<JsonElement> PostAsync(HttpClient shop, string path, object body)
    {
        using var answer = await shop.PostAsJsonAsync(path, body);
        var made = await TestServer.JsonAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {made}");
        return made;
    }

    internal static async Task<string> StateAsync(HttpClient shop, Dictionary<string, string> ids)
    {
        var text = new StringBuilder();
        foreach (var path in new[]
        {
            "/v1/vouchers?limit=100", "/v1/customers", "/v1/products", "/v1/product-collections", "/v1/categories", "/v1/segments", "/v1/validation-rules",
            "/v1/validation-rules-assignments", "/v1/campaigns", "/v1/promotions/tiers", "/v1/promotions/stacks", "/v1/orders", "/v1/publications",
            "/v1/redemptions", "/v1/rewards", $"/v1/rewards/{ids["rewardId"]}/assignments", $"/v1/loyalties/{ids["loyalties:campaignId"]}/members", $"/v1/loyalties/{ids["loyalties:campaignId"]}/earning-rules",
            $"/v1/loyalties/members/{ids["loyalties:memberId"]}/transactions", $"/v1/referrals/members/{ids["referrals:memberId"]}/holders", "/v1/trash-bin", "/v1/async-actions", "/v1/exports", $"/v1/vouchers/{ids["code"]}/transactions", $"/v1/skus/{ids["skuId"]}",
        })
            text.AppendLine(await shop.GetStringAsync(path));
        return text.ToString();
    }
}
