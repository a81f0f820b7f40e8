namespace Vouchsafe.Api.Tests.Client;

/// <summary>POST /client/v1/publish.</summary>
public sealed class PublishVoucherTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Publish_OfACampaignInTheQuery_GivesItsCodeToTheCustomer()
    {
        var name = Calls.Fresh("Web");
        (await _server.Private().PostAsync("/v1/campaigns", new
        {
            name, campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 500 } },
        })).Ok();
        var customer = Calls.Fresh("c");
        (await _server.Private().PostAsync("/v1/customers", new { source_id = customer, name = "Secret Name", email = "secret@shop.example" })).Ok();
        var answer = (await _server.Client().PostAsync($"/client/v1/publish?campaign={name}", new { customer = new { source_id = customer }, channel = "Voucherify.js" })).Ok();
        Assert.Equal(name, answer.Text("voucher.campaign"));
        Assert.Equal(customer, answer.Text("customer.source_id"));
        Assert.DoesNotContain("secret", answer.Body.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Publish_OfAnUnknownCode_MakesNoCustomer()
    {
        var customer = Calls.Fresh("c");
        var answer = await _server.Client().PostAsync("/client/v1/publish", new { voucher = "NO-SUCH-CODE", customer = new { source_id = customer } });
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Private().GetJsonAsync($"/v1/customers/{customer}")).Status);
    }

    [Fact]
    public async Task Redeem_FromAPage_DoesNotTellWhatTheShopKnowsOfTheCustomer()
    {
        var code = await _server.Private().AmountVoucherAsync();
        var customer = Calls.Fresh("c");
        (await _server.Private().PostAsync("/v1/customers", new { source_id = customer, name = "Secret Name", email = "secret@shop.example", metadata = new { secret = 1 } })).Ok();
        var one = (await _server.Client().PostAsync($"/client/v1/redeem?code={code}", new { order = new { amount = 1000 }, customer = new { source_id = customer } })).Ok();
        var stacked = (await _server.Client().PostAsync("/client/v1/redemptions", new
        {
            redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1000 }, customer = new { source_id = customer },
        })).Ok();
        Assert.DoesNotContain("secret", one.Body.ToString() + stacked.Body, StringComparison.OrdinalIgnoreCase);
    }
}
