using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources.Customers;

public sealed class SqliteListCustomerActivityTests : ListCustomerActivityTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresListCustomerActivityTests(PostgresServer postgres) : ListCustomerActivityTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>GET /v1/customers/{id}/activity and /activities.</summary>
public abstract class ListCustomerActivityTests
{
    private static readonly string[] Everything =
    [
        "customer.updated", "customer.voucher.gift.balance_added", "customer.publication.succeeded", "customer.redemption.failed", "customer.order.canceled",
        "customer.redemption.rollback.succeeded", "customer.redemption.succeeded", "customer.order.created", "customer.publication.succeeded", "customer.order.paid",
        "customer.order.created", "customer.custom_event", "customer.created",
    ];

    private protected abstract Task<TestServer> StartAsync();

    private static List<string?> Of(Calls.Answer answer, string member) => [.. answer["data"].EnumerateArray().Select(e => e.GetProperty(member).GetString())];

    [Fact]
    public async Task WhatHappenedToACustomer_IsToldInItsOrder_PageByPage_AndNarrowed()
    {
        await using var server = await StartAsync();
        server.Clock.Stop();
        var shop = server.Private();
        var campaign = (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Codes", campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok().Text("id");
        var product = (await shop.PostAsync("/v1/products", new { name = "Cup", price = 500 })).Ok().Text("id");
        var (spent, card) = (await shop.VoucherAsync(1), await shop.CardAsync(1_000));
        (await shop.PostAsync("/v1/redemptions", MoneyServer.Use(spent))).Ok();
        var anna = new { source_id = "anna" };
        var began = server.Clock.GetUtcNow();
        List<DateTimeOffset> steps = [];
        async Task<Calls.Answer> StepAsync(Func<Task<Calls.Answer>> call)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            steps.Add(server.Clock.GetUtcNow());
            return await call();
        }

        (await StepAsync(() => shop.PostAsync("/v1/customers", anna))).Ok();
        (await StepAsync(() => shop.PostAsync("/v1/events", new { @event = "cart_left", customer = anna, metadata = new { page = 7 } }))).Ok();
        (await StepAsync(() => shop.PostAsync("/v1/orders", new { source_id = "o-1", customer = anna, items = new[] { new { product_id = product, quantity = 2 } } }))).Ok();
        (await StepAsync(() => shop.PutAsync("/v1/orders/o-1", new { status = "PAID" }))).Ok();
        var code = (await StepAsync(() => shop.PostAsync("/v1/publications", new { campaign = new { name = "Codes" }, customer = anna }))).Ok().Text("voucher.code")!;
        var redemption = (await StepAsync(() => shop.PostAsync("/v1/redemptions", MoneyServer.Use(code, customer: "anna")))).Ok().Text("redemptions.0.id");
        (await StepAsync(() => shop.PostAsync($"/v1/redemptions/{redemption}/rollback", new { reason = "returned" }))).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, (await StepAsync(() => shop.PostAsync("/v1/redemptions", MoneyServer.Use(spent, customer: "anna")))).Status);
        (await StepAsync(() => shop.PostAsync("/v1/publications", new { voucher = card, customer = anna }))).Ok();
        (await StepAsync(() => shop.PostAsync($"/v1/vouchers/{card}/balance", new { amount = 200 }))).Ok();
        (await StepAsync(() => shop.PutAsync("/v1/customers/anna", new { name = "Anna" }))).Ok();
        (await shop.PostAsync("/v1/events", new { @event = "of_another", customer = new { source_id = "bob" } })).Ok();

        var all = (await shop.GetJsonAsync("/v1/customers/anna/activity?limit=100")).Ok();
        // Where several happened at one instant, the digits of their ids decide.
        Assert.Equal(Everything.Order(), Of(all, "type").Order());
        Assert.Equal(["customer.updated", "customer.voucher.gift.balance_added", "customer.publication.succeeded", "customer.redemption.failed"], Of(all, "type")[..4]);
        Assert.Equal(["customer.publication.succeeded", "customer.order.paid", "customer.order.created", "customer.custom_event", "customer.created"], Of(all, "type")[^5..]);
        Assert.False(all["has_more"].GetBoolean());
        Assert.Equal(Of(all, "id").Count, Of(all, "id").Distinct().Count());

        // Every page size, in both directions, meets each of them once.
        foreach (var (order, expected) in new[] { ("-created_at", Of(all, "id")), ("created_at", Enumerable.Reverse(Of(all, "id")).ToList()) })
            foreach (var limit in new[] { 1, 2, 5, 13 })
                Assert.Equal(expected, await WalkAsync(shop, $"/v1/customers/anna/activity?order={order}&limit={limit}"));

