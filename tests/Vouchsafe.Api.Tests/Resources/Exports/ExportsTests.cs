using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources.Exports;

public sealed class SqliteExportsTests(SqliteExportsTests.Host host) : ExportsTests(host), IClassFixture<SqliteExportsTests.Host>
{
    public sealed class Host : ExportsHost
    {
        private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
    }
}

public sealed class PostgresExportsTests(PostgresExportsTests.Host host) : ExportsTests(host), IClassFixture<PostgresExportsTests.Host>
{
    public sealed class Host(PostgresServer postgres) : ExportsHost
    {
        private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
    }
}

/// <summary>The server of a class of tests of exports.</summary>
public abstract class ExportsHost : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    private protected abstract Task<TestServer> StartAsync();

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Server = await StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Rows of a project as CSV files: chosen and sorted as asked, harmless to open, and gone after their time.</summary>
public abstract class ExportsTests(ExportsHost host)
{
    private readonly TestServer _server = host.Server;
    private HttpClient Shop => _server.Private();

    [Fact]
    public async Task TransactionsOfACard_AreThoseOfTheCard_InTheirOrder_WithTheFieldsThatWereAsked()
    {
        var (card, other) = (await Shop.CardAsync(1_000), await Shop.CardAsync(1_000));
        (await Shop.PostAsync($"/v1/vouchers/{card}/balance", new { amount = 250, reason = "Sorry, really" })).Ok();
        (await Shop.PostAsync($"/v1/vouchers/{other}/balance", new { amount = 5 })).Ok();
        (await Shop.PostAsync("/v1/redemptions", MoneyServer.Use(card, amount: 400))).Ok();

        var asked = (await Shop.PostAsync($"/v1/vouchers/{card}/transactions/export", new
        {
            parameters = new { order = "created_at", fields = new[] { "type", "amount", "balance", "reason", "source" } },
        })).Ok();
        Assert.Equal(("export", "SCHEDULED", "voucher_transactions", "API"), (asked.Text("object"), asked.Text("status"), asked.Text("exported_object"), asked.Text("channel")));
        Assert.True(asked.Has("result") && asked.Has("user_id"));

        Assert.Equal(
            ["Type,Amount,Balance,Reason,Source", "CREDITS_ADDITION,250,1250,\"Sorry, really\",API", "CREDITS_REDEMPTION,-400,850,,"], await FileAsync(asked.Text("id")!));
    }

