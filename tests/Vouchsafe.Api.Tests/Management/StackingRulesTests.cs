namespace Vouchsafe.Api.Tests.Management;

/// <summary>The limits of stacking rules, as they are written.</summary>
public sealed class StackingRulesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("""{"redeemables_limit":31}""", "redeemables_limit")]
    [InlineData("""{"redeemables_limit":3,"applicable_redeemables_limit":4}""", "applicable_redeemables_limit")]
    [InlineData("""{"applicable_redeemables_limit":5,"applicable_redeemables_per_category_limit":6}""", "applicable_redeemables_per_category_limit")]
    [InlineData("""{"applicable_redeemables_limit":5,"applicable_redeemables_category_limits":{"cat_1":6}}""", "applicable_redeemables_category_limits.cat_1")]
    [InlineData("""{"applicable_exclusive_redeemables_limit":6}""", "applicable_exclusive_redeemables_limit")]
    [InlineData("""{"applicable_exclusive_redeemables_limit":2,"applicable_exclusive_redeemables_per_category_limit":3}""", "applicable_exclusive_redeemables_per_category_limit")]
    [InlineData("""{"no_effect_skip_categories":["cat_1"],"no_effect_redeem_anyway_categories":["cat_1"]}""", "no_effect_skip_categories")]
    public async Task ALimitOutOfItsRange_IsRefusedByName(string rules, string field)
    {
        var path = ManagementCalls.Path(await shared.Server.CreateProjectAsync()) + "/stacking-rules";
        var answer = await shared.Server.Management().PostAsync(path, System.Text.Json.JsonDocument.Parse(rules).RootElement);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(field, answer.Text("details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheLargestLimits_AreTaken()
    {
        var path = ManagementCalls.Path(await shared.Server.CreateProjectAsync()) + "/stacking-rules";
        (await shared.Server.Management().PostAsync(path, new
        {
            redeemables_limit = 30, applicable_redeemables_limit = 30, applicable_redeemables_per_category_limit = 30,
            applicable_exclusive_redeemables_limit = 5, applicable_exclusive_redeemables_per_category_limit = 5,
        })).Ok();
    }
}
