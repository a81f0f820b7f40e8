using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Api.Tests.Resources.Loyalties;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Management;

public sealed class SqliteProjectErasureTests : ProjectErasureTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresProjectErasureTests(PostgresServer postgres) : ProjectErasureTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>A deleted project leaves no counter behind, whatever was done in it, and takes no counter of another project along.</summary>
public abstract class ProjectErasureTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task DeletedProject_LeavesNoCounter_AndTheOthersKeepTheirs()
    {
        await using var server = await StartAsync();
        var (kept, doomed) = (await server.CreateProjectAsync(Fields("Kept")), await server.CreateProjectAsync(Fields("Doomed")));
        // The sandbox comes with a shop of its own.
        var made = await CountersAsync(server);
        await TradeAsync(server, kept);
        var before = await CountersAsync(server);
        await TradeAsync(server, doomed);
        var ids = await IdsAsync(server, doomed.GetProperty("id").GetString()!);
        var filled = await CountersAsync(server);
        Assert.Equal(before.Count - made.Count, filled.Count - before.Count);

        using (await server.Management().DeleteAsync(ManagementCalls.Path(doomed))) { }
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(default);

        var left = await CountersAsync(server);
        Assert.DoesNotContain(left, owner => ids.Any(id => owner.Contains(id, StringComparison.Ordinal)));
        Assert.Equal(before, left);
    }

    private static object Fields(string name) => new
    {
        name, case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "shop.example" }, client_redeem_enabled = true,
    };

    // Everything that moves a counter, and things removed for good afterwards.
    private static async Task TradeAsync(TestServer server, JsonElement project)
    {
        var shop = server.ServerOf(project);
        var buyer = Calls.Fresh("buyer");
        object Use(string code) => new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1_000 }, customer = new { source_id = buyer } };

        var code = await shop.VoucherAsync(quantity: 10, await shop.AtMostAsync("redemption.count.per_customer", 5));
        (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        var taken = (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        (await shop.PostAsync($"/v1/redemptions/{taken.Text("redemptions.0.id")}/rollback", new { })).Ok();
        (await server.PageOf(project, TestServer.Origin).PostAsync("/client/v1/validations", new
        {
            redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1_000 }, customer = new { source_id = buyer }, session = new { type = "LOCK" },
        })).Ok();

        (await shop.PostAsync("/v1/redemptions", Use(await shop.CardAsync(5_000)))).Ok();
        var gone = await shop.VoucherAsync(quantity: 10, await shop.AtMostAsync("campaign.redemptions.count", 5));
        (await shop.PostAsync("/v1/redemptions", Use(gone))).Ok();
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/vouchers/{gone}?force=true")).Status);

        foreach (var removed in new[] { true, false })
        {
            var tier = await shop.TierAsync(rule: await shop.AtMostAsync("redemption.count.daily", 5));
            (await shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount = 1_000 }, customer = new { source_id = buyer } })).Ok();
            if (removed) Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/promotions/tiers/{tier}")).Status);

            var campaign = (await shop.PostAsync("/v1/campaigns", new
            {
                name = Calls.Fresh("codes"), campaign_type = "DISCOUNT_COUPONS", type = "STATIC", vouchers_count = 3, join_once = true,
                voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
            })).Ok().Text("id")!;
            await DoneAsync(server);
            var given = (await shop.PostAsync("/v1/publications", new { campaign = new { name = campaign }, customer = new { source_id = buyer } })).Ok();
            (await shop.PostAsync("/v1/redemptions", Use(given.Text("voucher.code")!))).Ok();
            if (removed) (await shop.DeleteJsonAsync($"/v1/campaigns/{campaign}?force=true")).Ok();
        }

        var program = await shop.ProgramAsync(200);
        (await shop.PostAsync($"/v1/loyalties/{program}/earning-rules", new[] { new { @event = "order.paid", loyalty = new { type = "FIXED", points = 3 } } })).Ok();
        await shop.JoinAsync(program, buyer);
        (await shop.PostAsync("/v1/orders", new { customer = new { source_id = buyer }, amount = 1_000, status = "PAID" })).Ok();
        await DoneAsync(server);
    }

    private static async Task DoneAsync(TestServer server)
    {
        for (var looks = 0; looks < 1_200; looks++)
        {
            if (!await server.ReadAsync(async db => await db.PaidOrders.AnyAsync()
                || await db.AsyncActions.AnyAsync(a => a.Status == AsyncActionStatus.Accepted || a.Status == AsyncActionStatus.InProgress))) return;
            await Task.Delay(50);
        }
        Assert.Fail("The work in the background does not end.");
    }

    private static Task<List<string>> CountersAsync(TestServer server) => server.ReadAsync(db =>
        db.Counters.OrderBy(c => c.Owner).ThenBy(c => c.Kind).Select(c => c.Owner + " " + (short)c.Kind).ToListAsync());

    private static Task<List<string>> IdsAsync(TestServer server, string projectId) => server.ReadAsync(async db =>
    {
        List<string> ids = [];
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindProperty("ProjectId") is not null && t.FindProperty("Id") is { ClrType: var id } && id == typeof(string)))
        {
            var sql = $"SELECT id AS \"Value\" FROM \"{type.GetTableName()}\" WHERE project_id = {{0}}";
            ids.AddRange(await db.Database.SqlQueryRaw<string>(sql, projectId).ToListAsync());
        }
        return ids;
    });
}
