namespace Vouchsafe.Api.Tests.Resources.Redemptions;

/// <summary>GET /v1/redemptions.</summary>
public sealed class ListRedemptionsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task List_ByEveryDocumentedFilter_FindsWhatIsMeantAndNothingElse()
    {
        var rule = await Shop.MinimumAsync(500);
        var (code, customer) = (await Shop.AmountVoucherAsync(rule: rule), Calls.Fresh("c"));
        Task<Calls.Answer> Use(long amount) => Shop.PostAsync($"/v1/vouchers/{code}/redemption", new { order = new { amount }, customer = new { source_id = customer } });
        var made = (await Use(1000)).Ok();
        var refused = (await Use(100)).Text("resource_id")!;
        var taken = (await Shop.PostAsync($"/v1/redemptions/{made.Text("id")}/rollback", new { })).Ok().Text("id")!;
        var (redemption, voucher, buyer) = (made.Text("id")!, made.Text("voucher.id")!, made.Text("customer_id")!);

        var ours = $"voucher={code}";
        await ExpectAsync(ours, redemption, refused, taken);
        await ExpectAsync($"customer={customer}&result=SUCCESS", redemption, taken);
        await ExpectAsync($"{ours}&result=FAILURE", refused);
        await ExpectAsync($"{ours}&result=FAILURE&result=SUCCESS", redemption, refused, taken);
        await ExpectAsync($"filters[voucher_code][conditions][$is]={code}&filters[object][conditions][$is]=redemption", redemption, refused);
        await ExpectAsync($"{ours}&filters[object][conditions][$is_not]=redemption", taken);
        await ExpectAsync($"{ours}&filters[result][conditions][$in][0]=FAILURE", refused);
        await ExpectAsync($"filters[failure_code][conditions][$is]=order_rules_violated&{ours}", refused);
        await ExpectAsync($"{ours}&filters[failure_code][conditions][$is_unknown]=", redemption, taken);
        await ExpectAsync($"filters[related_object_id][conditions][$is]={voucher}", redemption, refused, taken);
        await ExpectAsync($"filters[customer_id][conditions][$is]={buyer}&filters[customer_id][conditions][$has_value]=", redemption, refused, taken);
        await ExpectAsync($"{ours}&filters[campaign_name][conditions][$has_value]=");
        await ExpectAsync($"{ours}&filters[user_login][conditions][$is]=nobody");
    }

    [Fact]
    public async Task List_ByCampaign_FindsItsTiersToo()
    {
        var tier = await Shop.TierAsync();
        var used = (await Shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount = 1000 } })).Ok();
        var campaign = used.Text("promotion_tier.campaign_id");
        await ExpectAsync($"campaign={campaign}", used.Text("id")!);
        await ExpectAsync($"filters[related_object_parent_id][conditions][$is]={campaign}", used.Text("id")!);
        await ExpectAsync($"filters[related_object_id][conditions][$is]={tier}", used.Text("id")!);
    }

    [Theory]
    [InlineData("created_at")]
    [InlineData("-id")]
    [InlineData("voucher_code")]
    [InlineData("-tracking_id")]
    [InlineData("customer_id")]
    public async Task List_InEveryDocumentedOrder_Answers(string order) => (await Shop.GetJsonAsync($"/v1/redemptions?order={order}")).Ok();

    [Theory]
    [InlineData("order=amount", "order")]
    [InlineData("result=MAYBE", "result")]
    [InlineData("filters[colour][conditions][$is]=red", "colour")]
    [InlineData("filters[customer_id][conditions][$more_than]=1", "$more_than")]
    public async Task List_ByWhatIsNoFilter_IsRefusedByName(string query, string named)
    {
        var answer = await Shop.GetJsonAsync($"/v1/redemptions?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(named, answer.Text("details"));
    }

    private async Task ExpectAsync(string query, params string[] ids)
    {
        var answer = (await Shop.GetJsonAsync($"/v1/redemptions?limit=100&{query}")).Ok();
        Assert.Equal(ids.Order(), answer["redemptions"].EnumerateArray().Select(r => r.GetProperty("id").GetString()!).Order());
        Assert.Equal(ids.Length, answer.Number("total"));
    }
}
