using System.Collections.Concurrent;
using Vouchsafe.Testing;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Money;

public sealed class SqliteMoneyTests : MoneyTests
{
    private protected override Task<TestServer> StartAsync() => OnSqliteAsync();
}

public sealed class PostgresMoneyTests(PostgresServer postgres) : MoneyTests
{
    private protected override Task<TestServer> StartAsync() => OnPostgresAsync(postgres);
}

/// <summary>What no load may break, over the wire and on both databases; the books are checked after each test.</summary>
public abstract class MoneyTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task Sessions_LockedRedeemedReleasedAndOverAtOnce_NeverPassTheLimit()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 100);
        var redeemed = 0;
        for (var round = 0; round < 3; round++)
        {
            var seed = 1000 + round;
            await ParallelAsync(32, 150, async i =>
            {
                var random = new Random(seed * 10_000 + i);
                var key = $"k{random.Next(60)}";
                switch (random.Next(6))
                {
                    case 0 or 1 or 2: await shop.PostAsync("/v1/validations", Lock(code, key, seconds: random.Next(2) == 0 ? 60 : 600)); break;
                    case 3: if ((await shop.PostAsync("/v1/redemptions", Use(code, session: key))).Status == HttpStatusCode.OK) Interlocked.Increment(ref redeemed); break;
                    case 4: if (random.Next(4) == 0 && (await shop.PostAsync("/v1/redemptions", Use(code))).Status == HttpStatusCode.OK) Interlocked.Increment(ref redeemed); break;
                    case 5: await shop.DeleteJsonAsync($"/v1/vouchers/{code}/sessions/{key}"); break;
                }
            });
            await server.AssertBooksAsync();
            server.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        // Once all locks are over, exactly what was not redeemed is left, for whoever asks.
        server.Clock.Advance(TimeSpan.FromHours(1));
        await ParallelAsync(16, 150, async _ =>
        {
            if ((await shop.PostAsync("/v1/redemptions", Use(code))).Status == HttpStatusCode.OK) Interlocked.Increment(ref redeemed);
        });
        Assert.Equal(100, redeemed);
        Assert.Equal(100, (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Number("redemption.redeemed_quantity"));
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task Locks_OfALimitedCode_HoldAllOfItAndNoMore()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 10);
        var keys = new ConcurrentBag<string>();
        await ParallelAsync(32, 64, async i =>
        {
            if ((await shop.PostAsync("/v1/validations", Lock(code, $"k{i}"))).Ok()["valid"].GetBoolean()) keys.Add($"k{i}");
        });
        Assert.Equal(10, keys.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.PostAsync("/v1/redemptions", Use(code))).Status);
        foreach (var key in keys) (await shop.PostAsync("/v1/redemptions", Use(code, session: key))).Ok();
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task Rollback_FiftyAtOnce_OneGivesBackExactlyWhatWasTaken()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var card = await shop.CardAsync(10_000);
        var id = (await shop.PostAsync("/v1/redemptions", Use(card, amount: 7000))).Ok().Text("redemptions.0.id")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.PostAsync($"/v1/redemptions/{id}/rollback", new { })));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("already_rolled_back", a.Text("key")));
        Assert.Equal(10_000, (await shop.GetJsonAsync($"/v1/vouchers/{card}")).Number("gift.balance"));
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task Budget_OfDiscountedAmounts_IsNeverPassed()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: null, await shop.AtMostAsync("campaign.orders.amount_discounted", 2_550));
        var granted = 0;
        await ParallelAsync(32, 120, async i =>
        {
            if (i % 7 == 3) await shop.PostAsync("/v1/validations", Lock(code, $"k{i}", seconds: 1 + i % 2 * 600));
            else if ((await shop.PostAsync("/v1/redemptions", Use(code, customer: $"c{i % 5}"))).Status == HttpStatusCode.OK) Interlocked.Increment(ref granted);
        });
        Assert.InRange(granted, 1, 25);
        await server.AssertBooksAsync();

        // Locks that are over give the budget back to another code's buyer, without anybody tidying up in between.
        server.Clock.Advance(TimeSpan.FromHours(1));
        while ((await shop.PostAsync("/v1/redemptions", Use(code))).Status == HttpStatusCode.OK) granted++;
        Assert.Equal(25, granted);
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task EitherOfTwoLimits_SixtyAtOnce_ExactlyTheLargerOne()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        static object AtMost(string counter, int limit) => new { name = counter, conditions = new Dictionary<string, object> { ["$less_than_or_equal"] = new[] { limit } } };
        var code = await shop.VoucherAsync(quantity: null, await shop.RuleAsync(new
        {
            name = Calls.Fresh("either"),
            rules = new Dictionary<string, object> { ["1"] = AtMost("campaign.redemptions.count", 9), ["2"] = AtMost("redemption.count.daily", 4), ["logic"] = "1 or 2" },
            error = new { message = "All are taken." },
        }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => shop.PostAsync("/v1/redemptions", Use(code))));

        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal(("redemption_rules_violated", "All are taken."), (a.Text("key"), a.Text("error.message"))));
        await server.AssertBooksAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LimitPerCustomer_FiftyAtOnce_ExactlyTheLimit(bool known)
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: null, await shop.AtMostAsync("redemption.count.per_customer", 2));
        if (known) (await shop.PostAsync("/v1/customers", new { source_id = "buyer" })).Ok();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.PostAsync("/v1/redemptions", Use(code, customer: "buyer"))));

        Assert.Equal(2, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{a.Status} {a.Body}"));
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task GiftCard_SpentInSevensWithRollbacksLocksAndTopUps_AddsUp()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var card = await shop.CardAsync(1_000);
        await ParallelAsync(32, 300, async i =>
        {
            if (i % 10 == 4) await shop.PostAsync("/v1/validations", Lock(card, $"k{i % 6}", amount: 13));
            else if (i % 10 == 5) await shop.PostAsync($"/v1/vouchers/{card}/balance", new { amount = i % 20 == 5 ? 50 : -30 });
            else
            {
                var answer = await shop.PostAsync("/v1/redemptions", Use(card, amount: 7, session: i % 10 == 6 ? $"k{i % 6}" : null));
                if (answer.Status == HttpStatusCode.OK && i % 3 == 0) (await shop.PostAsync($"/v1/redemptions/{answer.Text("redemptions.0.id")}/rollback", new { })).Ok();
            }
        });
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task Publish_FromManyClients_NoCodeIsGivenTwice()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var campaign = (await shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("Pub"), campaign_type = "DISCOUNT_COUPONS", type = "STATIC", vouchers_count = 120,
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok().Text("id")!;
        for (var waited = 0; waited < 600 && (await shop.GetJsonAsync($"/v1/campaigns/{campaign}")).Text("vouchers_generation_status") != "DONE"; waited++) await Task.Delay(50);
        var given = new ConcurrentBag<string>();
        await ParallelAsync(24, 160, async i =>
        {
            var answer = await shop.PostAsync("/v1/publications", new { campaign = new { name = campaign }, customer = new { source_id = $"c{i % 140}" } });
            if (answer.Status == HttpStatusCode.OK) given.Add(answer.Text("voucher.code")!);
        });
        Assert.Equal(120, given.Count);
        Assert.Equal(120, given.Distinct().Count());
        await server.AssertBooksAsync();
    }
}
