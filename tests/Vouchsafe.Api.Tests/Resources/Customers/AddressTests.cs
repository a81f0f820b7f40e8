namespace Vouchsafe.Api.Tests.Resources.Customers;

/// <summary>Addresses of customers.</summary>
public sealed class AddressTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Create_WithAnAddress_GivesItsLinesBack()
    {
        var shop = shared.Server.Private();
        var created = (await shop.PostAsync("/v1/customers", new { source_id = Calls.Fresh("c"), address = new { city = "Berlin", line_1 = "Lindenweg 4", line_2 = "II" } })).Ok();
        var stored = (await shop.GetJsonAsync($"/v1/customers/{created.Text("id")}")).Ok();
        Assert.Equal("Lindenweg 4", stored.Text("address.line_1"));
        Assert.Equal("II", stored.Text("address.line_2"));
    }
}