    [Fact]
    public async Task TransactionsOfACampaign_AreThoseOfAllItsCards_AndOnlyOfCampaignsWithCards()
    {
        var campaign = (await Shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("gifts"), campaign_type = "GIFT_VOUCHERS", type = "AUTO_UPDATE", voucher = new { type = "GIFT_VOUCHER", gift = new { amount = 500, effect = "APPLY_TO_ORDER" } },
        })).Ok().Text("id")!;
        string[] codes = [Calls.Fresh("A"), Calls.Fresh("B")];
        foreach (var code in codes)
        {
            (await Shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", new { })).Ok();
            (await Shop.PostAsync($"/v1/vouchers/{code}/balance", new { amount = 7 })).Ok();
        }
        (await Shop.PostAsync($"/v1/vouchers/{await Shop.CardAsync(10)}/balance", new { amount = 7 })).Ok();

        var asked = (await Shop.PostAsync($"/v1/campaigns/{campaign}/transactions/export", new { parameters = new { fields = new[] { "campaign_id", "amount" } } })).Ok();
        Assert.Equal(["Campaign ID,Amount", $"{campaign},7", $"{campaign},7"], await FileAsync(asked.Text("id")!));

        var coupons = (await Shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("coupons"), campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 10 } },
        })).Ok().Text("id")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await Shop.PostAsync($"/v1/campaigns/{coupons}/transactions/export", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Shop.PostAsync("/v1/vouchers/none/transactions/export", new { })).Status);
    }

    [Fact]
    public async Task EveryKind_WithAllItsFields_HasAFile()
    {
        var customer = Calls.Fresh("buyer");
        var code = await Shop.VoucherAsync(null);
        (await Shop.PostAsync("/v1/redemptions", MoneyServer.Use(code, customer: customer))).Ok();
        (await Shop.PostAsync("/v1/publications", new { voucher = await Shop.VoucherAsync(null), customer = new { source_id = customer } })).Ok();
        var product = (await Shop.PostAsync("/v1/products", new { name = "Cup", source_id = Calls.Fresh("cup"), price = 500 })).Ok().Text("id");
        (await Shop.PostAsync($"/v1/products/{product}/skus", new { sku = "Blue cup", source_id = Calls.Fresh("blue") })).Ok();
        foreach (var kind in Vouchsafe.Api.Resources.Exports.ExportKinds.Names.Select(name => Vouchsafe.Api.Resources.Exports.ExportKinds.Find(name)!))
        {
            var file = await FileAsync((await Shop.PostAsync("/v1/exports", new { exported_object = kind.Name, parameters = new { fields = kind.Fields } })).Ok().Text("id")!);
            Assert.Equal(kind.Fields.Count, file[0].Split(',').Length);
            Assert.True(file.Length > 1 || kind.Name is "points_expiration" or "voucher_transactions", kind.Name);
            foreach (var order in kind.Orders)
                Assert.Equal(file.Length, (await FileAsync((await Shop.PostAsync("/v1/exports", new { exported_object = kind.Name, parameters = new { order } })).Ok().Text("id")!)).Length);
        }
    }

    [Fact]
    public async Task Filters_AndOrder_HoldAsTheySay()
    {
        var group = Calls.Fresh("group");
        foreach (var name in new[] { "Cecil", "Anna", "Bert" }) (await Shop.PostAsync("/v1/customers", new { source_id = $"{group}-{name}", name, metadata = new { group, rank = name.Length } })).Ok();
        var asked = (await Shop.PostAsync("/v1/exports", new
        {
            exported_object = "customer",
            parameters = new
            {
                order = "name", fields = new[] { "name", "metadata.rank" },
                filters = new Dictionary<string, object>
                {
                    ["junction"] = "and", ["metadata.group"] = new { conditions = new Dictionary<string, object> { ["$is"] = new[] { group } } },
                    ["metadata.rank"] = new { conditions = new Dictionary<string, object> { ["$less_than"] = new[] { 5 } } },
                },
            },
        })).Ok();
        Assert.Equal(["Name,metadata.rank", "Anna,4", "Bert,4"], await FileAsync(asked.Text("id")!));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")", "'=HYPERLINK(\"\"http://evil.example\"\")")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("+48123456", "+48123456")]
    [InlineData("Ann = Bob", "Ann = Bob")]
    public async Task TextsThatASpreadsheetWouldRun_AreMadeHarmless(string name, string cell)
    {
        var id = (await Shop.PostAsync("/v1/customers", new { source_id = Calls.Fresh("c"), name })).Ok().Text("id")!;
        var asked = (await Shop.PostAsync("/v1/exports", new
        {
            exported_object = "customer", parameters = new { fields = new[] { "name" }, filters = new { id = new { conditions = new Dictionary<string, object> { ["$is"] = new[] { id } } } } },
        })).Ok();
        var line = (await FileAsync(asked.Text("id")!))[1];
        Assert.Equal(cell, line.StartsWith('"') ? line[1..^1] : line);
    }

    [Theory]
    [InlineData("""{"exported_object":"nothing"}""", "exported_object")]
    [InlineData("""{}""", "exported_object")]
    [InlineData("""{"exported_object":"order","parameters":{"fields":["id","colour"]}}""", "Allowed fields: id, source_id")]
    [InlineData("""{"exported_object":"order","parameters":{"fields":[]}}""", "Allowed fields")]
    [InlineData("""{"exported_object":"order","parameters":{"fields":[null]}}""", "fields")]
    [InlineData("""{"exported_object":"order","parameters":{"order":"colour"}}""", "parameters.order")]
    [InlineData("""{"exported_object":"order","parameters":{"filters":{"colour":{"conditions":{"$is":["x"]}}}}}""", "parameters.filters.colour")]
    [InlineData("""{"exported_object":"order","parameters":{"filters":{"status":{"conditions":{"$like":["x"]}}}}}""", "$like")]
    [InlineData("""{"exported_object":"order","parameters":{"filters":[1]}}""", "parameters.filters")]
    [InlineData("""{"exported_object":"order","parameters":{"campaign_id":"x"}}""", "parameters.campaign_id")]
    public async Task WhatCannotBeExported_IsRefused_AndNamed(string body, string named)
    {
        using var answer = await Shop.PostAsync("/v1/exports", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFile_OpensByItsLinkAlone_NotByAnother_AndGoesWithItsExport()
    {
        var id = (await Shop.PostAsync("/v1/exports", new { exported_object = "sku" })).Ok().Text("id")!;
        var link = new Uri(await LinkAsync(id));
        var anybody = _server.With();
        using (var file = await anybody.GetAsync(link.PathAndQuery))
        {
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal("text/plain", file.Content.Headers.ContentType?.MediaType);
            Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
            Assert.True(file.Headers.CacheControl?.NoStore);
        }
        Assert.Equal(HttpStatusCode.OK, (await Shop.GetAsync($"/v1/exports/{id}{link.Query}")).StatusCode);
        foreach (var query in new[] { "", "?token=", "?token=wrong", link.Query + "x" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync(link.AbsolutePath + query)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync("/api/v1/exports/exp_none" + link.Query)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await Shop.DeleteAsync($"/v1/exports/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync(link.PathAndQuery)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Shop.GetAsync($"/v1/exports/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Shop.DeleteAsync($"/v1/exports/{id}")).StatusCode);
        Assert.False(await _server.ReadAsync(db => db.ExportParts.AnyAsync(p => p.ExportId == id)));
    }

    [Fact]
    public async Task Exports_AreListed_AndAreNoAsyncActions()
    {
        var id = (await Shop.PostAsync("/v1/exports", new { exported_object = "product" })).Ok().Text("id")!;
        var list = (await Shop.GetJsonAsync("/v1/exports?limit=1&order=-created_at")).Ok();
        Assert.Equal(("list", "exports"), (list.Text("object"), list.Text("data_ref")));
        Assert.Contains(id, (await Shop.GetJsonAsync("/v1/exports?limit=100")).Ok().Body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("EXPORT", (await Shop.GetJsonAsync("/v1/async-actions?limit=100")).Ok().Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Shop.GetAsync("/v1/exports?order=colour")).StatusCode);
    }

    private async Task<string> LinkAsync(string id)
    {
        for (var looks = 0; looks < 1_200; looks++)
        {
            var export = (await Shop.GetJsonAsync($"/v1/exports/{id}")).Ok();
            if (export.Text("status") == "DONE") return export.Text("result.url")!;
            Assert.NotEqual("ERROR", export.Text("status"));
            await Task.Delay(50);
        }
        throw new TimeoutException("The export is not done.");
    }

    private async Task<string[]> FileAsync(string id)
    {
        using var answer = await _server.With().GetAsync(new Uri(await LinkAsync(id)).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
