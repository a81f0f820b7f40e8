using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Management;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>Changes to a project are in force with the answer; a deleted one is gone with everything.</summary>
public sealed class ProjectLifeTests(SharedServer shared, PostgresServer postgres) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task TrustedDomains_AreInForceAtOnce_InBothDirections()
    {
        var project = await _server.CreateProjectAsync();
        var page = _server.PageOf(project, "https://new.example");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(page));
        await PutAsync(project, new { client_trusted_domains = new[] { "shop.example", "new.example" } });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(page));
        await PutAsync(project, new { client_trusted_domains = new[] { "shop.example" } });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(page));
    }

    [Fact]
    public async Task ReportOnly_LetsAForeignOriginIn_NotesIt_AndEnforcementRefusesItAgain()
    {
        var project = await _server.CreateProjectAsync();
        var page = _server.PageOf(project, "https://unlisted.example");
        await PutAsync(project, new { client_trusted_domains_report_only = true });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(page));
        var refused = await _server.Management().GetFromJsonAsync<JsonElement>(ManagementCalls.Path(project) + "/origins/refused");
        Assert.Equal("https://unlisted.example", refused.GetProperty("data")[0].GetProperty("origin").GetString());
        await PutAsync(project, new { client_trusted_domains_report_only = false });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(page));
    }

    [Theory]
    [InlineData("client_redeem_enabled", "POST", "/client/v1/redeem?code=NONE", "{}")]
    [InlineData("client_redeem_enabled", "POST", "/client/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"NONE"}]}""")]
    [InlineData("client_publish_enabled", "POST", "/client/v1/publish", """{"campaign":{"name":"NONE"},"customer":{"source_id":"a"}}""")]
    [InlineData("client_list_vouchers_enabled", "GET", "/client/v1/vouchers?customer=NONE", null)]
    [InlineData("client_create_customer_enabled", "POST", "/client/v1/customers", """{"source_id":"a"}""")]
    [InlineData("client_loyalty_events_enabled", "POST", "/client/v1/events", """{"event":"e","customer":{"source_id":"a"}}""")]
    public async Task ClientPermission_SwitchesItsOperation_AtOnce(string permission, string method, string path, string? body)
    {
        var project = await _server.CreateProjectAsync();
        var page = _server.PageOf(project, TestServer.Origin);
        var off = await AskAsync();
        Assert.True(off.Status == HttpStatusCode.Forbidden && off.Text.Contains(permission, StringComparison.Ordinal), off.Text);
        await PutAsync(project, new Dictionary<string, bool> { [permission] = true });
        var on = await AskAsync();
        Assert.False(on.Text.Contains("is switched off in this project", StringComparison.Ordinal), on.Text);
        await PutAsync(project, new Dictionary<string, bool> { [permission] = false });
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync()).Status);

        async Task<(HttpStatusCode Status, string Text)> AskAsync()
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await page.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Delete_KillsEveryKeyAndTokenAtOnce_AndTheProjectIsNotFound()
    {
        var project = await _server.CreateProjectAsync();
        var server = _server.ServerOf(project);
        var page = _server.PageOf(project, TestServer.Origin);
        var bearer = _server.With(("Authorization", "Bearer " + await server.TokenAsync("api")));
        Assert.Equal(HttpStatusCode.OK, (await bearer.GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(page));

        using var answer = await _server.Management().DeleteAsync(ManagementCalls.Path(project));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bearer.GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(page));
        var path = ManagementCalls.Path(project);
        foreach (var below in new[] { "", "/keys", "/stacking-rules", "/origins/refused" })
            Assert.Equal(HttpStatusCode.NotFound, (await _server.Management().GetAsync(path + below)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Management().DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Management().PostAsJsonAsync(path + "/keys", new { name = "late", kind = "server_side" })).StatusCode);
        Assert.DoesNotContain(project.GetProperty("id").GetString()!, await _server.Management().GetStringAsync("/management/v1/projects"));
    }

    [Fact]
    public async Task Delete_OfTheSandbox_Is403AndItLives()
    {
        var sandbox = (await _server.Management().GetFromJsonAsync<JsonElement>("/management/v1/projects")).GetProperty("data")[0];
        using var answer = await _server.Management().DeleteAsync(ManagementCalls.Path(sandbox));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.Private().GetAsync("/v1/vouchers")).StatusCode);
    }

    [Fact]
    public async Task DeletedProject_IsErasedFromEveryTable_AndTheOthersAreNot()
    {
        await using var server = await TestServer.StartAsync();
        await EraseAsync(server);
    }

    [Fact]
    public async Task DeletedProject_IsErasedFromEveryTable_OnPostgreSql()
    {
        await using var cluster = await Cluster.StartAsync(postgres, 1);
        await EraseAsync(cluster.Nodes[0]);
    }

    private static async Task EraseAsync(TestServer server)
    {
        var (kept, doomed) = (await server.CreateProjectAsync(), await server.CreateProjectAsync());
        foreach (var project in new[] { kept, doomed }) await FillAsync(server.ServerOf(project), server, project);
        var (keptId, doomedId) = (kept.GetProperty("id").GetString()!, doomed.GetProperty("id").GetString()!);
        var before = DataOf(await RowsAsync(server, keptId));
        Assert.Equal(before, DataOf(await RowsAsync(server, doomedId)));
        var (counters, items, members) = await DependantsAsync(server);
        await server.Management().DeleteAsync(ManagementCalls.Path(doomed));

        await server.Services.GetRequiredService<Housekeeping>().RunAsync(default);
        Assert.True((await RowsAsync(server, doomedId))["vouchers"] > 0, "Requests under way may still write; their rows are to be erased too.");
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(default);

        Assert.All((await RowsAsync(server, doomedId)).Values, rows => Assert.Equal(0, rows));
        Assert.Equal(before, DataOf(await RowsAsync(server, keptId)));
        var (countersLeft, itemsLeft, membersLeft) = await DependantsAsync(server);
        Assert.Equal((items / 2, members / 2), (itemsLeft, membersLeft));
        Assert.True(countersLeft < counters);
        Assert.False(await server.ReadAsync(db => db.Projects.IgnoreQueryFilters().AnyAsync(p => p.Id == doomedId)));
        Assert.Equal(HttpStatusCode.OK, (await server.ServerOf(kept).GetAsync("/v1/vouchers/KEPT")).StatusCode);
    }

    private static async Task FillAsync(HttpClient shop, TestServer server, JsonElement project)
    {
        await shop.CreateVoucherAsync("KEPT");
        var customer = await PostAsync(shop, "/v1/customers", new { source_id = "c" });
        var product = await PostAsync(shop, "/v1/products", new { name = "P", source_id = "p" });
        await PostAsync(shop, "/v1/product-collections",
            new { name = "PC", type = "STATIC", products = new[] { new { id = product.GetProperty("id").GetString(), @object = "product" } } });
        await PostAsync(shop, "/v1/segments", new { name = "S", type = "static", customers = new[] { customer.GetProperty("id").GetString() } });
        await PostAsync(shop, "/v1/vouchers/KEPT/redemption", new { order = new { amount = 1_000 }, customer = new { source_id = "c" } });
        using (await server.Management().PostAsJsonAsync(ManagementCalls.Path(project) + "/stacking-rules", new { })) { }
    }

    private static async Task<JsonElement> PostAsync(HttpClient shop, string path, object body)
    {
        using var answer = await shop.PostAsJsonAsync(path, body);
        var made = await TestServer.JsonAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {made}");
        return made;
    }

    /// <summary>Rows of a project, table by table, over the whole model.</summary>
    private static Task<Dictionary<string, long>> RowsAsync(TestServer server, string projectId) => server.ReadAsync(async db =>
    {
        Dictionary<string, long> rows = [];
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindProperty("ProjectId") is not null))
        {
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var sql = $"SELECT count(*) AS \"Value\" FROM \"{table.Name}\" WHERE project_id = {{0}}";
            rows[table.Name] = await db.Database.SqlQueryRaw<long>(sql, projectId).SingleAsync();
        }
        return rows;
    });

    private static Dictionary<string, long> DataOf(Dictionary<string, long> rows) =>
        rows.Where(row => !TrafficTables.Names.Contains(row.Key)).ToDictionary();

    private static Task<(int Counters, int Items, int Members)> DependantsAsync(TestServer server) => server.ReadAsync(async db =>
        (await db.Counters.CountAsync(), await db.ProductCollectionItems.CountAsync(), await db.SegmentMembers.CountAsync()));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient page)
    {
        using var answer = await page.GetAsync("/client/v1/promotions/tiers");
        return answer.StatusCode;
    }

    private async Task PutAsync(JsonElement project, object fields)
    {
        using var answer = await _server.Management().PutAsJsonAsync(ManagementCalls.Path(project), fields);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
