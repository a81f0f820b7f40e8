namespace Vouchsafe.Api.Tests.Resources.Customers;

/// <summary>Coded ids of customers, made by us and made up.</summary>
public sealed class TrackingIdTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Theory]
    [InlineData("track_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("track_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("track_")]
    [InlineData("track_!!!!")]
    public async Task Validate_WithAMadeUpTrackingId_IsAnsweredLikeAnyOther(string trackingId)
    {
        var code = await _server.Private().AmountVoucherAsync();
        var answer = (await _server.Client().GetJsonAsync($"/client/v1/validate?code={code}&amount=1000&tracking_id={Uri.EscapeDataString(trackingId)}")).Ok();
        Assert.True(answer["valid"].GetBoolean());
    }

    [Fact]
    public async Task Redeem_WithTheCodedId_IsTheSameCustomer()
    {
        var shop = _server.Private();
        var id = Calls.Fresh("c");
        var customer = (await shop.PostAsync("/v1/customers", new { source_id = id })).Ok().Text("id");
        var coded = (await shop.PostAsync($"/v1/vouchers/{await shop.AmountVoucherAsync()}/redemption", new { order = new { amount = 1000 }, customer = new { source_id = id } }))
            .Ok().Text("tracking_id");
        Assert.StartsWith("track_", coded);
        var again = (await shop.PostAsync($"/v1/vouchers/{await shop.AmountVoucherAsync()}/redemption", new { order = new { amount = 1000 }, tracking_id = coded })).Ok();
        Assert.Equal(customer, again.Text("customer_id"));
    }
}
