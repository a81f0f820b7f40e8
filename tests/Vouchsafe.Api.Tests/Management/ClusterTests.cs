using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>Four nodes on one PostgreSQL: one of them prepares the database, all see the same keys, and soon the same changes.</summary>
public sealed class ClusterTests(PostgresServer postgres)
{
    private const int Nodes = 4;

    // How long a change on another node may go unseen; the caches' lifetime.
    // As long as nobody is a member, every start prints a link for becoming the first; the keys are printed by one.
    private static string? ReportOfKeys(TestServer node) =>
        node.FirstStartReport?.Contains("X-App-Id", StringComparison.Ordinal) == true ? node.FirstStartReport : null;

    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task FourNodes_OnOneEmptyDatabase_AreAllReadyWithTheSameKeys_AndExactlyOneMadeTheSandbox()
    {
        await using var cluster = await Cluster.StartAsync(postgres, Nodes);

        foreach (var node in cluster.Nodes)
        {
            Assert.Equal(HttpStatusCode.OK, (await node.With().GetAsync("/health/ready")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await node.Private().GetAsync("/v1/vouchers/WELCOME-10")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await node.Client().GetAsync("/client/v1/promotions/tiers")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await node.Management().GetAsync("/management/v1/projects")).StatusCode);
        }
        Assert.Single(cluster.Nodes.Select(ReportOfKeys).OfType<string>());
        var first = cluster.Nodes[0];
        Assert.Equal((1, 1, 3), await first.ReadAsync(async db => (await db.Projects.CountAsync(), await db.Vouchers.CountAsync(), await db.ApiKeys.CountAsync())));
        Assert.Equal(["bootstrap"], await first.ReadAsync(db => db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM once_marks").ToListAsync()));
        var applied = await first.ReadAsync(async db => (await db.Database.GetAppliedMigrationsAsync()).ToList());
        Assert.Equal(applied.Distinct(), applied);
    }

    [Fact]
    public async Task FourNodes_WithoutConfiguredKeys_PrintOneSetThatWorksOnAll()
    {
        await using var cluster = await Cluster.StartAsync(postgres, Nodes, null,
            ("Bootstrap:ApplicationId", null), ("Bootstrap:ApplicationToken", null), ("Bootstrap:ManagementId", null), ("Bootstrap:ManagementToken", null));
        var report = Assert.Single(cluster.Nodes.Select(ReportOfKeys).OfType<string>());
        var (id, token) = (Printed(report, "X-App-Id"), Printed(report, "X-App-Token"));
        foreach (var node in cluster.Nodes)
        {
            Assert.Equal(HttpStatusCode.OK, (await node.ServerWith(id, token).GetAsync("/v1/vouchers")).StatusCode);
            var management = node.With(("X-Management-Id", Printed(report, "X-Management-Id")), ("X-Management-Token", Printed(report, "X-Management-Token")));
            Assert.Equal(HttpStatusCode.OK, (await management.GetAsync("/management/v1/projects")).StatusCode);
        }
    }

    [Fact]
    public async Task NodesThatStartLater_ChangeNothing()
    {
        var database = Cluster.NewDatabase();
        await using var early = await Cluster.StartAsync(postgres, 1, database);
        await early.Nodes[0].CreateProjectAsync();
        await using var late = await Cluster.StartAsync(postgres, 2, database, ("Bootstrap:ApplicationToken", "another-token-that-is-not-read"));
        Assert.All(late.Nodes, node => Assert.Null(ReportOfKeys(node)));
        foreach (var node in late.Nodes) Assert.Equal(HttpStatusCode.OK, (await node.Private().GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(2, await late.Nodes[0].ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task ChangesOnOneNode_AreInForceOnTheOthersWithinTheCachesLifetime()
    {
        await using var cluster = await Cluster.StartAsync(postgres, 2);
        var (here, there) = (cluster.Nodes[0], cluster.Nodes[1]);
        var project = await here.CreateProjectAsync();
        var keys = ManagementCalls.Path(project) + "/keys";
        var key = (await here.Management().PostAsync(keys, new { name = "Shared", kind = "server_side" })).Ok();
        var (id, secret) = (key.Text("id")!, key.Text("secret")!);
        var token = await here.ServerWith(id, secret).TokenAsync("api");
        var revoked = await here.ServerOf(project).TokenAsync("api");
        foreach (var bearer in new[] { token, revoked }) await ExpectAsync(HttpStatusCode.OK, there.With(("Authorization", "Bearer " + bearer)));

        Assert.Equal(HttpStatusCode.NoContent, (await here.ServerOf(project).FormAsync("/v1/oauth/token/revoke", ("access_token", revoked))).StatusCode);
        await SoonAsync(HttpStatusCode.Unauthorized, there.With(("Authorization", "Bearer " + revoked)));
        (await here.Management().PutAsync($"{keys}/{id}", new { ip_whitelist = new[] { "203.0.113.7" } })).Ok();
        await SoonAsync(HttpStatusCode.Forbidden, there.ServerWith(id, secret));
        (await here.Management().PutAsync($"{keys}/{id}", new { ip_whitelist = Array.Empty<string>(), blocked = true })).Ok();
        await SoonAsync(HttpStatusCode.Unauthorized, there.ServerWith(id, secret));
        (await here.Management().PutAsync($"{keys}/{id}", new { blocked = false })).Ok();
        await SoonAsync(HttpStatusCode.OK, there.ServerWith(id, secret));
        var renewed = (await here.Management().PostAsync($"{keys}/{id}/regenerate", new { })).Ok();
        await SoonAsync(HttpStatusCode.Unauthorized, there.ServerWith(id, secret));
        await ExpectAsync(HttpStatusCode.OK, there.ServerWith(id, renewed.Text("secret")!));
        await ExpectAsync(HttpStatusCode.OK, there.With(("Authorization", "Bearer " + token)));
        Assert.Equal(HttpStatusCode.NoContent, (await here.Management().DeleteJsonAsync($"{keys}/{id}")).Status);
        await SoonAsync(HttpStatusCode.Unauthorized, there.ServerWith(id, renewed.Text("secret")!));
        await ExpectAsync(HttpStatusCode.Unauthorized, there.With(("Authorization", "Bearer " + token)));
        var page = there.PageOf(project, TestServer.Origin);
        Assert.Equal(HttpStatusCode.OK, (await page.GetAsync("/client/v1/promotions/tiers")).StatusCode);
        (await here.Management().PutAsync(ManagementCalls.Path(project), new { client_trusted_domains = new[] { "other.example" } })).Ok();
        await SoonAsync(HttpStatusCode.Forbidden, page, "/client/v1/promotions/tiers");
        Assert.Equal(HttpStatusCode.NoContent, (await here.Management().DeleteJsonAsync(ManagementCalls.Path(project))).Status);
        await SoonAsync(HttpStatusCode.Unauthorized, there.ServerOf(project));

        // The other node's clock moves by the caches' lifetime and not a moment more.
        async Task SoonAsync(HttpStatusCode expected, HttpClient program, string path = "/v1/vouchers")
        {
            there.Clock.Advance(Unseen);
            await ExpectAsync(expected, program, path);
        }
    }

    [Fact]
    public async Task Tokens_AskedForOnFourNodesAtOnce_AreAtMostAThousand()
    {
        await using var cluster = await Cluster.StartAsync(postgres, Nodes);
        var project = await cluster.Nodes[0].CreateProjectAsync();
        var id = project.GetProperty("id").GetString()!;
        var key = project.GetProperty("server_side_key").GetProperty("app_id").GetString()!;
        await cluster.Nodes[0].ChangeAsync(db =>
        {
            for (var i = 0; i < 990; i++)
                db.OAuthTokens.Add(new OAuthToken
                {
                    Hash = [.. BitConverter.GetBytes(i), .. new byte[28]], ProjectId = id, KeyId = key, Scopes = "api",
                    CreatedAt = cluster.Nodes[0].Clock.GetUtcNow(), ExpiresAt = cluster.Nodes[0].Clock.GetUtcNow().AddSeconds(900),
                });
            return Task.CompletedTask;
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => cluster.Nodes[i % Nodes].ServerOf(project).AskTokenAsync("api")));
        Assert.Equal(10, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(30, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(1_000, await cluster.Nodes[0].ReadAsync(db => db.OAuthTokens.CountAsync(t => t.ProjectId == id)));
    }

    private static async Task ExpectAsync(HttpStatusCode expected, HttpClient program, string path = "/v1/vouchers")
    {
        using var answer = await program.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static string Printed(string report, string header) =>
        report.Split('\n').First(line => line.Contains(header + " ", StringComparison.Ordinal)).Trim().Split(' ')[^1];
}
