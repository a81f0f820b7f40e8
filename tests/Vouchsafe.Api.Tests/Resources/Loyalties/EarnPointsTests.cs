using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Tests.Infrastructure;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Resources.Loyalties;

/// <summary>A paid order earns once for each rule, whatever is repeated.</summary>
public sealed class EarnPointsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _shop = shared.Server.Private();

    private async Task<string> ProgramAsync(params object[] rules)
    {
        var program = await _shop.ProgramAsync();
        (await _shop.PostAsync($"/v1/loyalties/{program}/earning-rules", rules)).Ok();
        return program;
    }

    private static object Fixed(long points) => new { @event = "order.paid", loyalty = new { type = "FIXED", points }, source = new { banner = "fixed" } };

    private static object PerTen(string type, string member) => new
    {
        @event = "order.paid", source = new { banner = member },
        loyalty = new { type = "PROPORTIONAL", calculation_type = type, order = new Dictionary<string, object> { [member] = new { every = 1000, points = 1 } } },
    };

    [Fact]
    public async Task ARedemptionPaysAnOrder_ThatEarnsByWhatItWasAndByWhatWasPaid()
    {
        var (program, customer) = (await ProgramAsync(Fixed(100), PerTen("ORDER_AMOUNT", "amount"), PerTen("ORDER_TOTAL_AMOUNT", "total_amount")), Calls.Fresh("anna"));
        var card = await _shop.JoinAsync(program, customer);
        var coupon = await _shop.AmountVoucherAsync(2_000);

        (await _shop.PostAsync($"/v1/vouchers/{coupon}/redemption", new { order = new { amount = 10_999 }, customer = new { source_id = customer } })).Ok();

        Assert.Equal(100 + 10 + 8, await _shop.SettledBalanceAsync(card, 118));
        var transactions = (await _shop.GetJsonAsync($"/v1/loyalties/members/{card}/transactions")).Ok();
        Assert.Equal(("POINTS_ACCRUAL", "Automation"), (transactions.Text("data.0.type"), transactions.Text("data.0.source")));
        Assert.True(transactions.Has("data.0.details.earning_rule.id"));
        Assert.True(transactions.Has("data.0.details.order.id"));
    }

    [Fact]
    public async Task AnOrderThatIsPaidAgainAndAgain_EarnsOnce()
    {
        var (program, customer, order) = (await ProgramAsync(Fixed(7)), Calls.Fresh("bert"), Calls.Fresh("order"));
        var card = await _shop.JoinAsync(program, customer);
        (await _shop.PostAsync("/v1/orders", new { source_id = order, customer = new { source_id = customer }, amount = 1_000, status = "CREATED" })).Ok();
        for (var i = 0; i < 3; i++)
        {
            (await _shop.PutAsync($"/v1/orders/{order}", new { status = "PAID" })).Ok();
            (await _shop.PutAsync($"/v1/orders/{order}", new { status = "CANCELED" })).Ok();
        }

        await WorkedOffAsync();
        Assert.Equal(7, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task ANoteWorkedOnByManyAtOnce_EarnsOnce()
    {
        var (program, customer) = (await ProgramAsync(Fixed(7), Fixed(3)), Calls.Fresh("carl"));
        var card = await _shop.JoinAsync(program, customer);
        var customerId = (await _shop.GetJsonAsync($"/v1/customers/{customer}")).Ok().Text("id")!;
        await shared.Server.ChangeAsync(async db =>
        {
            var project = await db.Projects.FirstAsync(p => p.IsSandbox);
            foreach (var id in new[] { "paid_a", "paid_b" })
                db.PaidOrders.Add(new PaidOrder
                {
                    Id = id + Calls.Fresh(""), ProjectId = project.Id, OrderId = "ord_of_" + customer, CustomerId = customerId, Amount = 100, TotalAmount = 100, PaidAt = DateTimeOffset.UnixEpoch.AddYears(60),
                });
        });

        var earnings = shared.Server.Services.GetRequiredService<Earnings>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => earnings.DoPortionAsync(TestContext.Current.CancellationToken)));

        await WorkedOffAsync();
        Assert.Equal(10, await _shop.BalanceAsync(card));
    }

    [Fact]
    public async Task RulesThatAreOver_AndOrdersOfNobodyOrNotPaid_GiveNothing()
    {
        var (program, customer) = (await ProgramAsync(
            Fixed(1),
            new { @event = "order.paid", loyalty = new { type = "FIXED", points = 50 }, expiration_date = "2020-01-01T00:00:00Z" },
            new { @event = "order.paid", loyalty = new { type = "FIXED", points = 60 }, active = false }), Calls.Fresh("dora"));
        var card = await _shop.JoinAsync(program, customer);
        (await _shop.PostAsync("/v1/orders", new { amount = 1_000, status = "PAID" })).Ok();
        (await _shop.PostAsync("/v1/orders", new { customer = new { source_id = customer }, amount = 1_000, status = "CREATED" })).Ok();
        (await _shop.PostAsync("/v1/orders", new { customer = new { source_id = customer }, amount = 1_000, status = "PAID" })).Ok();

        await WorkedOffAsync();
        Assert.Equal(1, await _shop.BalanceAsync(card));
    }

    [Theory]
    [InlineData("""[{"event":"order.paid","loyalty":{"type":"FIXED","points":5},"validation_rule_id":"val_1"}]""", "validation_rule_id")]
    [InlineData("""[{"event":"order.paid","loyalty":{"type":"FIXED","points":5},"pending_points":{"period_type":"DAY","period_value":3}}]""", "pending_points")]
    [InlineData("""[{"event":"customer.segment.entered","loyalty":{"type":"FIXED","points":5}}]""", "event")]
    [InlineData("""[{"event":"order.paid","loyalty":{"type":"FIXED","points":-5}}]""", "loyalty.points")]
    [InlineData("""[{"event":"order.paid","loyalty":{"type":"FIXED","points":5}},null]""", "[1]")]
    [InlineData("[]", "list")]
    public async Task WhatARuleCannotKeep_IsRefusedByName_AndNoneOfTheListIsMade(string rules, string named)
    {
        var program = await _shop.ProgramAsync();
        using var body = new StringContent(rules, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _shop.PostAsync($"/v1/loyalties/{program}/earning-rules", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await _shop.GetJsonAsync($"/v1/loyalties/{program}/earning-rules")).Ok().Number("total"));
    }

    // The worker of the server and this test do the same, and either may come first.
    private async Task WorkedOffAsync()
    {
        var earnings = shared.Server.Services.GetRequiredService<Earnings>();
        for (var looks = 0; looks < 600; looks++)
        {
            while (await earnings.DoPortionAsync(TestContext.Current.CancellationToken)) { }
            if (!await shared.Server.ReadAsync(db => db.PaidOrders.AnyAsync())) return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The notes of paid orders are not worked off.");
    }
}
