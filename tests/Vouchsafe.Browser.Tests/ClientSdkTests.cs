using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests;

/// <summary>The client side of <c>@voucherify/sdk</c> 2.9.0 as npm has it, as a script of the page.</summary>
public sealed class ClientSdkTests(Chromium chromium)
{
    [Fact]
    public async Task PageOfTheShop_GoesThroughEveryOperation()
    {
        await using var shop = await Shop.OpenAsync(chromium, Shop.WideLimit);
        await shop.AmountOffAsync("SDK-5", 500);
        var page = await shop.PageAsync();
        var customer = new { source_id = "visitor", metadata = new { plan = "gold" } };
        var stack = new { redeemables = new[] { new { @object = "voucher", id = "SDK-5" } }, order = new { amount = 3000 }, customer };

        var validated = await page.SdkAsync("validate", new { code = "SDK-5", amount = 3000, customer, orderMetadata = new { shop = "north" } });
        var promotions = await page.SdkAsync("validate", new { amount = 3000 });
        var stacked = await page.SdkAsync("validateStackable", stack);
        var redeemed = await page.SdkAsync("redeem", "SDK-5", new { order = new { amount = 3000 }, customer });
        var redeemedStack = await page.SdkAsync("redeemStackable", stack);
        var listed = await page.SdkAsync("listVouchers", new { limit = 10 });
        var created = await page.SdkAsync("createCustomer", new { source_id = "newcomer", name = "Ada" });
        var tracked = await page.SdkAsync("track", "looked", customer, new { page = "landing" });
        var consents = await page.SdkAsync("listConsents");
        var given = await page.SdkAsync("updateConsents", "newcomer", new { });

        Assert.True(validated["answer"]?["valid"]?.GetValue<bool>(), validated.ToJsonString());
        Assert.NotNull(promotions["answer"]?["promotions"]);
        Assert.Equal(2500, stacked["answer"]?["order"]?["total_amount"]?.GetValue<int>());
        Assert.Equal("SUCCESS", redeemed["answer"]?["result"]?.ToString());
        Assert.Equal("SUCCESS", redeemedStack["answer"]?["redemptions"]?[0]?["result"]?.ToString());
        Assert.NotNull(listed["answer"]?["vouchers"]);
        Assert.Equal("newcomer", created["answer"]?["source_id"]?.ToString());
        Assert.Equal("event", tracked["answer"]?["object"]?.ToString());
        Assert.NotNull(consents["answer"]?["consents"]);
        Assert.Null(given["error"]?.ToJsonString());
        Assert.Equal(2, await shop.RedeemedAsync("SDK-5"));
        Assert.Equal(200, (await shop.Server.PrivateAsync(HttpMethod.Get, "/v1/customers/newcomer")).Status);
    }

    [Fact]
    public async Task WhatIsNotPermitted_IsARefusalThePageCanRead()
    {
        await using var shop = await Shop.OpenAsync(chromium, Shop.WideLimit, ("Bootstrap:ClientPermissions", ""));
        await shop.AmountOffAsync("LOOK", 500);
        var page = await shop.PageAsync();

        var validated = await page.SdkAsync("validate", "LOOK");
        var refused = new[]
        {
            await page.SdkAsync("redeem", "LOOK", new { order = new { amount = 1000 } }),
            await page.SdkAsync("listVouchers"),
            await page.SdkAsync("publish", "Newsletter", new { customer = new { source_id = "visitor" } }),
            await page.SdkAsync("createCustomer", new { source_id = "visitor" }),
            await page.SdkAsync("track", "looked", new { source_id = "visitor" }),
        };

        Assert.True(validated["answer"]?["valid"]?.GetValue<bool>(), validated.ToJsonString());
        Assert.All(refused, answer => Assert.Equal(403, answer["error"]?["status"]?.GetValue<int>()));
        Assert.Equal(0, await shop.RedeemedAsync("LOOK"));
    }

    /// <summary>The SDK itself keeps the secret key out of browsers; if a page forces it, the browser and the server still do.</summary>
    [Fact]
    public async Task ServerSideForcedIntoThePage_ReachesNothing()
    {
        await using var shop = await Shop.OpenAsync(chromium, Shop.WideLimit);
        var page = await shop.PageAsync();

        var answer = await page.RunAsync("""
            ([url, id, secret]) => VoucherifySDK
              .VoucherifyServerSide({ apiUrl: url, applicationId: id, secretKey: secret, dangerouslySetSecretKeyInBrowser: true })
              .vouchers.list().then(() => 'read it', e => e.message)
            """, new[]
        {
            shop.Server.Address.GetLeftPart(UriPartial.Authority), RunningServer.ApplicationId, RunningServer.ApplicationToken,
        });

        Assert.Equal("Network Error", answer);
    }
}
