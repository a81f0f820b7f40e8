namespace Vouchsafe.Api.Tests.Resources.Validations;

/// <summary>Verdicts with their reasons.</summary>
public sealed class ExplanationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Explained = ["order", "explanation"];
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task Validate_Explained_SaysWhichConditionFailedOnWhichItemWithWhichValue()
    {
        var (code, rule, product) = await PricedAsync();
        var answer = (await Shop.PostAsync("/v1/validations", Use(code, product, 4000, Explained))).Ok();
        Assert.False(answer["valid"].GetBoolean());
        Assert.Equal("order_rules_violated", answer.Text("redeemables.0.explanation.key"));
        Assert.Equal(rule, answer.Text("redeemables.0.explanation.rules.0.id"));
        Assert.True(answer["redeemables.0.explanation.rules.0.conditions.0.items.1.holds"].GetBoolean());
        var failed = "redeemables.0.explanation.rules.0.conditions.1";
        Assert.Equal(("order.items.price", "$more_than 5000"), (answer.Text(failed + ".name"), answer.Text(failed + ".expected")));
        Assert.False(answer[failed + ".holds"].GetBoolean());
        Assert.Equal((1L, product, "4000"), (answer.Number(failed + ".items.0.index"), answer.Text(failed + ".items.0.id"), answer.Text(failed + ".items.0.actual")));
    }

    [Fact]
    public async Task Validate_ExplainedAndValid_SaysWhatHeld()
    {
        var (code, _, product) = await PricedAsync();
        var answer = (await Shop.PostAsync("/v1/validations", Use(code, product, 6000, Explained))).Ok();
        Assert.True(answer["valid"].GetBoolean());
        Assert.False(answer.Has("redeemables.0.explanation.key"));
        Assert.True(answer["redeemables.0.explanation.rules.0.holds"].GetBoolean());
    }

    [Fact]
    public async Task Validate_NotAskedFor_ExplainsNothing()
    {
        var (code, _, product) = await PricedAsync();
        Assert.False((await Shop.PostAsync("/v1/validations", Use(code, product, 4000, null))).Ok().Has("redeemables.0.explanation"));
    }

    [Fact]
    public async Task AnyPage_IsToldNothingOfTheRules()
    {
        var (code, rule, product) = await PricedAsync();
        var validation = await _server.Client().PostAsync("/client/v1/validations", Use(code, product, 4000, Explained));
        Assert.Equal(HttpStatusCode.BadRequest, validation.Status);
        Assert.Contains("private channel only", validation.Text("details"));
        var qualification = await _server.Client().PostAsync("/client/v1/qualifications", new { order = new { amount = 1 }, options = new { expand = Explained[1..] } });
        Assert.Equal(HttpStatusCode.BadRequest, qualification.Status);
        Assert.DoesNotContain(rule, qualification.Body.ToString());
    }

    [Fact]
    public async Task Qualify_Explained_AlsoListsWhatDoesNotHoldAndWhy()
    {
        var good = await Shop.AmountVoucherAsync(rule: await Shop.MinimumAsync(10));
        var bad = await Shop.AmountVoucherAsync(rule: await Shop.MinimumAsync(900_000));
        var answer = (await Shop.PostAsync("/v1/qualifications", new
        {
            scenario = "ALL", order = new { amount = 5000 },
            options = new { expand = Explained[1..], filters = new { code = new { conditions = new Dictionary<string, object> { ["$in"] = new[] { good, bad } } } } },
        })).Ok();
        Assert.Equal(good, answer.Text("redeemables.data.0.id"));
        Assert.Equal("5000", answer.Text("redeemables.data.0.explanation.rules.0.conditions.0.actual"));
        Assert.Equal(bad, answer.Text("inapplicable_redeemables.0.id"));
        Assert.Equal("$more_than 900000", answer.Text("inapplicable_redeemables.0.explanation.rules.0.conditions.0.expected"));
    }

    [Theory]
    [InlineData(null, true, false, false)]
    [InlineData("redeemable", false, true, false)]
    [InlineData("category", false, false, true)]
    [InlineData("order", true, false, false)]
    public async Task Validate_ShowsOfARedeemableWhatWasAskedFor(string? part, bool order, bool metadata, bool categories)
    {
        var code = await Shop.AmountVoucherAsync(metadata: new { a = 1 });
        var answer = (await Shop.PostAsync("/v1/validations", Use(code, "x", 100, part is null ? null : [part]))).Ok();
        Assert.Equal(
            (order, metadata, categories), (answer.Has("redeemables.0.order"), answer.Has("redeemables.0.metadata"), answer.Has("redeemables.0.categories")));
    }

    [Fact]
    public async Task Validate_WithAnUnknownPart_IsRefusedByName()
    {
        var answer = await Shop.PostAsync("/v1/validations", Use("ANY", "x", 100, ["everything"]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("options.expand", answer.Text("details"));
    }

    // A voucher that wants a product above a price.
    private async Task<(string Code, string Rule, string Product)> PricedAsync()
    {
        var product = (await Shop.PostAsync("/v1/products", new { name = "Kettle" })).Ok().Text("id")!;
        var rule = await Shop.RuleAsync(new
        {
            name = Calls.Fresh("priced"),
            rules = new Dictionary<string, object>
            {
                ["1"] = new
                {
                    name = "order.items.any",
                    conditions = new Dictionary<string, object> { ["$is"] = new[] { new { id = product, type = "product_or_sku", @object = "product" } } },
                    rules = new Dictionary<string, object>
                    {
                        ["1"] = new { name = "order.items.price", conditions = new Dictionary<string, object> { ["$more_than"] = new[] { 5000 } } }, ["logic"] = "1",
                    },
                },
                ["logic"] = "1",
            },
        });
        return (await Shop.AmountVoucherAsync(rule: rule), rule, product);
    }

    private static object Use(string code, string product, long price, string[]? expand) => new
    {
        redeemables = new[] { new { @object = "voucher", id = code } },
        order = new { items = new[] { new { source_id = "other", price = 100L, quantity = 1, product_id = (string?)null }, new { source_id = "", price, quantity = 1, product_id = (string?)product } } },
        options = expand is null ? null : new { expand },
    };
}
