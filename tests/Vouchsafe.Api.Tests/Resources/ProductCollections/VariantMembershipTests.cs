namespace Vouchsafe.Api.Tests.Resources.ProductCollections;

/// <summary>Whether a variant is in a collection: by a list with its product, by a filter only by itself.</summary>
public sealed class VariantMembershipTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Shop => shared.Server.Private();

    private async Task<string> CollectionAsync(object definition) => (await Shop.PostAsync("/v1/product-collections", definition)).Ok().Text("id")!;

    private Task<string> FilteredAsync(string field, string condition, object value) => CollectionAsync(new
    {
        name = Calls.Fresh("c"), type = "AUTO_UPDATE",
        filter = new Dictionary<string, object> { ["junction"] = "and", [field] = new { conditions = new Dictionary<string, object> { [condition] = new[] { value } } } },
    });

    private async Task<bool> HoldsAsync(string collection, object line)
    {
        var code = await Shop.AmountVoucherAsync(rule: await Shop.RuleAsync(new
        {
            name = Calls.Fresh("r"), rules = new Dictionary<string, object>
            {
                ["1"] = new { name = "order.items.any", conditions = new Dictionary<string, object> { ["$is"] = new[] { new { id = collection, @object = "products_collection" } } } },
                ["logic"] = "1",
            },
        }));
        return (await Shop.PostAsync("/v1/validations", new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { items = new[] { line } } })).Ok()["valid"].GetBoolean();
    }

    [Fact]
    public async Task AVariant_IsWhereItsProductIsListed_AndWhereAFilterMatchesItself()
    {
        var name = Calls.Fresh("Shirt");
        var product = (await Shop.PostAsync("/v1/products", new { name, price = 1_000, metadata = new { brand = name, season = "summer" } })).Ok().Text("id")!;
        var variant = (await Shop.PostAsync($"/v1/products/{product}/skus", new { sku = "M", price = 3_000, metadata = new { season = "winter" } })).Ok().Text("id")!;
        var listed = await CollectionAsync(new { name = Calls.Fresh("l"), type = "STATIC", products = new[] { new { id = product, @object = "product" } } });
        var (line, plain) = (new { sku_id = variant }, new { product_id = product });

        Assert.True(await HoldsAsync(listed, line));
        // The filter's product is not the variant: it has a name and a price of its own.
        Assert.Equal((true, false), (await HoldsAsync(await FilteredAsync("name", "$is", name), plain), await HoldsAsync(await FilteredAsync("name", "$is", name), line)));
        var dear = await FilteredAsync("price", "$more_than", 2_000);
        Assert.Equal((false, true), (await HoldsAsync(dear, plain), await HoldsAsync(dear, line)));
        // Metadata is inherited, entry by entry.
        var (ofBrand, summery) = (await FilteredAsync("metadata.brand", "$is", name), await FilteredAsync("metadata.season", "$is", "summer"));
        Assert.Equal((true, true), (await HoldsAsync(ofBrand, plain), await HoldsAsync(ofBrand, line)));
        Assert.Equal((true, false), (await HoldsAsync(summery, plain), await HoldsAsync(summery, line)));
    }
}
