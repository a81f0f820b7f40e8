using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources.Exports;

/// <summary>What becomes of an export when time passes, workers die and rows change meanwhile.</summary>
public sealed class ExportLifeTests
{
    [Fact]
    public async Task AFile_IsErasedAfterItsTime_AndTheExportStaysInTheList()
    {
        await using var server = await TestServer.StartAsync();
        var shop = server.Private();
        var id = (await shop.PostAsync("/v1/exports", new { exported_object = "customer" })).Ok().Text("id")!;
        var link = "";
        for (var looks = 0; looks < 1_200 && link.Length == 0; looks++)
        {
            link = (await shop.GetJsonAsync($"/v1/exports/{id}")).Text("result.url") ?? "";
            if (link.Length == 0) await Task.Delay(50);
        }
        server.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.NotFound, (await server.With().GetAsync(new Uri(link).PathAndQuery)).StatusCode);
        await server.Services.GetServices<IHostedService>().OfType<Expiry>().Single().ClearAsync(default);
        Assert.False(await server.ReadAsync(db => db.ExportParts.AnyAsync()));
        var export = (await shop.GetJsonAsync($"/v1/exports/{id}")).Ok();
        Assert.Equal("DONE", export.Text("status"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, export["result"].ValueKind);
    }

    [Fact]
    public async Task Rows_AreChosenAtOnce_WrittenInParts_AndAPartThatIsDoneAgainIsTheSame()
    {
        await using var server = await TestServer.StartAsync();
        var shop = server.Private();
        await server.ChangeAsync(async db =>
        {
            var project = await db.Projects.FirstAsync(p => p.IsSandbox);
            for (var i = 0; i < 1_200; i++)
                db.Products.Add(new Product { Id = $"prod_x{i:0000}", ProjectId = project.Id, Name = $"x{i:0000}", CreatedAt = project.CreatedAt });
        });
        var actions = new ExportActions(
            server.Services.GetRequiredService<IDbContextFactory<VouchsafeDbContext>>(), server.Services.GetRequiredService<Vouchsafe.Api.Pipeline.PublicAddress>(), server.Clock);
        var (export, action) = await server.ReadAsync(async db =>
        {
            var made = new Export
            {
                Id = Ids.New(IdPrefix.Export, server.Clock.GetUtcNow()), ProjectId = (await db.Projects.FirstAsync(p => p.IsSandbox)).Id, ExportedObject = "product",
                ParametersJson = """{"order":"name","fields":["name"],"filters":{"name":{"conditions":{"$starts_with":["x"]}}}}""",
                Status = ExportStatus.Scheduled, Channel = "API", CreatedAt = server.Clock.GetUtcNow(),
            };
            db.Exports.Add(made);
            await db.SaveChangesAsync();
            return (made.Id, ExportActions.Make(made));
        });

        // No worker knows this action: each portion is done here, one of them by a worker that dies before it says so.
        Portion portion;
        var portions = 0;
        do
        {
            portion = await actions.DoPortionAsync(action, default);
            if (portions == 1)
            {
                await server.ChangeAsync(async db => db.Products.Add(new Product { Id = "prod_late", ProjectId = action.ProjectId, Name = "x0000a", CreatedAt = (await db.Projects.FirstAsync()).CreatedAt }));
                portions++;
                continue;
            }
            (action.Processed, portions) = (portion.Processed, portions + 1);
        }
        while (!portion.IsOver && portions < 50);

        Assert.Equal(action.Total, await server.ReadAsync(db => db.Products.LongCountAsync(p => p.ProjectId == action.ProjectId && p.DeletedAt == null && p.Id != "prod_late")));
        var content = await server.ReadAsync(db => db.ExportParts.Where(p => p.ExportId == export).OrderBy(p => p.Number).Select(p => p.Content!).ToListAsync());
        Assert.Equal([.. Enumerable.Range(0, 1_200).Select(i => $"x{i:0000}")], string.Concat(content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((ExportStatus.Done, 1_200L), await server.ReadAsync(async db => { var e = await db.Exports.SingleAsync(e => e.Id == export); return (e.Status, e.RowCount); }));
    }
}

public sealed class SqliteExportCapTests : ExportCapTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();
}

public sealed class PostgresExportCapTests(PostgresServer postgres) : ExportCapTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);
}

/// <summary>How many exports may be unfinished.</summary>
public abstract class ExportCapTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task SixtyAtOnce_LeaveExactlyAsManyUnfinishedAsMayBe()
    {
        await using var server = await StartAsync();
        // Nobody finishes one meanwhile.
        await server.Services.GetServices<IHostedService>().OfType<ActionWorker>().Single().StopAsync(default);
        var shop = server.Private();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => shop.PostAsync("/v1/exports", new { exported_object = "order" })));
        Assert.Equal(20, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal((HttpStatusCode.BadRequest, "too_many_exports"), (a.Status, a.Text("key"))));
        Assert.Equal(20, await server.ReadAsync(db => db.Exports.CountAsync()));
    }
}
