using System.Text.Json.Nodes;
using Vouchsafe.Browser.Tests.Infrastructure;

namespace Vouchsafe.Browser.Tests;

/// <summary><c>voucherify.js</c> 1.32.0 as npm has it, on jQuery, on a page of the shop.</summary>
public sealed class VoucherifyJsTests(WideShop open) : IClassFixture<WideShop>
{
    private readonly Shop _shop = open.Shop;

    [Fact]
    public async Task PageOfTheShop_ValidatesListsAndRedeems()
    {
        await _shop.AmountOffAsync("TAKE-5", 500);
        var page = await _shop.PageAsync();

        var valid = await page.AnswerAsync("validate", new { code = " TAKE-5\n", amount = 2000 });
        var listed = await page.AnswerAsync("listVouchers", new { limit = 100 });
        var redeemed = await page.AnswerAsync("redeem", "TAKE-5", new { order = new { amount = 2000 } });

        Assert.True(valid["valid"]!.GetValue<bool>());
        Assert.Equal(500, valid["discount"]!["amount_off"]!.GetValue<int>());
        Assert.Equal(1500, valid["order"]!["total_amount"]!.GetValue<int>());
        Assert.Contains("TAKE-5", listed["vouchers"]!.AsArray().Select(v => v!["code"]!.ToString()));
        Assert.Equal("SUCCESS", redeemed["result"]!.ToString());
        Assert.Equal(1500, redeemed["order"]!["total_amount"]!.GetValue<int>());
        Assert.Equal(1, await _shop.RedeemedAsync("TAKE-5"));
        Assert.Equal(1, await DatabaseContents.CountAsync(_shop.Server,
            "SELECT COUNT(*) FROM redemptions r JOIN vouchers v ON v.id = r.voucher_id WHERE v.code = 'TAKE-5' AND r.failure_code IS NULL"));
    }

    [Fact]
    public async Task Validate_WithEverythingTheClientCanSend_IsReadAsMeant()
    {
        await _shop.MadeAsync("/v1/products", JsonNode.Parse("""{"source_id":"jumper","name":"Jumper","price":6500}""")!);
        var rule = await _shop.MadeAsync("/v1/validation-rules", JsonNode.Parse("""
            {"name":"north","type":"expression","context_type":"global","rules":{"logic":"1 and 2 and 3",
              "1":{"name":"order.metadata","property":"shop","conditions":{"$is":["north & east"]}},
              "2":{"name":"redemption.metadata","property":"desk","conditions":{"$is":["D=4"]}},
              "3":{"name":"customer.metadata","property":"plan","conditions":{"$is":["gold"]}}}}
            """)!);
        await _shop.MadeAsync("/v1/vouchers/RULED", JsonNode.Parse($$$"""
            {"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"validation_rules":["{{{rule["id"]}}}"]}
            """)!);
        var page = await _shop.PageAsync();

        var right = await page.AnswerAsync("validate", Context("north & east"));
        var wrong = await page.AnswerAsync("validate", Context("south"));

        Assert.True(right["valid"]!.GetValue<bool>(), right.ToJsonString());
        Assert.Equal(13000, right["order"]!["amount"]!.GetValue<int>());
        Assert.Equal(1300, right["order"]!["total_discount_amount"]!.GetValue<int>());
        Assert.False(wrong["valid"]!.GetValue<bool>());

        static object Context(string place) => new
        {
            code = "RULED",
            amount = 13000,
            items = new[] { new { source_id = "jumper", related_object = "product", quantity = 2, price = 6500 } },
            metadata = new { desk = "D=4" },
            orderMetadata = new { shop = place },
            customer = new { source_id = "visitor-1", metadata = new { plan = "gold" } },
        };
    }

    [Fact]
    public async Task UnknownCode_IsAnErrorThePageCanRead()
    {
        var page = await _shop.PageAsync();

        var validated = JsonNode.Parse(await page.CallAsync("validate", "NOBODY-HAS-IT"))!;
        var redeemed = JsonNode.Parse(await page.CallAsync("redeem", "NOBODY-HAS-IT", new { }))!;

        Assert.All([validated, redeemed], answer =>
        {
            Assert.Equal("error", answer["type"]!.ToString());
            Assert.Equal(404, answer["context"]!["status"]!.GetValue<int>());
            Assert.Equal("not_found", answer["context"]!["responseJSON"]!["key"]!.ToString());
        });
    }

