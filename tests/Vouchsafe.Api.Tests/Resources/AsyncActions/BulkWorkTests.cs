namespace Vouchsafe.Api.Tests.Resources.AsyncActions;

/// <summary>Lists that are worked through in the background.</summary>
public sealed class BulkWorkTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task Customers_Bulk_ChangesWhoIsThereAndMakesTheOthers()
    {
        string[] ids = [.. Enumerable.Range(0, 250).Select(_ => Calls.Fresh("c"))];
        (await Shop.PostAsync("/v1/customers", new { source_id = ids[0], name = "Old", phone = "1" })).Ok();
        var result = await FinishedAsync("/v1/customers/bulk/async", ids.Select(id => new { source_id = id, name = "New" }));
        Assert.Equal(250, result.Number("result.done_count"));
        var changed = (await Shop.GetJsonAsync($"/v1/customers/{ids[0]}")).Ok();
        Assert.Equal(("New", "1"), (changed.Text("name"), changed.Text("phone")));
        Assert.Equal("New", (await Shop.GetJsonAsync($"/v1/customers/{ids[^1]}")).Ok().Text("name"));
    }

    [Fact]
    public async Task Vouchers_Import_MakesEachCodeOnce_AndNamesTheOnesThatWereTaken()
    {
        var taken = await Shop.AmountVoucherAsync();
        string[] codes = [.. Enumerable.Range(0, 300).Select(_ => Calls.Fresh("I"))];
        object Entry(string code) => new { code, type = "GIFT_VOUCHER", gift = new { amount = 1500 }, additional_info = "leaflet", active = false };
        var result = await FinishedAsync("/v1/vouchers/import", codes.Append(taken).Select(Entry));
        Assert.Equal((300, 1), (result.Number("result.done_count"), result.Number("result.failed_count")));
        Assert.Equal(taken, result.Text("result.failed.0.code"));
        var voucher = (await Shop.GetJsonAsync($"/v1/vouchers/{codes[299]}")).Ok();
        Assert.Equal(1500, voucher.Number("gift.balance"));
        Assert.Equal("leaflet", voucher.Text("additional_info"));
        Assert.False(voucher["active"].GetBoolean());
        Assert.Equal("DISCOUNT_VOUCHER", (await Shop.GetJsonAsync($"/v1/vouchers/{taken}")).Ok().Text("type"));
    }

    [Fact]
    public async Task Campaign_Import_GivesCodesWhatTheCampaignSays_AndRefusesTakenOnesAtOnce()
    {
        var name = Calls.Fresh("camp");
        var campaign = (await Shop.PostAsync("/v1/campaigns", new
        {
            name, campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 250 } },
        })).Ok().Text("id");
        var (own, taken) = (Calls.Fresh("own"), await Shop.AmountVoucherAsync());
        var refused = await Shop.PostAsync($"/v1/campaigns/{campaign}/import", new[] { new { code = own }, new { code = taken } });
        Assert.Equal((HttpStatusCode.BadRequest, "duplicate_key"), (refused.Status, refused.Text("key")));
        Assert.Equal(HttpStatusCode.NotFound, (await Shop.GetJsonAsync($"/v1/vouchers/{own}")).Status);

        await FinishedAsync($"/v1/campaigns/{campaign}/import", new[] { new { code = own, discount = new { type = "AMOUNT", amount_off = 999_999 } } });
        var voucher = (await Shop.GetJsonAsync($"/v1/vouchers/{own}")).Ok();
        Assert.Equal((name, 250), (voucher.Text("campaign"), voucher.Number("discount.amount_off")));
    }

    [Fact]
    public async Task Products_Bulk_ChangesWhoIsThereAndMakesTheOthers()
    {
        string[] ids = [.. Enumerable.Range(0, 150).Select(_ => Calls.Fresh("p"))];
        (await Shop.PostAsync("/v1/products", new { source_id = ids[0], name = "Old", price = 5 })).Ok();
        var result = await FinishedAsync("/v1/products/bulk/async", ids.Select(id => new { source_id = id, name = "New" }));
        Assert.Equal((150, 0), (result.Number("result.done_count"), result.Number("result.failed_count")));
        var changed = (await Shop.GetJsonAsync($"/v1/products/{ids[0]}")).Ok();
        Assert.Equal(("New", 5), (changed.Text("name"), changed.Number("price")));
        Assert.Equal("New", (await Shop.GetJsonAsync($"/v1/products/{ids[^1]}")).Ok().Text("name"));
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("products")]
    public async Task Metadata_IsWrittenToAll_MakesTheOthers_AndLeavesOtherKeysAlone(string resource)
    {
        var (known, other) = (Calls.Fresh("m"), Calls.Fresh("m"));
        (await Shop.PostAsync("/v1/" + resource, new { source_id = known, name = "Known", metadata = new { a = 1, b = 1 } })).Ok();
        var result = await FinishedAsync($"/v1/{resource}/metadata/async", new { source_ids = new[] { known, other }, metadata = new { b = 2, c = "x" } });
        Assert.Equal((2, 0), (result.Number("result.done_count"), result["result.errors"].GetArrayLength()));
        var changed = (await Shop.GetJsonAsync($"/v1/{resource}/{known}")).Ok();
        Assert.Equal(("Known", 1, 2, "x"), (changed.Text("name"), changed.Number("metadata.a"), changed.Number("metadata.b"), changed.Text("metadata.c")));
        Assert.Equal(2, (await Shop.GetJsonAsync($"/v1/{resource}/{other}")).Ok().Number("metadata.b"));
    }

    [Fact]
    public async Task Vouchers_Metadata_IsWrittenToAllOrEach_AndUnknownCodesAreNamed()
    {
        var (one, two, none) = (await Shop.AmountVoucherAsync(metadata: new { a = 1 }), await Shop.AmountVoucherAsync(), Calls.Fresh("none"));
        var same = await FinishedAsync("/v1/vouchers/metadata/async", new { codes = new[] { one, none, two }, metadata = new { lang = "en" } });
        Assert.Equal((2, 1, none, "not_found"), (same.Number("result.done_count"), same.Number("result.failed_count"), same.Text("result.errors.0.code"), same.Text("result.errors.0.key")));
        var own = await FinishedAsync("/v1/vouchers/bulk/async", new object[] { new { code = one, metadata = new { lang = "pl" } }, new { code = none, metadata = new { lang = "de" } } });
        Assert.Equal((1, 1), (own.Number("result.done_count"), own.Number("result.failed_count")));

        var (first, second) = ((await Shop.GetJsonAsync($"/v1/vouchers/{one}")).Ok(), (await Shop.GetJsonAsync($"/v1/vouchers/{two}")).Ok());
        Assert.Equal((1, "pl", "en"), (first.Number("metadata.a"), first.Text("metadata.lang"), second.Text("metadata.lang")));
        Assert.Equal(HttpStatusCode.NotFound, (await Shop.GetJsonAsync($"/v1/vouchers/{none}")).Status);
    }

    [Theory]
    [InlineData("/v1/products/bulk/async", """[{"name":"x"}]""", "[0].source_id")]
    [InlineData("/v1/products/bulk/async", """[{"source_id":"a","price":-1}]""", "[0].price")]
    [InlineData("/v1/vouchers/bulk/async", """[{"code":"a"}]""", "[0].metadata")]
    [InlineData("/v1/vouchers/bulk/async", """[{"metadata":{}}]""", "[0].code")]
    [InlineData("/v1/vouchers/metadata/async", """{"metadata":{}}""", "codes")]
    [InlineData("/v1/customers/metadata/async", """{"source_ids":["a",null],"metadata":{}}""", "[1]")]
    [InlineData("/v1/products/metadata/async", """{"source_ids":["a"]}""", "metadata")]
    [InlineData("/v1/customers/bulk/async", "{}", "JSON array")]
    [InlineData("/v1/customers/bulk/async", "[]", "at least one")]
    [InlineData("/v1/customers/bulk/async", "[null]", "[0]")]
    [InlineData("/v1/customers/bulk/async", """[{"source_id":"a"},{"name":"x"}]""", "[1].source_id")]
    [InlineData("/v1/customers/bulk/async", """[{"source_id":"a","metadata":3}]""", "[0].metadata")]
    [InlineData("/v1/vouchers/import", """[{"code":"a","type":"DISCOUNT_VOUCHER"}]""", "[0]: discount")]
    [InlineData("/v1/vouchers/import", """[{"type":"GIFT_VOUCHER","gift":{"amount":1}}]""", "Found 1 voucher(s) without 'code'")]
    [InlineData("/v1/vouchers/import", """[{"code":"a","type":"GIFT_VOUCHER","gift":{"amount":1}},{"code":"a","type":"GIFT_VOUCHER","gift":{"amount":1}}]""", "stands twice")]
    [InlineData("/v1/vouchers/import", """[{"code":"a","type":"GIFT_VOUCHER","gift":{"amount":"x"}}]""", "gift.amount")]
    public async Task Lists_WithAFault_AreRefusedByName_AndNothingOfThemIsTaken(string path, string body, string named)
    {
        using var answer = await Shop.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var error = await TestServer.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, error.GetProperty("details").GetString());
    }

    private async Task<Calls.Answer> FinishedAsync(string path, object list)
    {
        var taken = await Shop.PostAsync(path, list);
        Assert.Equal(HttpStatusCode.Accepted, taken.Status);
        for (var tries = 0; tries < 600; tries++)
        {
            var action = (await Shop.GetJsonAsync($"/v1/async-actions/{taken.Text("async_action_id")}")).Ok();
            if (action.Text("status") == "DONE") return action;
            await Task.Delay(100);
        }

        throw new TimeoutException($"{path} did not come to its end.");
    }
}
