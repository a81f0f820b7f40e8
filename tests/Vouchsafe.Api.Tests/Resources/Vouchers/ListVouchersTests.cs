using System.Net.Http.Json;

namespace Vouchsafe.Api.Tests.Resources.Vouchers;

/// <summary>The published list of vouchers.</summary>
public sealed class ListVouchersTests
{
    [Fact]
    public async Task ACategory_MayBeNamedOrGivenByItsId()
    {
        await using var server = await TestServer.StartAsync();
        using var caller = server.Private();
        var category = (await TestServer.JsonAsync(await caller.PostAsJsonAsync("/v1/categories", new { name = "Staff", hierarchy = 1 }))).GetProperty("id").GetString()!;
        foreach (var (code, of) in new (string, string?)[] { ("STAFF-1", category), ("FREE-1", null) })
        {
            using var made = await caller.PostAsJsonAsync($"/v1/vouchers/{code}", new { type = "DISCOUNT_VOUCHER", discount = new { type = "PERCENT", percent_off = 10 }, category_id = of });
            made.EnsureSuccessStatusCode();
        }

        Assert.Equal(["STAFF-1"], await CodesAsync($"category={category}"));
        Assert.Equal(["STAFF-1"], await CodesAsync("category=Staff"));
        Assert.Empty(await CodesAsync("category=Unknown"));
        Assert.Equal(["STAFF-1"], await CodesAsync("filters[category][conditions][$is][0]=Staff"));
        Assert.DoesNotContain("STAFF-1", await CodesAsync("filters[category][conditions][$is_not][0]=Staff"));
        Assert.Contains("FREE-1", await CodesAsync("filters[category][conditions][$is_not][0]=Staff"));

        async Task<string?[]> CodesAsync(string query)
        {
            var list = await TestServer.JsonAsync(await caller.GetAsync($"/v1/vouchers?{query}"));
            return [.. list.GetProperty("vouchers").EnumerateArray().Select(v => v.GetProperty("code").GetString())];
        }
    }
}
