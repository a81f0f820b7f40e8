using System.Text.Json.Nodes;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests;

/// <summary>The whitelist, kept by a real browser and the server together: the key alone, copied to another site, is worth nothing.</summary>
public sealed class ForeignOriginTests(WideShop open) : IClassFixture<WideShop>
{
    private readonly Shop _shop = open.Shop;

    [Theory]
    [InlineData("stranger.localhost")]
    [InlineData("shop.localhost.stranger.localhost")]
    [InlineData("notshop.localhost")]
    [InlineData("www.shop.localhost")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task PageOfAnotherHost_GetsNothingAndChangesNothing(string host)
    {
        await AssertNothingWorksAsync(await _shop.PageAsync(host), "MINE-" + host);
    }

    [Fact]
    public async Task PageWithoutAnOrigin_GetsNothingAndChangesNothing()
    {
        await AssertNothingWorksAsync(await ShopPage.OpenSandboxedAsync(_shop.Visitor, _shop.Site, _shop.Server), "MINE-null");
    }

    /// <summary>A request that needs no preflight cannot carry the key's headers, whatever origin it comes from.</summary>
    [Fact]
    public async Task RequestsWithoutPreflight_ReachTheServerAndChangeNothing()
    {
        await _shop.AmountOffAsync("MINE", 500);
        var page = await _shop.PageAsync("stranger.localhost");
        var before = await DatabaseContents.AllAsync(_shop.Server);

        var sent = await page.RunAsync("""
            async ([url, id, token]) => {
              const body = JSON.stringify({ order: { amount: 1000 }, customer: { source_id: 'thief' } });
              const query = '?code=MINE&client_application_id=' + id + '&client_token=' + token;
              const answer = await fetch(url + '/client/v1/redeem' + query, { method: 'POST', mode: 'no-cors', body, credentials: 'include' });
              return answer.type;
            }
            """, new[] { _shop.Server.Address.GetLeftPart(UriPartial.Authority), RunningServer.ClientId, RunningServer.ClientToken });

        Assert.Equal("opaque", sent);
        Assert.Equal(before, await DatabaseContents.AllAsync(_shop.Server));
    }

    /// <summary>The private channel shares nothing with pages, not even with the shop's own and the right key.</summary>
    [Fact]
    public async Task PrivateChannel_FromThePageOfTheShop_IsStoppedByTheBrowser()
    {
        var page = await _shop.PageAsync();
        var before = await DatabaseContents.AllAsync(_shop.Server);

        var answer = await page.RunAsync("""
            ([url, id, token]) => fetch(url + '/v1/vouchers/LEAK', {
              method: 'POST', headers: { 'X-App-Id': id, 'X-App-Token': token, 'Content-Type': 'application/json' },
              body: JSON.stringify({ type: 'DISCOUNT_VOUCHER', discount: { type: 'PERCENT', percent_off: 100 } }),
            }).then(r => 'answered ' + r.status, e => 'stopped: ' + e.name)
            """, new[] { _shop.Server.Address.GetLeftPart(UriPartial.Authority), RunningServer.ApplicationId, RunningServer.ApplicationToken });

        Assert.Equal("stopped: TypeError", answer);
        Assert.Equal(before, await DatabaseContents.AllAsync(_shop.Server));
    }

    private async Task AssertNothingWorksAsync(ShopPage page, string code)
    {
        await _shop.AmountOffAsync(code, 500);
        var before = await DatabaseContents.AllAsync(_shop.Server);
        var customer = new { source_id = "thief" };

        string[] answers =
        [
            await page.CallAsync("validate", new { code = code, amount = 1000 }),
            await page.CallAsync("validate", new { amount = 1000 }),
            await page.CallAsync("listVouchers", new { limit = 5 }),
            await page.CallAsync("redeem", code, new { order = new { amount = 1000 }, customer }),
            await page.CallAsync("publish", "Newsletter", new { customer }),
            await page.CallAsync("track", "looked", new { }, customer),
        ];
        JsonNode[] sdk =
        [
            await page.SdkAsync("validate", code),
            await page.SdkAsync("redeem", code, new { customer }),
            await page.SdkAsync("createCustomer", customer),
            await page.SdkAsync("listConsents"),
            await page.SdkAsync("redeemStackable", new { redeemables = new[] { new { @object = "voucher", id = code } } }),
        ];

        // The page learns not even that it was refused: the browser withholds an answer that is not meant for it.
        Assert.All(answers, answer => Assert.Equal(
            """{"type":"error","message":"XHR error happened.","context":{"readyState":0,"status":0,"statusText":"error"}}""", answer));
        Assert.All(sdk, answer => Assert.Equal("Network Error", answer["error"]!["message"]!.ToString()));
        Assert.Equal(before, await DatabaseContents.AllAsync(_shop.Server));
        Assert.Equal(0, await _shop.RedeemedAsync(code));
        Assert.Equal(404, (await _shop.Server.PrivateAsync(HttpMethod.Get, "/v1/customers/thief")).Status);
    }
}
