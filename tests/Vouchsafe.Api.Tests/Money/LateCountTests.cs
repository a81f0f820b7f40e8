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

/// <summary>Rules that come into force on one node while another one redeems.</summary>
public sealed class LateCountOnTwoNodesTests(PostgresServer postgres)
{
    [Fact]
    public async Task WhatAnotherNodeRedeemsBeforeItKnowsTheRule_IsCountedSoon()
    {
        await using var cluster = await Cluster.StartAsync(postgres, 2);
        var (here, there) = (cluster.Nodes[0], cluster.Nodes[1]);
        var shop = here.Private();
        var campaign = (await shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("camp"), campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 10 } },
        })).Ok().Text("id")!;
        var code = Calls.Fresh("A");
        (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", new { })).Ok();
        var rule = await shop.AtMostAsync("campaign.redemptions.count", 1_000_000);
        var redeemed = 0;
        async Task RedeemAsync(TestServer node)
        {
            (await node.Private().PostAsync("/v1/redemptions", Use(code))).Ok();
            Interlocked.Increment(ref redeemed);
        }

        await RedeemAsync(there);
        var assigning = shop.PostAsync($"/v1/validation-rules/{rule}/assignments", new { related_object_type = "campaign", related_object_id = campaign });
        await ParallelAsync(8, 60, i => RedeemAsync(i % 2 == 0 ? here : there));
        (await assigning).Ok();

        // Workers of both nodes look, each by its own clock.
        here.Clock.Advance(TimeSpan.FromSeconds(31));
        there.Clock.Advance(TimeSpan.FromSeconds(31));
        long counted = 0;
        for (var looks = 0; looks < 1_200 && counted != redeemed; looks++)
        {
            counted = await here.ReadAsync(db => db.Counters.Where(c => c.Owner == $"campaign/{campaign}/redemptions").SumAsync(c => c.Value));
            if (counted != redeemed) await Task.Delay(50);
        }
        Assert.Equal(redeemed, counted);
        await here.AssertBooksAsync();
    }

    [Fact]
    public async Task ACountThatItsRequestDidNotEnd_IsEndedByAWorker()
    {
        await using var server = await OnSqliteAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: null);
        var voucher = (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Text("id")!;
        for (var i = 0; i < 3; i++) (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        var rule = await shop.AtMostAsync("campaign.redemptions.count", 3);
        // As a process leaves it that ends between the two.
        await server.ChangeAsync(async db =>
        {
            var project = await db.Projects.FirstAsync(p => p.IsSandbox);
            db.ValidationRuleAssignments.Add(new() { Id = "asgm_crash", ProjectId = project.Id, RuleId = rule, RelatedObjectType = "voucher", RelatedObjectId = voucher, CreatedAt = project.CreatedAt });
            db.AsyncActions.Add(new()
            {
                Id = "aa_crash", ProjectId = project.Id, Type = "VALIDATION_RULES.COUNT", Status = AsyncActionStatus.InProgress, ResourceId = rule, RequestJson = "{}", Total = 0,
                LeaseUntil = project.CreatedAt, CreatedAt = project.CreatedAt,
            });
        });
        for (var looks = 0; looks < 1_200 && await server.ReadAsync(db => db.AsyncActions.AnyAsync(a => a.Id == "aa_crash" && a.Status != AsyncActionStatus.Done)); looks++) await Task.Delay(50);
        Assert.Equal("redemption_rules_violated", (await shop.PostAsync("/v1/redemptions", Use(code))).Text("key"));
        Assert.DoesNotContain("COUNT", (await shop.GetJsonAsync("/v1/async-actions")).Ok().Body.ToString(), StringComparison.Ordinal);
        await server.AssertBooksAsync();
    }
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
