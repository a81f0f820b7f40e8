using Vouchsafe.Api.Tests.Resources.Loyalties;
using Vouchsafe.Testing;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Money;

public sealed class SqlitePointsTests : PointsTests
{
    private protected override Task<TestServer> StartAsync() => OnSqliteAsync();
}

public sealed class PostgresPointsTests(PostgresServer postgres) : PointsTests
{
    private protected override Task<TestServer> StartAsync() => OnPostgresAsync(postgres);
}

/// <summary>Points earned, spent, locked, given back and moved by hand, all at once: the books agree to the point.</summary>
public abstract class PointsTests
{
    private const int Clients = 16;
    private const int Requests = 320;

    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task EverythingAtOnce_LosesNoPoint_AndMakesNone()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var program = await shop.ProgramAsync(200);
        (await shop.PostAsync($"/v1/loyalties/{program}/earning-rules", new[] { new { @event = "order.paid", loyalty = new { type = "FIXED", points = 3 } } })).Ok();
        var (coin, prize) = (await shop.CoinAsync(program, 1, 10), await shop.PrizeAsync(program, await shop.CouponsAsync("AUTO_UPDATE", 0), 25));
        string[] customers = [Calls.Fresh("a"), Calls.Fresh("b"), Calls.Fresh("c")];
        var cards = new List<string>();
        foreach (var customer in customers) cards.Add(await shop.JoinAsync(program, customer));

        await ParallelAsync(Clients, Requests, async i =>
        {
            var (card, customer) = (cards[i % 3], customers[i % 3]);
            var answer = await ((i / 3 % 6) switch
            {
                0 => shop.PostAsync("/v1/redemptions", Use(card, coin, customer, null)),
                1 => shop.PostAsync($"/v1/loyalties/members/{card}/redemption", new { reward = new { id = prize } }),
                2 => shop.PostAsync("/v1/orders", new { customer = new { source_id = customer }, amount = 1_000, status = "PAID" }),
                3 => shop.PostAsync($"/v1/loyalties/members/{card}/balance", new { points = i % 2 == 0 ? 15 : -10 }),
                4 => shop.PostAsync("/v1/validations", Use(card, coin, customer, new { type = "LOCK", key = Calls.Fresh("cart") })),
                _ => BackAsync(shop, card, coin, customer),
            });
            Assert.True((int)answer.Status < 500, $"{answer.Status} {answer.Body}");
        });

        foreach (var card in cards) Assert.True(await shop.BalanceAsync(card) >= 0);
        for (var looks = 0; looks < 600 && await server.ReadAsync(async db => await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(db.PaidOrders)); looks++) await Task.Delay(100);
        await server.AssertBooksAsync();
    }

    private static async Task<Calls.Answer> BackAsync(HttpClient shop, string card, string coin, string customer)
    {
        var redeemed = await shop.PostAsync("/v1/redemptions", Use(card, coin, customer, null));
        return redeemed.Status == HttpStatusCode.OK ? await shop.PostAsync($"/v1/redemptions/{redeemed.Text("redemptions.0.id")}/rollback", new { }) : redeemed;
    }

    private static object Use(string card, string coin, string customer, object? session) => new
    {
        redeemables = new[] { new { @object = "voucher", id = card, reward = new { id = coin, points = 20 } } }, order = new { amount = 9_000 }, customer = new { source_id = customer }, session,
    };
}
