namespace Vouchsafe.Api.Tests.Resources.Redemptions;

/// <summary>What a rollback does to the order is said by the project's stacking rules; the uses come back either way.</summary>
public sealed class RollbackOrderTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("WITH_ORDER", "CANCELED", null)]
    [InlineData("WITHOUT_ORDER", "PAID", "1000")]
    public async Task TheOrder_IsCanceledOrLeftAsItIs(string mode, string status, string? discount)
    {
        var project = await _server.ReadAsync(db => Task.FromResult(db.Projects.Single().Id));
        (await _server.Management().PostAsync($"/management/v1/projects/{project}/stacking-rules", new { redeemables_rollback_order_mode = mode })).Ok();
        var redeemed = (await _server.Private().PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = "WELCOME-10" } }, order = new { amount = 10000, status = "PAID" } })).Ok();
        var (redemption, order) = (redeemed.Text("redemptions.0.id")!, redeemed.Text("order.id")!);

        (await _server.Private().PostAsync($"/v1/redemptions/{redemption}/rollback", new { })).Ok();

        var stored = await TestServer.JsonAsync(await _server.Private().GetAsync($"/v1/orders/{order}"));
        Assert.Equal(status, stored.GetProperty("status").GetString());
        Assert.Equal(discount, stored.TryGetProperty("total_discount_amount", out var off) && off.GetInt64() > 0 ? off.GetRawText() : null);
        Assert.Equal(10000, stored.GetProperty("amount").GetInt64());
        var voucher = await TestServer.JsonAsync(await _server.Private().GetAsync("/v1/vouchers/WELCOME-10"));
        Assert.Equal(0, voucher.GetProperty("redemption").GetProperty("redeemed_quantity").GetInt64());
    }

    [Fact]
    public async Task ARedemption_IsTakenBackForThreeMonths_AndNotAfterThem()
    {
        async Task<string> RedeemAsync() => (await _server.Private().PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = "WELCOME-10" } }, order = new { amount = 10000 } })).Ok().Text("redemptions.0.id")!;
        var (kept, late) = (await RedeemAsync(), await RedeemAsync());
        var over = _server.Clock.GetUtcNow().AddMonths(3);
        _server.Clock.Advance(over.AddSeconds(-60) - _server.Clock.GetUtcNow());
        (await _server.Private().PostAsync($"/v1/redemptions/{kept}/rollback", new { })).Ok();
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var path in new[] { "rollback", "rollbacks" })
        {
            var refused = await _server.Private().PostAsync($"/v1/redemptions/{late}/{path}", new { });
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_rollback_params", late), (refused.Status, refused.Text("key"), refused.Text("resource_id")));
        }
    }
}
