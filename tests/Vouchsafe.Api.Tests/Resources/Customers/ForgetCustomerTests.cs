using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources.Customers;

public sealed class SqliteForgetCustomerTests : ForgetCustomerTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresForgetCustomerTests(PostgresServer postgres) : ForgetCustomerTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>POST /v1/customers/{id}/permanent-deletion.</summary>
public abstract class ForgetCustomerTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task ACustomer_IsForgottenWithAllThatSaysWhoTheyAre_AndNobodyElseIs()
    {
        await using var server = await StartAsync();
        var shop = server.Private();
        var code = await shop.VoucherAsync(quantity: 10);
        var ids = new Dictionary<string, string>();
        foreach (var name in new[] { "zoe-the-forgotten", "yan-the-kept" })
        {
            ids[name] = (await shop.PostAsync("/v1/customers", new { source_id = name, name, email = $"{name}@shop.example", phone = name, metadata = new { about = name } })).Ok().Text("id")!;
            (await shop.PostAsync("/v1/events", new { @event = "seen", customer = new { source_id = name }, metadata = new { about = name } })).Ok();
            (await shop.PostAsync("/v1/segments", new { name = "S" + name.Length, type = "static", customers = new[] { ids[name] } })).Ok();
            (await shop.PostAsync("/v1/redemptions", new
            {
                redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1_000, metadata = new { about = name } }, customer = new { source_id = name }, metadata = new { about = name },
            })).Ok();
            (await shop.PostAsync("/v1/publications", new { voucher = await shop.VoucherAsync(1), customer = new { source_id = name }, metadata = new { about = name } })).Ok();
        }

        var gone = (await shop.PostAsync("/v1/customers/zoe-the-forgotten/permanent-deletion", new { })).Ok();
        Assert.Equal((ids["zoe-the-forgotten"], "DONE", 1, 1, 1, 1), (
            gone.Text("related_object_id"), gone.Text("status"), gone.Number("data_json.customer"), gone.Number("data_json.orders"), gone.Number("data_json.customer_events"), gone.Number("data_json.segments")));

        var left = await TextsAsync(server);
        Assert.DoesNotContain(left, text => text.Contains("zoe-the-forgotten", StringComparison.Ordinal));
        Assert.Contains(left, text => text.Contains("yan-the-kept", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetJsonAsync("/v1/customers/zoe-the-forgotten")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.PostAsync("/v1/customers/zoe-the-forgotten/permanent-deletion", new { })).Status);
        (await shop.GetJsonAsync("/v1/customers/yan-the-kept")).Ok();
        Assert.Equal(2, (await shop.GetJsonAsync($"/v1/vouchers/{code}")).Number("redemption.redeemed_quantity"));
        (await shop.GetJsonAsync("/v1/redemptions?limit=100")).Ok();
        await server.AssertBooksAsync();
    }

    // Every text of every table that holds what shops say of customers.
    private static Task<List<string>> TextsAsync(TestServer server) => server.ReadAsync(async db =>
    {
        List<string> texts = [];
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null))
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(string)))
            {
                var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
                if (property.GetColumnName(table) is not { } column) continue;
                var sql = $"SELECT \"{column}\" AS \"Value\" FROM \"{table.Name}\" WHERE \"{column}\" LIKE '%-the-%'";
                texts.AddRange(await db.Database.SqlQueryRaw<string>(sql).ToListAsync());
            }
        return texts;
    });
}
