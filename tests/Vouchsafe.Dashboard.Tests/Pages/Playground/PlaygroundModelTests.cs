using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Vouchsafe.Dashboard.Pages.Playground;

namespace Vouchsafe.Dashboard.Tests.Pages.Playground;

/// <summary>What the playground sends, links to, and reads out of an answer.</summary>
public sealed class PlaygroundModelTests
{
    [Fact]
    public void ALink_ShowsTheSameFieldsAgain()
    {
        var order = Everything();

        var shown = PlayOrder.FromLink(order.ToLink());

        Assert.Equal(order.Validation(explains: true).ToJsonString(), shown!.Validation(explains: true).ToJsonString());
        Assert.Equal(order.ToLink(), shown.ToLink());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":[null],"redeemables":"all"}""")]
    public void ALinkThatHoldsNoOrder_IsPassedOver(string? json) =>
        Assert.Null(PlayOrder.FromLink(json is null or "" or "not base64!" ? json : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void WhatIsSent_HoldsEveryField()
    {
        var body = JsonSerializer.SerializeToElement(Everything().Validation(explains: false));

        Assert.Equal("""[{"object":"gift_card","id":"CARD","gift":{"credits":1250}},{"object":"loyalty_card","id":"POINTS","reward":{"id":"rew_1","points":30}},{"object":"promotion_tier","id":"promo_1"}]""", body.GetProperty("redeemables").GetRawText());
        Assert.Equal("""{"items":[{"source_id":"tea","related_object":"product","quantity":2,"price":1050},{"sku_id":"sku_1","quantity":1}],"metadata":{"gift":true}}""", body.GetProperty("order").GetRawText());
        Assert.Equal("""{"source_id":"ada","metadata":{"age":41}}""", body.GetProperty("customer").GetRawText());
        Assert.Equal("""{"till":"4b"}""", body.GetProperty("metadata").GetRawText());
        Assert.Equal("""{"type":"LOCK","ttl":5,"ttl_unit":"HOURS","key":"k"}""", body.GetProperty("session").GetRawText());
    }

    [Fact]
    public void AnAmountOnly_IsSentWithoutItems_AndWithoutASessionNothingIsHeld()
    {
        var body = JsonSerializer.SerializeToElement(new PlayOrder { IsAmountOnly = true, Amount = 12.345m, Items = [new() { Product = "tea" }], Redeemables = [new() { Id = " CODE " }, new()] }.Redemption());

        Assert.Equal("""{"redeemables":[{"object":"voucher","id":"CODE"}],"order":{"amount":1235}}""", body.GetRawText());
    }

    [Fact]
    public void EachStep_SaysWhatItTookOffEachItem_AndOffTheOrder()
    {
        var verdict = PlayVerdict.Read(JsonDocument.Parse(
            """
            {"valid":true,"order":{"amount":13000,"initial_amount":12000},"redeemables":[
              {"status":"APPLICABLE","id":"A","object":"voucher","result":{"discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ITEMS"}},
               "order":{"amount":12000,"total_amount":11100,"items":[{"source_id":"tea","amount":9000,"subtotal_amount":8100},{"source_id":"cup","amount":3000,"subtotal_amount":3000}]}},
              {"status":"APPLICABLE","id":"B","object":"voucher","result":{"gift":{"balance":5000,"credits":2000}},
               "order":{"amount":13000,"initial_amount":12000,"total_amount":9100,"items":[{"source_id":"tea","amount":9000,"subtotal_amount":8100},{"source_id":"cup","amount":3000,"subtotal_amount":3000},
                 {"product":{"name":"Biscuit"},"amount":1000,"initial_amount":0,"subtotal_amount":0,"discount_quantity":1}]}}]}
            """).RootElement, "USD");

        Assert.Equal((12000, 9100), (verdict.Initial, verdict.Total));
        var (first, second) = (verdict.Steps[0], verdict.Steps[1]);
        Assert.Equal((900, 11100, 0), (first.Off, first.After, first.OffOrder));
        Assert.Equal([new PlayItemStep("tea", 900, 0)], first.Items);
        Assert.Equal((2000, 9100, 2000), (second.Off, second.After, second.OffOrder));
        Assert.Equal([new PlayItemStep("Biscuit", 0, 1)], second.Items);
        Assert.Contains("$20.00", second.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("js")]
    [InlineData("cs")]
    public void ASample_HoldsTheWholeBody_AndNothingThatEndsItsQuotes(string language)
    {
        var order = new PlayOrder { IsAmountOnly = true, Amount = 1, Customer = "o'neill \"\"\" `x` ${y} \\", Redeemables = [new() { Id = "é'" }] };

        var sample = PlayCode.Of(language, "http://shop.example", redeems: true, order.Redemption());

        var (from, to) = (sample.IndexOf("{\n", sample.IndexOf("redeem", StringComparison.Ordinal) is var at && language == "js" ? at : 0, StringComparison.Ordinal), sample.LastIndexOf("\n}", StringComparison.Ordinal));
        var body = sample[from..(to + 2)];
        Assert.Equal(order.Redemption().ToJsonString(), JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(body)));
        Assert.DoesNotContain('\'', body);
        Assert.DoesNotContain("\"\"\"", body, StringComparison.Ordinal);
    }

    private static PlayOrder Everything() => new()
    {
        Items = [new() { Product = " tea ", Quantity = 2, Price = 10.5m }, new() { Kind = "sku", Product = "500 g", ItemId = "sku_1" }],
        Redeemables = [new() { Kind = "gift_card", Id = "CARD", Credits = 12.5m }, new() { Kind = "loyalty_card", Id = "POINTS", Reward = "rew_1", Points = 30 }, new() { Kind = "promotion_tier", Id = "promo_1" }],
        Customer = "ada", OrderMetadata = [new() { Name = "gift", Text = "true" }], CustomerMetadata = [new() { Name = "age", Text = "41" }], Metadata = [new() { Name = "till", Text = "4b" }],
        Locks = true, SessionKey = "k", Ttl = 5, TtlUnit = "HOURS",
    };
}
