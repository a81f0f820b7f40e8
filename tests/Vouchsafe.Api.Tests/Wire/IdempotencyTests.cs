using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Testing;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Wire;

public sealed class SqliteIdempotencyTests : IdempotencyTests
{
    private protected override Task<TestServer> StartAsync() => OnSqliteAsync();
}

public sealed class PostgresIdempotencyTests(PostgresServer postgres) : IdempotencyTests
{
    private protected override Task<TestServer> StartAsync() => OnPostgresAsync(postgres);
}

/// <summary>One key, one effect, the same bytes each time.</summary>
public abstract class IdempotencyTests
{
    private protected abstract Task<TestServer> StartAsync();

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FiftyAtOnce_OfEveryOperation_OneEffectAndIdenticalReplies()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 1000);
        var card = await shop.CardAsync(1000);
        var campaign = (await shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("C"), campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", vouchers_count = 0,
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok().Text("name");
        var vouchers = await server.ReadAsync(db => db.Vouchers.CountAsync());
        var redemption = (await shop.PostAsync("/v1/redemptions", Use(code))).Ok().Text("redemptions.0.id");
        (string Path, object Body)[] operations =
        [
            ("/v1/redemptions", Use(code, customer: "new-buyer")), ($"/v1/vouchers/{code}/redemption", new { order = new { amount = 1000 }, customer = new { name = "Nameless" } }),
            ("/v1/validations", Use(code, lockFor: new { type = "LOCK" })), ($"/v1/redemptions/{redemption}/rollback", new { }),
            ("/v1/vouchers", new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 1 } }),
            ($"/v1/vouchers/{card}/balance", new { amount = 50 }),
            ("/v1/publications", new { campaign = new { name = campaign }, customer = new { source_id = "reader" } }),
        ];
        foreach (var (path, body) in operations)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(shop, path, body, "key of " + path)));
            Assert.True(replies[0].Status == HttpStatusCode.OK, path + ": " + replies[0].Body);
            Assert.All(replies, r => Assert.Equal(replies[0], r));
            Assert.Equal(replies[0], await SendAsync(shop, path, body, "key of " + path));
        }

        var counted = await server.ReadAsync(async db => (
            Redemptions: await db.Redemptions.CountAsync(r => r.Kind == Storage.Entities.RedemptionKind.Success), Rollbacks: await db.Redemptions.CountAsync(r => r.Kind == Storage.Entities.RedemptionKind.Rollback),
            Locks: await db.ValidationLocks.CountAsync(), Vouchers: await db.Vouchers.CountAsync() - vouchers, Movements: await db.VoucherTransactions.CountAsync(),
            Publications: await db.Publications.CountAsync(), Customers: await db.Customers.CountAsync()));
        Assert.Equal((3, 1, 1, 2, 1, 1, 3), counted);
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task TheLastUse_FiftyAtOnceWithOneKey_AllAreToldOfTheSuccess()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 1);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(shop, "/v1/redemptions", Use(code), "last")));
        Assert.All(replies, r => Assert.Equal((HttpStatusCode.OK, replies[0].Body), r));
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task ARefusedRedemption_IsRepeatedToTheByteToo()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 1);
        (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(shop, "/v1/redemptions", Use(code), "refused")));
        Assert.Equal(HttpStatusCode.BadRequest, replies[0].Status);
        Assert.All(replies, r => Assert.Equal(replies[0], r));
        Assert.Equal(1, await server.ReadAsync(db => db.Redemptions.CountAsync(r => r.Kind == Storage.Entities.RedemptionKind.Failure)));
    }

    [Fact]
    public async Task AnotherRequestWithTheKey_Is409AndDoesNothing()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var (code, other) = (await shop.VoucherAsync(quantity: 5), await shop.VoucherAsync(quantity: 5));
        var first = await SendAsync(shop, "/v1/redemptions", Use(code), "k");
        var second = await SendAsync(shop, "/v1/redemptions", Use(other), "k");
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("\"key\":\"idempotency_key_reused\"", second.Body);
        Assert.Equal(first, await SendAsync(shop, "/v1/redemptions", Use(code), "k"));
        // A key belongs to its operation.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(shop, $"/v1/vouchers/{other}/redemption", new { order = new { amount = 1000 } }, "k")).Status);
        Assert.Equal(0, (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Number("redemption.redeemed_quantity") - 1);
        Assert.Equal(1, (await shop.GetJsonAsync($"/v1/vouchers/{other}")).Number("redemption.redeemed_quantity"));
    }

    [Fact]
    public async Task AKey_IsForgottenAfterADay()
    {
        await using var server = await StartAsync();
        server.Clock.Stop();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 5);
        var first = await SendAsync(shop, "/v1/redemptions", Use(code), "k");
        server.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(first, await SendAsync(shop, "/v1/redemptions", Use(code), "k"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, await SendAsync(shop, "/v1/redemptions", Use(code), "k"));
        Assert.Equal(2, (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Number("redemption.redeemed_quantity"));
    }

    [Fact]
    public async Task AnAnswerNotRenderedBeforeTheProcessEnded_IsRenderedForWhoeverAsksAgain()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var before = await server.ReadAsync(db => db.Vouchers.CountAsync());
        var body = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 1 } };
        var first = await SendAsync(shop, "/v1/vouchers", body, "k");
        var id = System.Text.Json.JsonDocument.Parse(first.Body).RootElement.GetProperty("id").GetString()!;
        await server.ReadAsync(db => db.IdempotencyRecords.ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, 0).SetProperty(x => x.Body, id)));
        Assert.Equal(first, await SendAsync(shop, "/v1/vouchers", body, "k"));
        Assert.Equal(before + 1, await server.ReadAsync(db => db.Vouchers.CountAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    public async Task ABadKey_IsRefused(string key)
    {
        await using var server = await StartAsync();
        var answer = await SendAsync(server.Private(), "/v1/vouchers", new { type = "DISCOUNT_VOUCHER" }, key);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("invalid_idempotency_key", answer.Body);
    }
}