        async Task<List<string?>> TypesAsync(string query) => Of((await shop.GetJsonAsync("/v1/customers/anna/activity?limit=100&" + query)).Ok(), "type");
        Assert.Equal(["customer.redemption.failed"], await TypesAsync("type=customer.redemption.failed"));
        Assert.Empty(await TypesAsync("type=customer.sms.sent"));
        Assert.Equal(5, (await TypesAsync("category=EFFECT")).Count);
        Assert.Equal(Everything.Length - 5, (await TypesAsync("category=ACTION")).Count);
        Assert.Equal(["customer.publication.succeeded", "customer.redemption.rollback.succeeded", "customer.redemption.succeeded"], (await TypesAsync($"campaign_id={campaign}")).Order());
        Assert.Equal(3, (await TypesAsync("campaign_type=DISCOUNT_COUPONS")).Count);
        Assert.Empty(await TypesAsync("campaign_type=PROMOTION"));
        Assert.Equal(["customer.order.created", "customer.custom_event"], await TypesAsync($"start_date={steps[1]:yyyy-MM-ddTHH:mm:ss.fffZ}&end_date={steps[2]:yyyy-MM-ddTHH:mm:ss.fffZ}"));
        Assert.Empty(await TypesAsync($"end_date={began:yyyy-MM-ddTHH:mm:ss.fffZ}"));
        Assert.Empty(await TypesAsync("start_date=9999-12-31T23:59:59.999Z"));

        var tracked = all["data"].EnumerateArray().Single(e => e.GetProperty("type").GetString() == "customer.custom_event").GetProperty("data");
        Assert.Equal(("cart_left", 7), (tracked.GetProperty("event").GetProperty("type").GetString(), tracked.GetProperty("event").GetProperty("metadata").GetProperty("page").GetInt32()));
        var rollback = all["data"].EnumerateArray().Single(e => e.GetProperty("type").GetString() == "customer.redemption.rollback.succeeded").GetProperty("data");
        Assert.Equal((redemption, "returned"), (rollback.GetProperty("redemption").GetProperty("id").GetString(), rollback.GetProperty("redemption_rollback").GetProperty("reason").GetString()));

        await OlderAsync(shop, product!, steps[2]);
        (await shop.PostAsync("/v1/customers/anna/permanent-deletion", new { })).Ok();
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetJsonAsync("/v1/customers/anna/activity")).Status);
    }

    private static async Task OlderAsync(HttpClient shop, string product, DateTimeOffset ordered)
    {
        var all = (await shop.GetJsonAsync("/v1/customers/anna/activities?limit=2")).Ok();
        Assert.Equal(Everything.Length, all.Number("total"));
        Assert.Equal(2, Of(all, "id").Count);
        var before = (await shop.GetJsonAsync($"/v1/customers/anna/activities?limit=100&starting_after={ordered:yyyy-MM-ddTHH:mm:ss.fffZ}")).Ok();
        Assert.Equal(["customer.custom_event", "customer.created"], Of(before, "type"));
        var ofProduct = (await shop.GetJsonAsync($"/v1/customers/anna/activities?limit=100&product_id={product}")).Ok();
        Assert.Equal(["customer.order.paid", "customer.order.created"], Of(ofProduct, "type"));
        Assert.Equal(2, ofProduct.Number("total"));
    }

    private static async Task<List<string?>> WalkAsync(HttpClient shop, string path)
    {
        List<string?> met = [];
        for (string? cursor = null; ;)
        {
            var page = (await shop.GetJsonAsync(path + (cursor is null ? "" : "&starting_after_id=" + cursor))).Ok();
            met.AddRange(Of(page, "id"));
            if (!page["has_more"].GetBoolean()) return met;
            cursor = page.Text("more_starting_after");
        }
    }

    [Fact]
    public async Task PointsAndRoles_AreTold_AndWhatIsWrongIsNamed()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var program = (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Points", campaign_type = "LOYALTY_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 10 } },
        })).Ok().Text("id");
        var card = (await shop.PostAsync($"/v1/loyalties/{program}/members", new { customer = new { source_id = "eve" } })).Ok().Text("code");
        (await shop.PostAsync($"/v1/loyalties/members/{card}/balance", new { points = 5 })).Ok();
        (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Friends", campaign_type = "REFERRAL_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok();
        var referral = (await shop.PostAsync("/v1/publications", new { campaign = new { name = "Friends" }, customer = new { source_id = "dan" } })).Ok().Text("voucher.code");
        (await shop.PostAsync($"/v1/referrals/members/{referral}/holders", new { holders = new[] { new { source_id = "eve" } } })).Ok();

        var told = (await shop.GetJsonAsync("/v1/customers/eve/activity?campaign_type=REFERRAL_PROGRAM")).Ok();
        Assert.Equal(("customer.holder.assignment.created", "REFEREE", "Friends"), (told.Text("data.0.type"), told.Text("data.0.data.holder.holder_role"), told.Text("data.0.data.campaign.name")));
        var points = (await shop.GetJsonAsync("/v1/customers/eve/activity?type=customer.voucher.loyalty_card.points_added")).Ok();
        Assert.Equal((5, program), (points.Number("data.0.data.balance.points"), points.Text("data.0.data.transaction.campaign_id")));

        foreach (var (query, named) in new[]
        {
            ("limit=101", "limit"), ("order=type", "order"), ("category=BOTH", "category"), ("type=voucher.created", "type"), ("campaign_type=x", "campaign_type"),
            ("starting_after_id=evcus_1", "starting_after_id"), ("starting_after_id=evcus_zzzzzzzzzzzzzzzzzzzzzzzzzza", "starting_after_id"), ("start_date=monday", "start_date"),
        })
        {
            var answer = await shop.GetJsonAsync("/v1/customers/eve/activity?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains(named, answer.Text("details"), StringComparison.Ordinal);
        }

        foreach (var list in new[] { "activity", "activities", "redeemables" }) Assert.Equal("not_found", (await shop.GetJsonAsync($"/v1/customers/nobody/{list}")).Text("key"));
    }
}
