namespace Vouchsafe.Api.Tests.Resources.Validations;

/// <summary>What a verdict says on the wire.</summary>
public sealed class ValidationAnswerTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task Validate_ARuleRefuses_TheErrorNamesRuleAndRequest()
    {
        var rule = await Shop.MinimumAsync(5000);
        var code = await Shop.AmountVoucherAsync(rule: rule);
        var answer = (await Shop.PostAsync("/v1/validations", Use(code, 5000))).Ok();
        Assert.Equal("order_rules_violated", answer.Text("redeemables.0.result.error.key"));
        Assert.Contains(rule, answer.Text("redeemables.0.result.error.details"));
        Assert.StartsWith("v-", answer.Text("redeemables.0.result.error.request_id"));
        Assert.Equal("order_rules_violated", answer.Text("redeemables.0.result.details.key"));
    }

    [Fact]
    public async Task Validate_TheRulesAuthorWroteAMessage_TheShortReasonIsThatMessage()
    {
        var code = await Shop.AmountVoucherAsync(rule: await Shop.MinimumAsync(5000, "Spend a little more."));
        var answer = (await Shop.PostAsync("/v1/validations", Use(code, 100))).Ok();
        Assert.Equal("Spend a little more.", answer.Text("redeemables.0.result.details.message"));
        Assert.Equal("Spend a little more.", answer.Text("redeemables.0.result.error.error.message"));
    }

    [Fact]
    public async Task Validate_NotValid_ListsWhatWasRefusedAndWhatWasSkipped()
    {
        var good = await Shop.AmountVoucherAsync();
        var answer = (await Shop.PostAsync("/v1/validations", new
        {
            redeemables = new[] { new { @object = "voucher", id = "NO-SUCH-CODE" }, new { @object = "voucher", id = good } }, order = new { amount = 1000 },
        })).Ok();
        Assert.False(answer["valid"].GetBoolean());
        Assert.Equal("NO-SUCH-CODE", answer.Text("inapplicable_redeemables.0.id"));
        Assert.Equal("not_found", answer.Text("inapplicable_redeemables.0.result.details.key"));
        Assert.Equal(good, answer.Text("skipped_redeemables.0.id"));
    }

    [Fact]
    public async Task Validate_TheOlderForm_RefusedByARule_CarriesTheWholeError()
    {
        var rule = await Shop.MinimumAsync(5000);
        var code = await Shop.AmountVoucherAsync(rule: rule);
        var answer = (await _server.Client().GetJsonAsync($"/client/v1/validate?code={code}&amount=100")).Ok();
        Assert.False(answer["valid"].GetBoolean());
        Assert.Equal("order_rules_violated", answer.Text("error.key"));
        Assert.Equal(400, answer.Number("error.code"));
    }

    [Fact]
    public async Task Validate_FromAPageWithoutTrackingId_GivesOneThatComesBackTheSame()
    {
        var code = await Shop.AmountVoucherAsync();
        var page = _server.Client();
        var given = (await page.GetJsonAsync($"/client/v1/validate?code={code}&amount=1000")).Ok().Text("tracking_id");
        Assert.StartsWith("track_", given);
        var again = (await page.GetJsonAsync($"/client/v1/validate?code={code}&amount=1000&tracking_id={given}")).Ok().Text("tracking_id");
        Assert.Equal(given, again);
        Assert.False((await Shop.PostAsync("/v1/validations", Use(code, 1000))).Ok().Has("tracking_id"));
    }

    [Fact]
    public async Task Validate_AFormulaOfThePublication_ReadsIt_AlsoOfACodeThatStandsAlone()
    {
        var code = Calls.Fresh("PUB");
        (await Shop.PostAsync($"/v1/vouchers/{code}", new
        {
            type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100, amount_off_formula = "PUBLICATION_METADATA(\"share\")", effect = "APPLY_TO_ORDER" },
        })).Ok();
        Assert.Equal(100, (await Shop.PostAsync("/v1/validations", Use(code, 5000))).Ok().Number("order.total_discount_amount"));
        (await Shop.PostAsync("/v1/publications", new { voucher = code, customer = new { source_id = "reader" }, metadata = new { share = 3 } })).Ok();
        Assert.Equal(300, (await Shop.PostAsync("/v1/validations", Use(code, 5000))).Ok().Number("order.total_discount_amount"));
    }

    private static object Use(string code, long amount) => new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount } };
}
