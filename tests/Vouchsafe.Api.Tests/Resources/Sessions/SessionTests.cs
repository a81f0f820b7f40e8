using static Vouchsafe.Api.Tests.Money.MoneyServer;
using Vouchsafe.Api.Tests.Money;

namespace Vouchsafe.Api.Tests.Resources.Sessions;

public sealed class SessionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task Lock_WithoutKeyAndTime_GetsAKeyNobodyGuessesAndSevenDays()
    {
        var code = await Shop.VoucherAsync(1);
        var answer = (await Shop.PostAsync("/v1/validations", Use(code, lockFor: new { type = "LOCK" }))).Ok();
        Assert.Matches("^ssn_[A-Za-z0-9]{32}$", answer.Text("session.key"));
        Assert.Equal((7, "DAYS"), (answer.Number("session.ttl"), answer.Text("session.ttl_unit")));
    }

    [Theory]
    [InlineData(3, "DAYS", 259_200_000)]
    [InlineData(2, "HOURS", 7_200_000)]
    [InlineData(5, "MINUTES", 300_000)]
    [InlineData(9, "SECONDS", 9_000)]
    [InlineData(1500, "MILLISECONDS", 1_500)]
    [InlineData(1_500_000, "MICROSECONDS", 1_500)]
    [InlineData(1_500_000_001, "NANOSECONDS", 1_501)]
    public async Task Lock_InEveryUnit_HoldsToTheMillisecondAndNoLonger(long ttl, string unit, long milliseconds)
    {
        await using var server = await TestServer.StartAsync();
        server.Clock.Stop();
        var shop = server.Private();
        var code = await shop.VoucherAsync(1);
        var answer = (await shop.PostAsync("/v1/validations", Use(code, lockFor: new { type = "LOCK", key = "k", ttl, ttl_unit = unit }))).Ok();
        Assert.Equal((ttl, unit), (answer.Number("session.ttl"), answer.Text("session.ttl_unit")));

        server.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.Equal("quantity_exceeded", (await shop.PostAsync("/v1/redemptions", Use(code))).Text("key"));
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        await server.AssertBooksAsync();
    }

    [Theory]
    [InlineData("{\"type\":\"HOLD\"}", "session.type")]
    [InlineData("{\"type\":\"LOCK\",\"ttl\":0}", "session.ttl")]
    [InlineData("{\"type\":\"LOCK\",\"ttl\":-1}", "session.ttl")]
    [InlineData("{\"type\":\"LOCK\",\"ttl\":1.5}", "session.ttl")]
    [InlineData("{\"type\":\"LOCK\",\"ttl\":366}", "session.ttl")]
    [InlineData("{\"type\":\"LOCK\",\"ttl\":9000000000000,\"ttl_unit\":\"HOURS\"}", "session.ttl")]
    [InlineData("{\"type\":\"LOCK\",\"ttl_unit\":\"WEEKS\"}", "session.ttl_unit")]
    public async Task Lock_WithABadSession_IsRefusedByTheFieldsName(string session, string field)
    {
        var code = await Shop.VoucherAsync(1);
        var answer = await Shop.PostAsync("/v1/validations", Use(code, lockFor: System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(session)));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_payload"), (answer.Status, answer.Text("key")));
        Assert.Contains(field, answer.Text("details"));
        (await Shop.PostAsync("/v1/redemptions", Use(code))).Ok();
    }

    [Fact]
    public async Task Lock_SetUpAgainForAnotherCode_LetsTheFirstGo()
    {
        var (first, second) = (await Shop.VoucherAsync(1), await Shop.VoucherAsync(1));
        (await Shop.PostAsync("/v1/validations", Lock(first, "cart-1"))).Ok();
        (await Shop.PostAsync("/v1/validations", Lock(second, "cart-1"))).Ok();
        (await Shop.PostAsync("/v1/redemptions", Use(first))).Ok();
        Assert.Equal("quantity_exceeded", (await Shop.PostAsync("/v1/redemptions", Use(second))).Text("key"));
        await _server.AssertBooksAsync();
    }

    [Fact]
    public async Task Lock_OverwrittenByItsOwnKey_HoldsOneUseAndTheNewCredits()
    {
        var card = await Shop.CardAsync(10_000);
        (await Shop.PostAsync("/v1/validations", Lock(card, "cart-2", amount: 7000))).Ok();
        (await Shop.PostAsync("/v1/validations", Lock(card, "cart-2", amount: 2000))).Ok();
        var rest = (await Shop.PostAsync("/v1/validations", Use(card, amount: 20_000))).Ok();
        Assert.Equal(8000, rest.Number("order.total_discount_amount"));
        await _server.AssertBooksAsync();
    }

    [Fact]
    public async Task Lock_OfASingleCodeForm_AndItsRedemption_AreOfOneSession()
    {
        var code = await Shop.VoucherAsync(1);
        var body = new { order = new { amount = 1000 }, session = new { type = "LOCK", key = "single" } };
        Assert.Equal("single", (await Shop.PostAsync($"/v1/vouchers/{code}/validate", body)).Ok().Text("session.key"));
        Assert.Equal("quantity_exceeded", (await Shop.PostAsync($"/v1/vouchers/{code}/redemption", new { order = new { amount = 1000 } })).Text("key"));
        (await Shop.PostAsync($"/v1/vouchers/{code}/redemption", body)).Ok();
        Assert.Equal("session", (await Shop.DeleteJsonAsync($"/v1/vouchers/{code}/sessions/single")).Text("resource_type"));
        await _server.AssertBooksAsync();
    }

    [Fact]
    public async Task Lock_HoldsTheCountPerCustomer_ForAnotherCodeOfTheCampaignToo()
    {
        var rule = await Shop.AtMostAsync("campaign.redemptions.customers_count", 1);
        var id = (await Shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("Camp"), campaign_type = "DISCOUNT_COUPONS", type = "STATIC", vouchers_count = 0, validation_rules = new[] { rule },
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok().Text("id");
        string[] codes = [Calls.Fresh("A"), Calls.Fresh("B")];
        foreach (var code in codes) (await Shop.PostAsync($"/v1/campaigns/{id}/vouchers/{code}", new { })).Ok();

        (await Shop.PostAsync("/v1/validations", Lock(codes[0], "cart-3", seconds: 60, customer: "ann"))).Ok();
        Assert.False((await Shop.PostAsync("/v1/validations", Use(codes[1], customer: "ann"))).Ok()["valid"].GetBoolean());
        Assert.True((await Shop.PostAsync("/v1/validations", Use(codes[1], customer: "bob"))).Ok()["valid"].GetBoolean());
        Assert.True((await Shop.PostAsync("/v1/validations", Use(codes[1], customer: "ann", session: "cart-3"))).Ok()["valid"].GetBoolean());
        await _server.AssertBooksAsync();
    }

    [Fact]
    public async Task Lock_OnARemovedVoucher_GivesBackWhatItHeldElsewhere()
    {
        var code = await Shop.VoucherAsync(5, await Shop.AtMostAsync("redemption.count.per_customer", 1));
        (await Shop.PostAsync("/v1/validations", Lock(code, "cart-4", customer: "eve"))).Ok();
        Assert.Equal(HttpStatusCode.NoContent, (await Shop.DeleteJsonAsync($"/v1/vouchers/{code}?force=true")).Status);
        await _server.AssertBooksAsync();
    }

    [Fact]
    public async Task Lock_InAnotherProject_IsNobodysBusiness()
    {
        var code = await Shop.VoucherAsync(1);
        (await Shop.PostAsync("/v1/validations", Lock(code, "shared-name"))).Ok();
        Assert.Equal("voucher", (await Shop.DeleteJsonAsync("/v1/vouchers/NOSUCH/sessions/shared-name")).Text("resource_type"));
        Assert.Equal("quantity_exceeded", (await Shop.PostAsync("/v1/redemptions", Use(code))).Text("key"));
    }
}
