using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources.Redemptions;

public sealed class SqliteRollbackAfterRemovalTests : RollbackAfterRemovalTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresRollbackAfterRemovalTests(PostgresServer postgres) : RollbackAfterRemovalTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>Redemptions are the books: they can be taken back although what was redeemed was removed for good (docs/adr/0305).</summary>
public abstract class RollbackAfterRemovalTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task OfARemovedVoucher_TakesTheOrderAndItsCampaignsCountBack_Once()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var campaign = (await shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("camp"), campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE",
            validation_rules = new[] { await shop.AtMostAsync("campaign.redemptions.count", 1) },
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 10 } },
        })).Ok().Text("id")!;
        string[] codes = [Calls.Fresh("A"), Calls.Fresh("B")];
        foreach (var code in codes) (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", new { })).Ok();
        var redeemed = (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(codes[0]))).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(codes[1]))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/vouchers/{codes[0]}?force=true")).Status);

        var id = redeemed.Text("redemptions.0.id");
        var rollback = (await shop.PostAsync($"/v1/redemptions/{id}/rollback", new { })).Ok();
        Assert.Equal(("redemption_rollback", "CANCELED"), (rollback.Text("object"), (await shop.GetJsonAsync($"/v1/orders/{redeemed.Text("order.id")}")).Text("status")));
        Assert.Equal("already_rolled_back", (await shop.PostAsync($"/v1/redemptions/{id}/rollback", new { })).Text("key"));
        (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(codes[1]))).Ok();
    }

    [Fact]
    public async Task OfAStackWithARemovedVoucher_GivesTheOthersBack()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var (removed, left) = (await shop.VoucherAsync(1, await shop.AtMostAsync("redemption.count.per_customer", 1)), await shop.VoucherAsync(1));
        var redeemed = (await shop.PostAsync("/v1/redemptions", new
        {
            redeemables = new[] { new { @object = "voucher", id = removed }, new { @object = "voucher", id = left } }, order = new { amount = 1_000 }, customer = new { source_id = "buyer" },
        })).Ok();
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/vouchers/{removed}?force=true")).Status);
        (await shop.PostAsync($"/v1/redemptions/{redeemed.Text("parent_redemption.id")}/rollbacks", new { })).Ok();
        (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(left))).Ok();
    }

    [Fact]
    public async Task OfARemovedCard_IsRefused_NamesIt_AndMovesNothing()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var card = await shop.CardAsync(500);
        var voucher = (await shop.GetJsonAsync($"/v1/vouchers/{card}")).Text("id");
        var redeemed = (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(card, amount: 200))).Ok();
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/vouchers/{card}?force=true")).Status);
        var refused = await shop.PostAsync($"/v1/redemptions/{redeemed.Text("redemptions.0.id")}/rollback", new { });
        Assert.Equal((HttpStatusCode.NotFound, voucher, "voucher"), (refused.Status, refused.Text("resource_id"), refused.Text("resource_type")));
        Assert.Equal("PAID", (await shop.GetJsonAsync($"/v1/orders/{redeemed.Text("order.id")}")).Text("status"));
    }

    [Fact]
    public async Task ALockOnARemovedTier_IsGivenBackWhereItHeldElsewhere()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var tier = await shop.TierAsync(rule: await shop.AtMostAsync("redemption.count.per_customer", 5));
        (await shop.PostAsync("/v1/validations", new
        {
            redeemables = new[] { new { @object = "promotion_tier", id = tier } }, order = new { amount = 1_000 }, customer = new { source_id = "buyer" },
            session = new { type = "LOCK", key = "cart", ttl = 60, ttl_unit = "SECONDS" },
        })).Ok();
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/promotions/tiers/{tier}")).Status);
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await server.Services.GetRequiredService<OverdueLocks>().ReleaseAsync(await LocksAsync(server), default);
        Assert.Empty(await LocksAsync(server));
    }

    private static Task<List<ValidationLock>> LocksAsync(TestServer server) => server.ReadAsync(db => db.ValidationLocks.AsNoTracking().ToListAsync());
}
