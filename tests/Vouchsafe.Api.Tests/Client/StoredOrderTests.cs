using System.Net;
using System.Net.Http.Json;
using Vouchsafe.Api.Tests.Infrastructure;
using Xunit;

namespace Vouchsafe.Api.Tests.Client;

/// <summary>Orders that the shop has stored are not read out to pages that guess their numbers.</summary>
public sealed class StoredOrderTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Validate_WithANumberThatIsThere_TellsNothingOfThatOrder()
    {
        await StoreAsync("SO-1");

        var answer = await shared.Server.Client().PostAsJsonAsync("/client/v1/validations", new { redeemables = Code("WELCOME-10"), order = new { source_id = "SO-1" } });

        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret-thing", text, StringComparison.Ordinal);
        Assert.DoesNotContain("7777", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redeem_UnderANumberThatIsThere_IsRefusedAndLeavesTheOrderAlone()
    {
        var id = await StoreAsync("SO-2");

        var answer = await shared.Server.Client().PostAsJsonAsync("/client/v1/redeem?code=WELCOME-10", new { order = new { source_id = "SO-2", amount = 1 } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("duplicate_found", (await TestServer.JsonAsync(answer)).GetProperty("key").GetString());
        var order = await TestServer.JsonAsync(await shared.Server.Private().GetAsync($"/v1/orders/{id}"));
        Assert.Equal((7777, "CREATED"), (order.GetProperty("amount").GetInt64(), order.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Validate_WithTheIdMintedHere_KnowsTheOrder()
    {
        var id = await StoreAsync("SO-3");

        var answer = await TestServer.JsonAsync(await shared.Server.Client().PostAsJsonAsync("/client/v1/validations", new { redeemables = Code("WELCOME-10"), order = new { id } }));

        Assert.Equal(7777, answer.GetProperty("order").GetProperty("amount").GetInt64());
    }

    private static object[] Code(string id) => [new { @object = "voucher", id }];

    private async Task<string> StoreAsync(string sourceId)
    {
        var answer = await shared.Server.Private().PostAsJsonAsync("/v1/orders", new { source_id = sourceId, items = new[] { new { product_id = "secret-thing", price = 7777, quantity = 1 } } });
        return (await TestServer.JsonAsync(answer)).GetProperty("id").GetString()!;
    }
}