    [Fact]
    public async Task Track_RemembersTheCustomer()
    {
        var page = await _shop.PageAsync();

        var tracked = await page.AnswerAsync("track", "Newsletter subscribed", new { page = "landing" }, new { source_id = "visitor-2" });

        Assert.Equal("event", tracked["object"]!.ToString());
        Assert.Equal("Newsletter subscribed", tracked["type"]!.ToString());
        Assert.Equal(200, (await _shop.Server.PrivateAsync(HttpMethod.Get, "/v1/customers/visitor-2")).Status);
        Assert.Equal(1, await DatabaseContents.CountAsync(_shop.Server, "SELECT COUNT(*) FROM custom_events WHERE type = 'Newsletter subscribed'"));
    }

    /// <summary>The documented way to know a visitor again: the answer's tracking id, kept by the page, given back on the next visit.</summary>
    [Fact]
    public async Task TrackingIdKeptByThePage_NamesTheSameVisitorAfterAReload()
    {
        await _shop.AmountOffAsync("AGAIN", 500);
        var page = await _shop.PageAsync();

        var first = (await page.AnswerAsync("validate", new { code = "AGAIN", amount = 900 }))["tracking_id"]!.ToString();
        await page.RunAsync("id => { localStorage.setItem('tracking', id); document.cookie = 'tracking=' + encodeURIComponent(id); return '' }", first);
        await page.ReloadAsync();
        await page.RunAsync("() => { Voucherify.setIdentity(localStorage.getItem('tracking')); return '' }");
        var second = (await page.AnswerAsync("validate", new { code = "AGAIN", amount = 900 }))["tracking_id"]!.ToString();
        var redemption = await page.AnswerAsync("redeem", "AGAIN", new { order = new { amount = 900 } });

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.Equal(first, redemption["tracking_id"]!.ToString());
        Assert.Equal(first, await page.RunAsync("() => decodeURIComponent(document.cookie.replace('tracking=', ''))"));
        // The server itself keeps nothing in the browser, though the client allows it cookies.
        Assert.Equal(["tracking"], (await _shop.Visitor.CookiesAsync()).Select(c => c.Name));
    }

    [Fact]
    public async Task Publish_FromACampaign_GivesTheVisitorACodeOfTheirOwn()
    {
        await _shop.MadeAsync("/v1/campaigns", JsonNode.Parse("""
            {"name":"Newsletter","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","vouchers_count":1,
             "voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}}
            """)!);
        var page = await _shop.PageAsync();

        var published = await page.AnswerAsync("publish", "Newsletter", new { customer = new { source_id = "visitor-3" } });

        var code = published["voucher"]!["code"]!.ToString();
        var voucher = await _shop.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/" + code);
        Assert.Equal(1, voucher.Json["publish"]!["count"]!.GetValue<int>());
        Assert.True((await page.AnswerAsync("validate", code))["valid"]!.GetValue<bool>());
    }

    [Fact]
    public async Task ValidationWidget_ShowsThatACodeHolds()
    {
        await _shop.AmountOffAsync("WIDGET", 500);
        var page = await _shop.PageAsync();

        await page.RunAsync("""
            () => { Voucherify.render('#widget', { amount: true, logoSrc: 'data:,', onValidated: answer => { window.validated = answer.code } }); return '' }
            """);
        await page.Page.FillAsync("input[name=voucherifyCode]", "WIDGET");
        await page.Page.FillAsync("input[name=voucherifyAmount]", "20.00");
        await page.Page.ClickAsync("button.voucherifyValidate");
        await page.Page.WaitForFunctionAsync("() => window.validated");

        Assert.Equal("500", await page.Page.InputValueAsync("input[name=voucherifyAmountOff]"));
    }
}
