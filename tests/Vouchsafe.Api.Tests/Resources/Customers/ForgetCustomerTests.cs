using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Testing;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Resources.Customers;

public sealed class SqliteForgetCustomerTests : ForgetCustomerTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresForgetCustomerTests(PostgresServer postgres) : ForgetCustomerTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>POST /v1/customers/{id}/permanent-deletion.</summary>
public abstract class ForgetCustomerTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task ACustomer_IsForgottenWithAllThatSaysWhoTheyAre_AndNobodyElseIs()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 10);
        var ids = new Dictionary<string, string>();
        foreach (var name in new[] { "zoe-the-forgotten", "yan-the-kept" })
        {
            ids[name] = (await shop.PostAsync("/v1/customers", new { source_id = name, name, email = $"{name}@shop.example", phone = name, metadata = new { about = name } })).Ok().Text("id")!;
            (await shop.PostAsync("/v1/events", new { @event = "seen", customer = new { source_id = name }, metadata = new { about = name } })).Ok();
            (await shop.PostAsync("/v1/segments", new { name = "S" + name.Length, type = "static", customers = new[] { ids[name] } })).Ok();
            object use = new
            {
                redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1_000, metadata = new { about = name } }, customer = new { source_id = name }, metadata = new { about = name },
            };
            // Its answer is remembered for a day, and the work in the background was told who it is about.
            var once = server.Private();
            once.DefaultRequestHeaders.Add("Idempotency-Key", $"key-of-the-{name}");
            var first = (await once.PostAsync("/v1/redemptions", use)).Ok();
            Assert.Equal(first.Text("redemptions.0.id"), (await once.PostAsync("/v1/redemptions", use)).Ok().Text("redemptions.0.id"));
            await BulkAsync(shop, name);
            (await shop.PostAsync("/v1/publications", new { voucher = await shop.VoucherAsync(1), customer = new { source_id = name }, metadata = new { about = name } })).Ok();
        }

        var gone = (await shop.PostAsync("/v1/customers/zoe-the-forgotten/permanent-deletion", new { })).Ok();
        Assert.Equal((ids["zoe-the-forgotten"], "DONE", 1, 1, 1, 1), (
            gone.Text("related_object_id"), gone.Text("status"), gone.Number("data_json.customer"), gone.Number("data_json.orders"), gone.Number("data_json.customer_events"), gone.Number("data_json.segments")));

        var left = await TextsAsync(server);
        Assert.DoesNotContain(left, text => text.Contains("zoe-the-forgotten", StringComparison.Ordinal));
        Assert.Contains(left, text => text.Contains("yan-the-kept", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetJsonAsync("/v1/customers/zoe-the-forgotten")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.PostAsync("/v1/customers/zoe-the-forgotten/permanent-deletion", new { })).Status);
        (await shop.GetJsonAsync("/v1/customers/yan-the-kept")).Ok();
        Assert.Equal(2, (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Number("redemption.redeemed_quantity"));
        (await shop.GetJsonAsync("/v1/redemptions?limit=100")).Ok();
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task ACustomerWhomABulkUpdateStillNames_IsForgottenWhenItIsDone()
    {
        await using var server = await StartAsync();
        var worker = server.Services.GetServices<IHostedService>().OfType<ActionWorker>().Single();
        await worker.StopAsync(default);
        var shop = server.Private();
        (await shop.PostAsync("/v1/customers", new { source_id = "zoe" })).Ok();
        (await shop.PostAsync("/v1/customers/bulk/async", new[] { new { source_id = "yan" }, new { source_id = "zoe" } })).Ok();
        var early = await shop.PostAsync("/v1/customers/zoe/permanent-deletion", new { });
        Assert.Equal((HttpStatusCode.BadRequest, "multiple_requests"), (early.Status, early.Text("key")));
        while (await worker.DoPortionAsync(default)) { }
        (await shop.PostAsync("/v1/customers/zoe/permanent-deletion", new { })).Ok();
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetJsonAsync("/v1/customers/zoe")).Status);
    }

    [Fact]
    public async Task ForgottenWhileOthersCountRedeemRollBackPublishAndTrack_NothingOfThemComesBack()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        for (var round = 0; round < 3; round++)
        {
            var code = await shop.VoucherAsync(quantity: null);
            var zoe = (await shop.PostAsync("/v1/customers", new { source_id = $"zoe-the-{round}", name = "zoe-the-forgotten" })).Ok().Text("id")!;
            var about = new { about = "zoe-the-forgotten" };
            // By the id that was minted here: who is gone is not made anew by it.
            object use = new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1_000, metadata = about }, customer = new { id = zoe }, metadata = about };
            var made = new ConcurrentQueue<string>();
            await ParallelAsync(8, 24, async _ => made.Enqueue((await shop.PostAsync("/v1/redemptions", use)).Ok().Text("redemptions.0.id")!));
            var gifts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shop.VoucherAsync(quantity: 1)));
            string[] rules = [await shop.AtMostAsync("campaign.redemptions.count", 1_000_000), await shop.AtMostAsync("redemption.count.per_customer", 1_000_000)];
            var order = (await shop.PostAsync("/v1/orders", new { source_id = $"o{round}", amount = 1, customer = new { id = zoe }, metadata = about })).Ok().Text("id");

            var counting = rules.Select(rule => Task.Run(async () =>
                (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", new { related_object_type = "voucher", related_object_id = code })).Ok())).ToList();
            var forgetting = Task.Run(async () =>
            {
                await Task.Yield();
                (await shop.PostAsync($"/v1/customers/{zoe}/permanent-deletion", new { })).Ok();
            });
            await ParallelAsync(12, 84, async i =>
            {
                var answer = await ((i % 7) switch
                {
                    0 or 1 when made.TryDequeue(out var id) => shop.PostAsync($"/v1/redemptions/{id}/rollback", new { reason = "-" }),
                    2 => shop.PostAsync("/v1/publications", new { voucher = gifts[i / 7], customer = new { id = zoe }, metadata = about }),
                    3 => shop.PostAsync("/v1/events", new { @event = "seen", customer = new { id = zoe }, metadata = about }),
                    4 => shop.PostAsync("/v1/orders", new { source_id = $"o{round}-{i}", amount = 1, customer = new { id = zoe }, metadata = about }),
                    5 => shop.PutAsync($"/v1/orders/{order}", new { metadata = about, customer = new { id = zoe } }),
                    _ => shop.PostAsync("/v1/redemptions", use),
                });
                Assert.True((int)answer.Status is 200 or 404 or 503 || answer.Text("key") is "multiple_requests", $"{answer.Status} {answer.Body}");
            });
            await Task.WhenAll(counting);
            await forgetting;

            Assert.Equal([], await TextsAsync(server));
            Assert.Equal(HttpStatusCode.NotFound, (await shop.GetJsonAsync($"/v1/customers/{zoe}")).Status);
            await server.AssertBooksAsync();
        }
    }

    private static async Task BulkAsync(HttpClient shop, string name)
    {
        var action = (await shop.PostAsync("/v1/customers/bulk/async", new[] { new { source_id = name, name } })).Ok().Text("async_action_id");
        for (var looks = 0; looks < 1_200 && (await shop.GetJsonAsync($"/v1/async-actions/{action}")).Text("status") != "DONE"; looks++) await Task.Delay(25);
    }

    // Every text of every table that holds what shops say of customers.
    private static Task<List<string>> TextsAsync(TestServer server) => server.ReadAsync(async db =>
    {
        List<string> texts = [];
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null))
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(string)))
            {
                var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
                if (property.GetColumnName(table) is not { } column) continue;
                var sql = $"SELECT \"{column}\" AS \"Value\" FROM \"{table.Name}\" WHERE \"{column}\" LIKE '%-the-%'";
                texts.AddRange((await db.Database.SqlQueryRaw<string>(sql).ToListAsync()).Select(text => $"{table.Name}.{column}: {text}"));
            }
        return texts;
    });
}
