using Vouchsafe.Api.Tests.Management;

namespace Vouchsafe.Api.Tests.Resources.Categories;

/// <summary>DELETE /v1/categories/{id}, and the stacking rules that name categories.</summary>
public sealed class DeleteCategoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Theory]
    [InlineData("exclusive_categories")]
    [InlineData("joint_categories")]
    [InlineData("initial_amount_mode_categories")]
    [InlineData("discounted_amount_mode_categories")]
    [InlineData("no_effect_skip_categories")]
    [InlineData("no_effect_redeem_anyway_categories")]
    [InlineData("applicable_redeemables_category_limits")]
    public async Task ACategoryThatStackingRulesName_IsKept_UnlessItIsToBeTakenOutOfThem(string list)
    {
        var project = await _server.CreateProjectAsync();
        var shop = _server.ServerOf(project);
        async Task<string> CategoryAsync(string name) => (await shop.PostAsync("/v1/categories", new { name, hierarchy = 1 })).Ok().Text("id")!;
        var (named, other) = (await CategoryAsync("Named"), await CategoryAsync("Other"));
        var path = ManagementCalls.Path(project) + "/stacking-rules";
        object value = list.EndsWith("limits", StringComparison.Ordinal) ? new Dictionary<string, int> { [named] = 1, [other] = 1 } : new[] { named, other };
        (await _server.Management().PostAsync(path, new Dictionary<string, object> { [list] = value })).Ok();

        var kept = await shop.DeleteJsonAsync($"/v1/categories/{named}");
        Assert.Equal((HttpStatusCode.BadRequest, "category_in_use", named), (kept.Status, kept.Text("key"), kept.Text("resource_id")));
        (await shop.GetJsonAsync($"/v1/categories/{named}")).Ok();
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/categories/{named}?remove_from_stacking_rules=true")).Status);

        var rules = (await _server.Management().GetJsonAsync(path)).Ok()[$"data.0.{list}"].GetRawText();
        Assert.DoesNotContain(named, rules, StringComparison.Ordinal);
        Assert.Contains(other, rules, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.DeleteJsonAsync($"/v1/categories/{named}")).Status);
    }
}
