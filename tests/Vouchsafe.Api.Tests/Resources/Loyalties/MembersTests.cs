using Vouchsafe.Api.Tests.Infrastructure;

namespace Vouchsafe.Api.Tests.Resources.Loyalties;

/// <summary>Joining a program, and what a member's card shows of itself.</summary>
public sealed class MembersTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _shop = shared.Server.Private();

    [Fact]
    public async Task JoiningAgainUnderAnIdempotencyKey_GivesTheSameCard_AndMakesOne()
    {
        var (program, customer) = (await _shop.ProgramAsync(10), Calls.Fresh("anna"));
        using var shop = shared.Server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken), ("Idempotency-Key", Calls.Fresh("key")));
        var cards = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.JoinAsync(program, customer)));
        Assert.Single(cards.Distinct());
        Assert.Equal(1, (await _shop.GetJsonAsync($"/v1/loyalties/{program}/members")).Ok().Number("total"));
    }

    [Theory]
    [InlineData("\"NAME\"")]
    [InlineData("""{"source_id":"NAME"}""")]
    public async Task ACustomer_IsNamedByTextOrObject(string written)
    {
        var (program, customer) = (await _shop.ProgramAsync(), Calls.Fresh("bert"));
        using var body = new StringContent($$"""{"customer":{{written.Replace("NAME", customer, StringComparison.Ordinal)}}}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _shop.PostAsync($"/v1/loyalties/{program}/members", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stored = (await _shop.GetJsonAsync($"/v1/customers/{customer}")).Ok().Text("id");
        Assert.Equal(stored, (await _shop.GetJsonAsync($"/v1/loyalties/{program}/members")).Ok().Text("vouchers.0.holder_id"));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"source_id":7}""")]
    public async Task WhatNamesNoCustomer_IsRefused_AndMakesNoCard(string written)
    {
        var program = await _shop.ProgramAsync();
        using var body = new StringContent($$"""{"customer":{{written}}}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _shop.PostAsync($"/v1/loyalties/{program}/members", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("customer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await _shop.GetJsonAsync($"/v1/loyalties/{program}/members")).Ok().Number("total"));
    }

    [Theory]
    [InlineData("/v1/campaigns")]
    [InlineData("/v1/loyalties")]
    public async Task TiersThatExpire_AreRefusedByName_AndMakeNoProgram(string path)
    {
        var name = Calls.Fresh("tiers");
        object Program(object? expiration) => new
        {
            name, campaign_type = "LOYALTY_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 0 } },
            loyalty_tiers_expiration = expiration,
        };
        var refused = await _shop.PostAsync(path, Program(new { qualification_type = "BALANCE", start_date = new { type = "IMMEDIATE" } }));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("loyalty_tiers_expiration", refused.Text("details"), StringComparison.Ordinal);
        (await _shop.PostAsync(path, Program(null))).Ok();
    }

    [Fact]
    public async Task ACardOfAnotherProgram_AndACodeThatIsNoCard_AreNotFound()
    {
        var (program, other) = (await _shop.ProgramAsync(), await _shop.ProgramAsync());
        var card = await _shop.JoinAsync(other, Calls.Fresh("carl"));
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.GetJsonAsync($"/v1/loyalties/{program}/members/{card}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.PostAsync($"/v1/loyalties/{program}/members/{card}/balance", new { points = 5 })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.PostAsync($"/v1/loyalties/{program}/members", new { voucher = card, customer = new { source_id = Calls.Fresh("dora") } })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.GetJsonAsync($"/v1/loyalties/members/{await _shop.AmountVoucherAsync()}")).Status);
        Assert.Equal(0, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task ACustomersSummary_KeepsPointsAndCreditsApart()
    {
        var (program, customer) = (await _shop.ProgramAsync(100), Calls.Fresh("emil"));
        var (card, coin) = (await _shop.JoinAsync(program, customer), await _shop.CoinAsync(program, 1, 10));
        (await _shop.PostAsync($"/v1/loyalties/members/{card}/redemption", new { reward = new { id = coin, points = 30 }, order = new { amount = 900 } })).Ok();

        var shown = (await _shop.GetJsonAsync($"/v1/customers/{customer}")).Ok();
        Assert.Equal((30, 70), (shown.Number("summary.redemptions.loyalty_card.redeemed_points"), shown.Number("summary.redemptions.loyalty_card.points_to_go")));
        Assert.Equal((0, 0), (shown.Number("summary.redemptions.gift.redeemed_amount"), shown.Number("summary.redemptions.gift.amount_to_go")));
        Assert.Equal(70, shown.Number("loyalty.points"));
    }

    [Fact]
    public async Task RewardsOfAMember_AreThoseOfTheProgram_AndOnlyTheAffordableIfAskedFor()
    {
        var program = await _shop.ProgramAsync(100);
        var card = await _shop.JoinAsync(program, Calls.Fresh("fred"));
        var (near, far) = (await _shop.CoinAsync(program, 1, 100), await _shop.CoinAsync(program, 1, 101));
        Assert.Equal(2, (await _shop.GetJsonAsync($"/v1/loyalties/members/{card}/rewards")).Ok().Number("total"));
        var affordable = (await _shop.GetJsonAsync($"/v1/loyalties/members/{card}/rewards?affordable_only=true")).Ok();
        Assert.Equal((1, near), (affordable.Number("total"), affordable.Text("data.0.reward.id")));
        Assert.NotEqual(near, far);
    }
}
