using Microsoft.EntityFrameworkCore;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Money;

/// <summary>Starts servers for tests that run on both databases, and checks the books when they are done.</summary>
internal static class MoneyServer
{
    internal static Task<TestServer> OnSqliteAsync(params (string Name, string? Value)[] settings) => TestServer.StartAsync(settings);

    internal static Task<TestServer> OnPostgresAsync(PostgresServer postgres, string? database = null, params (string Name, string? Value)[] settings) =>
        TestServer.StartAsync([
            ("Storage:Provider", "postgres"), ("Storage:ConnectionString", postgres.ConnectionString(database ?? "t" + Guid.NewGuid().ToString("N"))), .. settings]);

    /// <summary>Fails with everything that does not hold in the books.</summary>
    internal static async Task AssertBooksAsync(this TestServer server)
    {
        var wrong = await server.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            return await LedgerInvariants.ViolationsAsync(db.Database.GetDbConnection());
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    /// <summary>Does work in parallel.</summary>
    internal static async Task ParallelAsync(int clients, int requests, Func<int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next)) await work(i);
        })));
    }

    internal static async Task<string> VoucherAsync(this HttpClient shop, long? quantity, string? rule = null)
    {
        var code = Calls.Fresh("V");
        (await shop.PostAsync($"/v1/vouchers/{code}", new
        {
            type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100, effect = "APPLY_TO_ORDER" },
            redemption = new { quantity }, validation_rules = rule is null ? Array.Empty<string>() : [rule],
        })).Ok();
        return code;
    }

    internal static async Task<string> CardAsync(this HttpClient shop, long amount)
    {
        var code = Calls.Fresh("GC");
        (await shop.PostAsync($"/v1/vouchers/{code}", new { type = "GIFT_VOUCHER", gift = new { amount, effect = "APPLY_TO_ORDER" } })).Ok();
        return code;
    }

    /// <summary>A rule that lets a counter rise to a limit.</summary>
    internal static Task<string> AtMostAsync(this HttpClient shop, string counter, long limit) => shop.RuleAsync(new
    {
        name = Calls.Fresh("most"),
        rules = new Dictionary<string, object>
        {
            ["1"] = new { name = counter, conditions = new Dictionary<string, object> { ["$less_than_or_equal"] = new[] { limit } } }, ["logic"] = "1",
        },
    });

    internal static object Use(string code, long amount = 1000, string? session = null, string? customer = null, long? credits = null, object? lockFor = null) => new
    {
        redeemables = new[] { new { @object = "voucher", id = code, gift = credits is null ? null : new { credits } } },
        order = new { amount },
        session = lockFor ?? (session is null ? null : new { key = session, type = "LOCK" }),
        customer = customer is null ? null : new { source_id = customer },
    };

    internal static object Lock(string code, string key, long amount = 1000, int seconds = 600, string? customer = null) =>
        Use(code, amount, customer: customer, lockFor: new { type = "LOCK", key, ttl = seconds, ttl_unit = "SECONDS" });
}
