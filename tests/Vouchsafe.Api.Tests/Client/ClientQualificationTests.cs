namespace Vouchsafe.Api.Tests.Client;

/// <summary>POST /client/v1/qualifications.</summary>
public sealed class ClientQualificationTests
{
    [Fact]
    public async Task Qualify_FromAPage_FindsWhatTheShopFinds_WithoutTheShopsRules()
    {
        await using var server = await TestServer.StartAsync();
        var code = await server.Private().AmountVoucherAsync();
        var answer = (await server.Client().PostAsync("/client/v1/qualifications", Named(code))).Ok();
        Assert.Equal(code, answer.Text("redeemables.data.0.id"));
        Assert.False(answer.Has("stacking_rules"));
        Assert.StartsWith("track_", answer.Text("tracking_id"));
    }

    [Fact]
    public async Task Qualify_CodesGuessedInOneRequest_CountEachAgainstTheBudget()
    {
        await using var server = await TestServer.StartAsync([("Limits:WrongCodes:PerHour", "5")]);
        var code = await server.Private().AmountVoucherAsync();
        var page = server.Client();
        (await page.PostAsync("/client/v1/qualifications", Named(code, "WRONG-1", "WRONG-2", "WRONG-3", "WRONG-4"))).Ok();
        var guesses = await page.PostAsync("/client/v1/qualifications", Named(code, "WRONG-5", "WRONG-6"));
        Assert.Equal(HttpStatusCode.TooManyRequests, guesses.Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await page.PostAsync("/client/v1/qualifications", Named(code))).Status);
    }

    private static object Named(params string[] codes) => new
    {
        scenario = "ALL", order = new { amount = 5000 },
        options = new { filters = new { code = new { conditions = new Dictionary<string, object> { ["$in"] = codes } } }, limit = 50 },
    };
}
