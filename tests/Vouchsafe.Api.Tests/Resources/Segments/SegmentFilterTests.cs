using Vouchsafe.Api.Tests.Management;

namespace Vouchsafe.Api.Tests.Resources.Segments;

/// <summary>Who is in a segment, by the calendar of the project, and how segments are listed.</summary>
public sealed class SegmentFilterTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    private static string Day(DateTimeOffset now, int days) => now.AddDays(days).ToString("yyyy-MM-dd");

    [Theory]
    [InlineData("$is_days_in_future", 3, 3, true)]
    [InlineData("$is_days_in_future", 3, 2, false)]
    [InlineData("$is_days_in_future", 3, 4, false)]
    [InlineData("$is_days_ago", 3, -3, true)]
    [InlineData("$is_days_ago", 3, -2, false)]
    [InlineData("$more_than_ago", 3, -4, true)]
    [InlineData("$more_than_ago", 3, -3, false)]
    [InlineData("$less_than_ago", 3, -2, true)]
    [InlineData("$less_than_ago", 3, -3, false)]
    [InlineData("$less_than_ago", 3, 1, false)]
    [InlineData("$more_than_future", 3, 4, true)]
    [InlineData("$more_than_future", 3, 3, false)]
    [InlineData("$less_than_future", 3, 2, true)]
    [InlineData("$less_than_future", 3, 3, false)]
    [InlineData("$less_than_future", 3, -1, false)]
    public async Task DaysFromToday_AreDaysOfTheCalendar(string condition, int days, int date, bool isIn)
    {
        var shop = _server.Private();
        var source = Calls.Fresh("c");
        (await shop.PostAsync("/v1/customers", new { source_id = source, metadata = new { on = Day(_server.Clock.GetUtcNow(), date) } })).Ok();
        var segment = (await shop.PostAsync("/v1/segments", new
        {
            name = Calls.Fresh("s"), type = "passive",
            filter = new Dictionary<string, object> { ["junction"] = "and", ["metadata.on"] = new { conditions = new Dictionary<string, object> { [condition] = new[] { days } } } },
        })).Ok().Text("id");

        var segments = (await shop.GetJsonAsync($"/v1/customers/{source}/segments")).Ok()["data"].EnumerateArray().Select(s => s.GetProperty("id").GetString());
        Assert.Equal(isIn, segments.Contains(segment));
    }

    [Fact]
    public async Task TheList_IsFilteredByNameIdAndType()
    {
        var shop = _server.ServerOf(await _server.CreateProjectAsync());
        async Task<string> MakeAsync(string name, string type) => (await shop.PostAsync("/v1/segments", new
        {
            name, type, filter = type == "static" ? null : new Dictionary<string, object> { ["name"] = new { conditions = new Dictionary<string, object> { ["$has_value"] = "" } } },
        })).Ok().Text("id")!;
        var ids = new[] { await MakeAsync("Gold club", "static"), await MakeAsync("Gold rush", "passive"), await MakeAsync("Tin", "auto-update") };
        async Task<IEnumerable<string?>> NamesAsync(string query) => (await shop.GetJsonAsync("/v1/segments?order=created_at&" + query)).Ok()["data"].EnumerateArray().Select(s => s.GetProperty("name").GetString());

        Assert.Equal(["Gold club", "Gold rush"], await NamesAsync("filters[name][conditions][$starts_with]=Gold"));
        Assert.Equal(["Gold rush"], await NamesAsync("filters[name][conditions][$ends_with]=rush"));
        Assert.Equal(["Gold club"], await NamesAsync("filters[name][conditions][$contains]=club"));
        Assert.Equal(["Gold rush", "Tin"], await NamesAsync("filters[name][conditions][$not_contain]=club"));
        Assert.Equal(["Tin"], await NamesAsync($"filters[id][conditions][$is]={ids[2]}"));
        Assert.Equal(["Gold club", "Tin"], await NamesAsync($"filters[id][conditions][$not_in][0]={ids[1]}"));
        Assert.Equal(["Gold club"], await NamesAsync("filters[type][conditions][$is]=static"));
        Assert.Equal(["Gold rush", "Tin"], await NamesAsync("filters[type][conditions][$is_not]=static"));
        Assert.Equal(["Gold club"], await NamesAsync("filters[type][conditions][$is]=static&filters[name][conditions][$starts_with]=Gold"));
        Assert.Equal(["Gold club", "Gold rush", "Tin"], await NamesAsync("filters[junction]=or&filters[name][conditions][$is]=Tin&filters[name][conditions][$starts_with]=Gold"));
        Assert.Equal(3, (await NamesAsync("filters[name][conditions][$has_value]=")).Count());
        Assert.Empty(await NamesAsync("filters[name][conditions][$is_unknown]="));
        foreach (var (query, named) in new[] { ("filters[color][conditions][$is]=red", "filters[color]"), ("filters[name][conditions][$like]=x", "$like"), ("filters[junction]=xor", "filters[junction]"),
            ("filters[junction]=or&filters[name][conditions][$is]=Tin&filters[created_at][conditions][$after]=2020-01-01", "filters[created_at]") })
        {
            var wrong = await shop.GetJsonAsync("/v1/segments?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.Contains(named, wrong.Text("details"), StringComparison.Ordinal);
        }
    }
}
