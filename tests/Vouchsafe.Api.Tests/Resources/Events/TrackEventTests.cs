namespace Vouchsafe.Api.Tests.Resources.Events;

/// <summary>POST /v1/events and /client/v1/events.</summary>
public sealed class TrackEventTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Track_OfSomebodyNew_MakesTheCustomer_AndShowsThemToTheShopOnly()
    {
        var id = Calls.Fresh("c");
        object body = new { @event = "cart_left", customer = new { source_id = id, name = "Ina Rook" }, metadata = new { n = 1 } };
        var answer = (await _server.Private().PostAsync("/v1/events", body)).Ok();
        Assert.Equal(("cart_left", "Ina Rook"), (answer.Text("type"), answer.Text("customer.name")));
        Assert.Equal(answer.Text("customer.id"), (await _server.Private().GetJsonAsync($"/v1/customers/{id}")).Ok().Text("id"));
        var fromPage = (await _server.Client().PostAsync("/client/v1/events", body)).Ok();
        Assert.Equal(answer.Text("customer.id"), fromPage.Text("customer.id"));
        Assert.False(fromPage.Has("customer.name"));
    }

    [Fact]
    public async Task Track_OfNobody_IsRefused()
    {
        var answer = await _server.Private().PostAsync("/v1/events", new { @event = "cart_left" });
        Assert.Equal((HttpStatusCode.BadRequest, "missing_customer"), (answer.Status, answer.Text("key")));
    }
}
