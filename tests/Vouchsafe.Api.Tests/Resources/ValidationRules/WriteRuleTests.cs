using System.Text.Json;

namespace Vouchsafe.Api.Tests.Resources.ValidationRules;

/// <summary>What a rule that is written, or changed, answers.</summary>
public sealed class WriteRuleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Shop => shared.Server.Private();

    [Fact]
    public async Task BundleRules_AreTakenAwayByNull_AndShownAsAnEmptyObject()
    {
        var rule = await Shop.RuleAsync(JsonDocument.Parse($$$"""
            {"name":"{{{Calls.Fresh("bundle")}}}","rules":{},"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"id":"p","object":"product","type":"product_or_sku"}]} } } }
            """).RootElement);
        var code = await Shop.AmountVoucherAsync(rule: rule);
        var use = new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 500 } };
        Assert.False((await Shop.PostAsync("/v1/validations", use)).Ok()["valid"].GetBoolean());

        Assert.Equal("{}", (await Shop.PutAsync($"/v1/validation-rules/{rule}", JsonDocument.Parse("""{"bundle_rules":null}""").RootElement)).Ok()["bundle_rules"].GetRawText());
        Assert.Equal("{}", (await Shop.GetJsonAsync($"/v1/validation-rules/{rule}")).Ok()["bundle_rules"].GetRawText());
        Assert.True((await Shop.PostAsync("/v1/validations", use)).Ok()["valid"].GetBoolean());
    }

    [Theory]
    [InlineData("product_campaign_quantity_limit", "5")]
    [InlineData("product_customer_campaign_quantity_limit", "5")]
    [InlineData("product_in_collection_campaign_quantity_limit", "5")]
    [InlineData("product_in_collection_customer_campaign_quantity_limit", "5")]
    [InlineData("product_promotion_tier_quantity_limit", "5")]
    [InlineData("product_customer_promotion_tier_quantity_limit", "5")]
    [InlineData("product_in_collection_promotion_tier_quantity_limit", "5")]
    [InlineData("product_in_collection_customer_promotion_tier_quantity_limit", "5")]
    [InlineData("product_campaign_quantity_limit_formula", "\"5\"")]
    [InlineData("product_in_collection_customer_promotion_tier_quantity_limit_formula", "\"5\"")]
    public async Task ALimitOfUnitsThatIsNotCounted_IsRefusedByName(string limit, string value)
    {
        JsonElement Rule(string text) => JsonDocument.Parse($$$"""{"name":"{{{Calls.Fresh("limited")}}}","applicable_to":{"included":[{"object":"product","id":"p","{{{limit}}}":{{{text}}} }]} }""").RootElement;
        var refused = await Shop.PostAsync("/v1/validation-rules", Rule(value));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains($"applicable_to.included[0].{limit}", refused.Text("details"), StringComparison.Ordinal);
        (await Shop.PostAsync("/v1/validation-rules", Rule("null"))).Ok();
    }
}
