namespace Vouchsafe.Api.Tests.Money;

/// <summary>Many requests for one stored order: each goes by what the others left of it.</summary>
public sealed class OneOrderTests
{
    private const int Codes = 6;

    private static object Use(string code, string order) => new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { id = order } };

    [Fact]
    public async Task RedemptionsAtOnce_AddUp_AndNoneIsLostFromTheOrder()
    {
        await using var server = await MoneyServer.OnSqliteAsync();
        var shop = server.Private();
        var order = (await shop.PostAsync("/v1/orders", new { amount = 350 })).Ok().Text("id")!;
        List<string> codes = [];
        for (var i = 0; i < Codes; i++) codes.Add(await shop.VoucherAsync(quantity: 1));
        var answers = new Calls.Answer[Codes];

        await MoneyServer.ParallelAsync(Codes, Codes, async i => answers[i] = await shop.PostAsync("/v1/redemptions", Use(codes[i], order)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var stored = (await shop.GetJsonAsync($"/v1/orders/{order}")).Ok();
        Assert.Equal((350L, 350L, 0L), (stored.Number("amount"), stored.Number("total_discount_amount"), stored.Number("total_amount")));
        Assert.Equal(answers.Select(a => a.Text("redemptions.0.id")).Order(), stored["redemptions"].EnumerateObject().Select(r => r.Name).Order());
        // Three took 1.00 off, one what was left, two found nothing left to take.
        Assert.Equal([0, 0, 50, 100, 100, 100], answers.Select(a => a.Has("redemptions.0.order.total_applied_discount_amount") ? a.Number("redemptions.0.order.total_applied_discount_amount") : 0).Order());
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task ARollbackBesideRedemptions_TakesBackItsOwn_AndLosesNone()
    {
        await using var server = await MoneyServer.OnSqliteAsync();
        var shop = server.Private();
        var first = (await shop.PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = await shop.VoucherAsync(quantity: 1) } }, order = new { amount = 10_000 } })).Ok();
        var (redemption, order) = (first.Text("redemptions.0.id")!, first.Text("order.id")!);
        List<string> codes = [];
        for (var i = 0; i < Codes; i++) codes.Add(await shop.VoucherAsync(quantity: 1));

        await MoneyServer.ParallelAsync(Codes + 1, Codes + 1, async i =>
            (i == 3 ? await shop.PostAsync($"/v1/redemptions/{redemption}/rollback", new { }) : await shop.PostAsync("/v1/redemptions", Use(codes[i < 3 ? i : i - 1], order))).Ok());

        var entries = (await shop.GetJsonAsync($"/v1/orders/{order}")).Ok()["redemptions"].EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
        Assert.Equal(Codes + 1, entries.Count);
        Assert.StartsWith("rr_", entries[redemption].GetProperty("rollback_id").GetString());
        await server.AssertBooksAsync();
    }
}
