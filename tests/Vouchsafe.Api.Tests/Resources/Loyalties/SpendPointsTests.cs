using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Tests.Infrastructure;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Resources.Loyalties;

/// <summary>Points are spent exactly, in a stack with others, and come back once.</summary>
public sealed class SpendPointsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _shop = shared.Server.Private();

    private static object Use(string card, string reward, string customer, long amount, long? points = null, string? beside = null) => new
    {
        redeemables = beside is null
            ? new object[] { new { @object = "voucher", id = card, reward = new { id = reward, points } } }
            : [new { @object = "voucher", id = beside }, new { @object = "voucher", id = card, reward = new { id = reward, points } }],
        order = new { amount },
        customer = new { source_id = customer },
    };

    [Fact]
    public async Task PointsBesideACoupon_PayTheRest_ValidatedAndRedeemedAlike()
    {
        var (program, customer) = (await _shop.ProgramAsync(1_000), Calls.Fresh("anna"));
        var (card, coin) = (await _shop.JoinAsync(program, customer), await _shop.CoinAsync(program, 1, 10));
        var coupon = await _shop.AmountVoucherAsync(1_000);
        var use = Use(card, coin, customer, 5_050, beside: coupon);

        var validated = (await _shop.PostAsync("/v1/validations", use)).Ok();
        Assert.Equal(410, validated.Number("redeemables.1.result.loyalty_card.points"));
        Assert.Equal(0, validated.Number("order.total_amount"));
        Assert.Equal(1_000, await _shop.BalanceAsync(card));

        var redeemed = (await _shop.PostAsync("/v1/redemptions", use)).Ok();
        Assert.Equal(410, redeemed.Number("redemptions.1.amount"));
        Assert.Equal(590, redeemed.Number("redemptions.1.voucher.loyalty_card.balance"));
        Assert.Equal(coin, redeemed.Text("redemptions.1.reward.id"));
        Assert.False(redeemed.Has("redemptions.1.gift"));
        var transaction = (await _shop.GetJsonAsync($"/v1/loyalties/members/{card}/transactions")).Ok();
        Assert.Equal(("POINTS_REDEMPTION", -410L, 590L), (transaction.Text("data.0.type"), transaction.Number("data.0.details.balance.points"), transaction.Number("data.0.details.balance.balance")));
    }

    [Fact]
    public async Task RedemptionsAtOnce_NeverTakeMoreThanTheCardHas()
    {
        var (program, customer) = (await _shop.ProgramAsync(70), Calls.Fresh("bert"));
        var (card, coin) = (await _shop.JoinAsync(program, customer), await _shop.CoinAsync(program, 1, 10));
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => _shop.PostAsync("/v1/redemptions", Use(card, coin, customer, 9_000, points: 20))));

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("loyalty_card_points_exceeded", a.Text("key")));
        Assert.Equal(10, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task PointsOfALock_CannotBeSpentByOthers()
    {
        var (program, customer) = (await _shop.ProgramAsync(100), Calls.Fresh("carl"));
        var (card, coin) = (await _shop.JoinAsync(program, customer), await _shop.CoinAsync(program, 1, 10));
        (await _shop.PostAsync($"/v1/vouchers/{card}/validate", new
        {
            reward = new { id = coin, points = 80 }, order = new { amount = 900_00 }, customer = new { source_id = customer }, session = new { type = "LOCK", key = Calls.Fresh("cart") },
        })).Ok();

        Assert.Equal("loyalty_card_points_exceeded", (await _shop.PostAsync("/v1/redemptions", Use(card, coin, customer, 9_000, points: 30))).Text("key"));
        (await _shop.PostAsync("/v1/redemptions", Use(card, coin, customer, 9_000, points: 20))).Ok();
        Assert.Equal(80, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task RollbacksAtOnce_GiveThePointsBackOnce_AndSwitchThePrizeOff()
    {
        var program = await _shop.ProgramAsync(1_000);
        var card = await _shop.JoinAsync(program, Calls.Fresh("dora"));
        var prize = await _shop.PrizeAsync(program, await _shop.CouponsAsync("AUTO_UPDATE", 0), 700);
        var won = (await _shop.PostAsync($"/v1/loyalties/members/{card}/redemption", new { reward = new { id = prize } })).Ok();
        Assert.Equal(300, await _shop.BalanceAsync(card));

        var rollbacks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _shop.PostAsync($"/v1/redemptions/{won.Text("id")}/rollback", new { })));

        Assert.Single(rollbacks, r => r.Status == HttpStatusCode.OK);
        Assert.Equal(1_000, await _shop.BalanceAsync(card));
        Assert.False((await _shop.GetJsonAsync($"/v1/vouchers/{won.Text("reward.voucher.code")}")).Ok()["active"].GetBoolean());
        var transactions = (await _shop.GetJsonAsync($"/v1/loyalties/members/{card}/transactions")).Ok();
        Assert.Equal("POINTS_REFUND", transactions.Text("data.0.type"));
    }

    [Fact]
    public async Task PrizesOfACampaignThatRunsDry_AreGivenOnce_AndTheRestKeepTheirPoints()
    {
        var program = await _shop.ProgramAsync(100);
        var prize = await _shop.PrizeAsync(program, await _shop.CouponsAsync("STATIC", 3), 60);
        var cards = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _shop.JoinAsync(program, Calls.Fresh("many"))));

        var answers = await Task.WhenAll(cards.Select(card => _shop.PostAsync($"/v1/loyalties/{program}/members/{card}/redemption", new { reward = new { id = prize } })));

        var codes = answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Text("reward.voucher.code")).ToList();
        Assert.Equal(3, codes.Count);
        Assert.Equal(3, codes.Distinct().Count());
        var balances = new List<long>();
        foreach (var card in cards) balances.Add(await _shop.BalanceAsync(card));
        Assert.Equal([40, 40, 40, 100, 100, 100], balances.Order());
    }

    [Fact]
    public async Task ARetryUnderAnIdempotencyKey_SpendsOnce_AndWinsTheSameCode()
    {
        var program = await _shop.ProgramAsync(1_000);
        var card = await _shop.JoinAsync(program, Calls.Fresh("emil"));
        var prize = await _shop.PrizeAsync(program, await _shop.CouponsAsync("AUTO_UPDATE", 0), 300);
        using var shop = shared.Server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken), ("Idempotency-Key", Calls.Fresh("key")));

        var first = (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", new { reward = new { id = prize } })).Ok();
        var second = (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", new { reward = new { id = prize } })).Ok();

        Assert.Equal(first.Body.GetRawText(), second.Body.GetRawText());
        Assert.Equal(700, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task SomebodyElsesCard_AStrangeReward_AndNone_AreRefused_AndSpendNothing()
    {
        var (program, customer) = (await _shop.ProgramAsync(100), Calls.Fresh("fred"));
        var (card, coin) = (await _shop.JoinAsync(program, customer), await _shop.CoinAsync(program, 1, 10));
        var strange = await _shop.CoinAsync(await _shop.ProgramAsync(), 1, 10);

        Assert.Equal("invalid_customer", (await _shop.PostAsync("/v1/redemptions", Use(card, coin, Calls.Fresh("thief"), 900))).Text("key"));
        Assert.Equal("not_found", (await _shop.PostAsync("/v1/redemptions", Use(card, strange, customer, 900))).Text("key"));
        Assert.Equal("missing_reward", (await _shop.PostAsync($"/v1/vouchers/{card}/redemption", new { order = new { amount = 900 }, customer = new { source_id = customer } })).Text("key"));
        Assert.Equal(100, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task APage_SpendsPoints_AndIsToldNothingOfWhoSheIs()
    {
        var (program, customer) = (await _shop.ProgramAsync(100), Calls.Fresh("ida"));
        (await _shop.PostAsync("/v1/customers", new { source_id = customer, name = "Ida Private", email = "ida@private.example", metadata = new { secret = "hush" } })).Ok();
        var (card, coin) = (await _shop.JoinAsync(program, customer), await _shop.CoinAsync(program, 1, 10));
        var page = shared.Server.Client();

        var validated = (await page.PostAsync("/client/v1/validations", Use(card, coin, customer, 900, points: 20))).Ok();
        Assert.Equal((20, 700), (validated.Number("redeemables.0.result.loyalty_card.points"), validated.Number("order.total_amount")));
        var redeemed = (await page.PostAsync("/client/v1/redemptions", Use(card, coin, customer, 900, points: 20))).Ok();

        Assert.Equal(80, redeemed.Number("redemptions.0.voucher.loyalty_card.balance"));
        foreach (var word in (string[])["Ida Private", "ida@private.example", "hush"]) Assert.DoesNotContain(word, redeemed.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PointsTakenOffByHand_StopAtZero()
    {
        var card = await _shop.JoinAsync(await _shop.ProgramAsync(50), Calls.Fresh("gus"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _shop.PostAsync($"/v1/loyalties/members/{card}/balance", new { points = -20 })));
        Assert.Equal(2, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(10, await _shop.BalanceAsync(card));
        var shown = (await _shop.GetJsonAsync($"/v1/vouchers/{card}")).Ok();
        Assert.Equal((50, 40), (shown.Number("loyalty_card.points"), shown.Number("loyalty_card.subtracted_points")));
    }

    [Theory]
    [InlineData("""{"points":0}""")]
    [InlineData("""{"points":1.5}""")]
    [InlineData("""{"points":10,"expiration_type":"CUSTOM_DATE","expiration_date":"2090-01-01"}""")]
    [InlineData("""{"points":10,"expiration_type":"SOON"}""")]
    public async Task PointsThatCannotBeMoved_AreRefused_AndMoveNothing(string body)
    {
        var card = await _shop.JoinAsync(await _shop.ProgramAsync(50), Calls.Fresh("hal"));
        using var answer = await _shop.PostAsync($"/v1/loyalties/members/{card}/balance", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(50, await _shop.BalanceAsync(card));
        Assert.Empty(await shared.Server.ReadAsync(db => db.VoucherTransactions.Where(t => db.Vouchers.Any(v => v.Id == t.VoucherId && v.Code == card)).ToListAsync()));
    }
}
