namespace Vouchsafe.Api.Tests.Resources.Orders;

/// <summary>Lines of an order as shops send them.</summary>
public sealed class OrderItemsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Shop => shared.Server.Private();

    [Fact]
    public async Task Validate_AQuantityAsText_IsThatNumber()
    {
        var code = await Shop.AmountVoucherAsync();
        var answer = (await Shop.PostAsync("/v1/validations", Order(code, "3"))).Ok();
        Assert.Equal(600, answer.Number("order.amount"));
        Assert.Equal(3, answer.Number("order.items.0.quantity"));
    }

    [Theory]
    [InlineData("three")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("")]
    public async Task Validate_AQuantityThatIsNoWholeNumber_IsRefusedByName(string quantity)
    {
        var answer = await Shop.PostAsync("/v1/validations", Order(await Shop.AmountVoucherAsync(), quantity));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("order.items[0].quantity", answer.Text("details"));
    }

    // By product 8.00, its variant 9.00; both also by the shop's own ids.
    [Theory]
    [InlineData("""{"product":{"id":"%product%"} }""", 800, true)]
    [InlineData("""{"product":{"source_id":"%shirt%"} }""", 800, true)]
    [InlineData("""{"product":{"id":"%product%","price":750} }""", 750, true)]
    [InlineData("""{"product":{"id":"%product%","price":750},"price":700}""", 700, true)]
    [InlineData("""{"sku":{"id":"%sku%"} }""", 900, true)]
    [InlineData("""{"sku":{"source_id":"%shirt%-m"} }""", 900, true)]
    [InlineData("""{"sku_id":"%sku%","product":{"price":750} }""", 900, true)]
    [InlineData("""{"sku_id":"%sku%","sku":{"price":650} }""", 650, true)]
    [InlineData("""{"product":{"source_id":"unknown","price":300} }""", 300, false)]
    [InlineData("""{"product":{"id":"%product%","price":null} }""", 800, true)]
    public async Task Validate_TheObjectOfAProduct_SaysWhichOneItIs_AndWhatItCosts(string line, long amount, bool known)
    {
        var shirt = Calls.Fresh("shirt");
        var product = (await Shop.PostAsync("/v1/products", new { name = "Shirt", source_id = shirt, price = 800 })).Ok().Text("id")!;
        var sku = (await Shop.PostAsync($"/v1/products/{product}/skus", new { sku = "M", source_id = shirt + "-m", price = 900 })).Ok().Text("id")!;
        var text = line.Replace("%product%", product, StringComparison.Ordinal).Replace("%sku%", sku, StringComparison.Ordinal).Replace("%shirt%", shirt, StringComparison.Ordinal);
        var answer = (await Shop.PostAsync("/v1/validations", new
        {
            redeemables = new[] { new { @object = "voucher", id = await Shop.AmountVoucherAsync() } },
            order = new { items = new[] { System.Text.Json.JsonDocument.Parse(text).RootElement } },
        })).Ok();
        Assert.Equal((amount, amount), (answer.Number("order.amount"), answer.Number("order.items.0.price")));
        if (known) Assert.Equal(product, answer.Text("order.items.0.product_id"));
    }

    [Theory]
    [InlineData("""{"product":{"price":"7"} }""", "order.items[0].product.price")]
    [InlineData("""{"product":{"price":-1} }""", "order.items[0].product.price")]
    [InlineData("""{"sku":{"price":1.5} }""", "order.items[0].sku.price")]
    public async Task Validate_APriceOfAProductThatIsNone_IsRefusedByName(string line, string field)
    {
        var answer = await Shop.PostAsync("/v1/validations", new
        {
            redeemables = new[] { new { @object = "voucher", id = "ANY" } }, order = new { items = new[] { System.Text.Json.JsonDocument.Parse(line).RootElement } },
        });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(field, answer.Text("details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_AProductThatDescribesItself_IsInTheCollectionOfItsDescription()
    {
        var brand = Calls.Fresh("brand");
        var collection = (await Shop.PostAsync("/v1/product-collections", new
        {
            type = "AUTO_UPDATE", name = Calls.Fresh("c"), filter = new Dictionary<string, object>
            {
                ["junction"] = "and",
                ["metadata.brand"] = new { conditions = new Dictionary<string, object> { ["$is"] = new[] { brand } } },
            },
        })).Ok().Text("id");
        var rule = await Shop.RuleAsync(new
        {
            name = Calls.Fresh("r"),
            applicable_to = new
            {
                included = new[] { new { @object = "products_collection", id = collection, effect = "APPLY_TO_EVERY" } }, excluded = Array.Empty<object>(), included_all = false,
            },
        });
        var code = Calls.Fresh("PCT");
        (await Shop.PostAsync($"/v1/vouchers/{code}", new
        {
            type = "DISCOUNT_VOUCHER", discount = new { type = "PERCENT", percent_off = 10, effect = "APPLY_TO_ITEMS" }, validation_rules = new[] { rule },
        })).Ok();
        var answer = (await Shop.PostAsync("/v1/validations", new
        {
            redeemables = new[] { new { @object = "voucher", id = code } },
            order = new
            {
                items = new object[]
                {
                    new { source_id = "unstored-1", related_object = "product", price = 1000, quantity = 1, product = new { metadata = new { brand } } },
                    new { source_id = "unstored-2", related_object = "product", price = 1000, quantity = 1, product = new { metadata = new { brand = "other" } } },
                    new { source_id = "unstored-3", related_object = "product", price = 1000, quantity = 1 },
                },
            },
        })).Ok();
        Assert.Equal(100, answer.Number("order.total_discount_amount"));
        Assert.Equal(100, answer.Number("order.items.0.discount_amount"));
    }

    private static object Order(string code, string quantity) => new
    {
        redeemables = new[] { new { @object = "voucher", id = code } }, order = new { items = new[] { new { source_id = "x", quantity, price = 200 } } },
    };
}
