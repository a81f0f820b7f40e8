using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Money;

public sealed class SqliteLateCountTests : LateCountTests
{
    private protected override Task<TestServer> StartAsync() => OnSqliteAsync();
}

public sealed class PostgresLateCountTests(PostgresServer postgres) : LateCountTests
{
    private protected override Task<TestServer> StartAsync() => OnPostgresAsync(postgres);
}

/// <summary>A rule that is given to something in use counts each use once and no use that was taken back, whatever happens meanwhile.</summary>
public abstract class LateCountTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task RulesAssignedAndSavedWhileManyRedeemAndRollBack_CountExactlyWhatStands()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        for (var round = 0; round < 2; round++)
        {
            var code = await shop.VoucherAsync(quantity: null);
            var voucher = (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Text("id")!;
            string[] rules =
            [
                await shop.AtMostAsync("campaign.redemptions.count", 1_000_000), await shop.AtMostAsync("redemption.count.per_customer", 1_000_000),
                await shop.AtMostAsync("campaign.orders.amount_discounted", 1_000_000),
            ];
            var standing = new ConcurrentBag<string>();
            await ParallelAsync(8, 40, async i => standing.Add((await RedeemAsync(shop, code, i)).Ok().Text("redemptions.0.id")!));
            var taken = new ConcurrentBag<string>();

            var assigning = rules.SelectMany(rule => new Func<Task>[]
            {
                async () => (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", new { related_object_type = "voucher", related_object_id = code })).Ok(),
                async () => (await shop.PutAsync($"/v1/validation-rules/{rule}", new { name = Calls.Fresh("again") })).Ok(),
                async () => (await shop.PutAsync($"/v1/validation-rules/{rule}", new { name = Calls.Fresh("and again") })).Ok(),
            }).Select(Task.Run).ToList();
            await ParallelAsync(24, 120, async i =>
            {
                var id = i % 3 == 0 && standing.TryTake(out var earlier) ? earlier : (await RedeemAsync(shop, code, i)).Ok().Text("redemptions.0.id")!;
                if (i % 2 == 0) standing.Add(id);
                else
                {
                    (await shop.PostAsync($"/v1/redemptions/{id}/rollback", new { })).Ok();
                    taken.Add(id);
                }
            });
            await Task.WhenAll(assigning);

            await server.AssertBooksAsync();
            Assert.NotEmpty(taken);
            Assert.Equal(standing.Count, await CounterAsync(server, $"redeemable/{voucher}/redemptions"));
            Assert.Equal(standing.Count * 100L, await CounterAsync(server, $"redeemable/{voucher}/discounted"));
            // Every redemption that stands knows what it counted in, so that its rollback gives it back.
            foreach (var id in standing) (await shop.PostAsync($"/v1/redemptions/{id}/rollback", new { })).Ok();
            Assert.All(await CountersAsync(server, $"redeemable/{voucher}/"), c => Assert.Equal((c.Owner, 0), (c.Owner, c.Value)));
            await server.AssertBooksAsync();
        }
    }

    private static Task<Calls.Answer> RedeemAsync(HttpClient shop, string code, int i) => shop.PostAsync("/v1/redemptions", Use(code, customer: $"c{i % 5}"));

    private static Task<long> CounterAsync(TestServer server, string owner) =>
        server.ReadAsync(db => db.Counters.Where(c => c.Owner == owner && c.Kind == CounterKind.Uses).SumAsync(c => c.Value));

    private static Task<List<Counter>> CountersAsync(TestServer server, string prefix) =>
        server.ReadAsync(db => db.Counters.AsNoTracking().Where(c => c.Owner.StartsWith(prefix) && c.Kind == CounterKind.Uses).ToListAsync());
}
