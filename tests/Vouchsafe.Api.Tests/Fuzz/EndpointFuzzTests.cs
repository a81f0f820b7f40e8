using System.Text.Json;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>
/// Wrong input to every operation. In the suite the requests are the same each time, so that a change is judged by what it
/// changes; with <c>VOUCHSAFE_FUZZ_SECONDS</c> they are new ones for that long, and <c>VOUCHSAFE_FUZZ_SEED</c> repeats what
/// was reported with a seed.
/// </summary>
public sealed class EndpointFuzzTests(PostgresServer postgres, ITestOutputHelper output) : IClassFixture<PostgresServer>
{
    private const string SuiteSeed = "5pKRk7kcdLn1";
    private const int SuiteRequests = 3_000;

    private static readonly string? Seed = Environment.GetEnvironmentVariable("VOUCHSAFE_FUZZ_SEED");
    private static readonly TimeSpan? Time = int.TryParse(Environment.GetEnvironmentVariable("VOUCHSAFE_FUZZ_SECONDS"), out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    [Fact]
    public async Task WrongInput_IsRefusedInTheCataloguesForm_AndHasNoEffect()
    {
        await using var server = await TestServer.StartAsync();
        await FuzzAsync(server, SuiteRequests, null);
    }

    [Fact]
    public async Task WhatPostgresCannotHold_IsRefused_AndNeverAServerError()
    {
        await using var server = await TestServer.StartAsync([("Storage:Provider", "postgres"), ("Storage:ConnectionString", postgres.ConnectionString("fuzz"))]);
        await FuzzAsync(server, SuiteRequests / 3, Nasty.Postgres);
    }

    [Fact]
    public async Task EveryOperation_HasASeed_ThatIsAccepted()
    {
        await using var server = await TestServer.StartAsync();
        var names = await SeedData.MakeAsync(server);
        using var anybody = server.With();
        var described = JsonDocument.Parse(await anybody.GetStringAsync("/openapi/v1.json")).RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(v => $"{v.Name.ToUpperInvariant()} {p.Name}"));
        var seeds = Seeds.All().ToList();
        Assert.Empty(described.Except(seeds.Select(s => s.Operation)));
        await Assert.AllAsync(seeds.Where(s => s.Verb is "POST" or "PUT" && !s.IsForm), async (seed, index) =>
        {
            var (path, body) = seed.Fill(names, 1_000_000 + index);
            using var client = path.StartsWith("/client/", StringComparison.Ordinal) ? server.Client() : path.StartsWith("/management/", StringComparison.Ordinal) ? server.Management() : server.Private();
            using var content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(seed.Verb), path) { Content = content });
            Assert.True(answer.IsSuccessStatusCode, $"{seed.Operation}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        });
    }

    private async Task FuzzAsync(TestServer server, int requests, string[]? values)
    {
        var names = await SeedData.MakeAsync(server);
        var run = new FuzzRun(server, new Mutation(names, values), watchesEffects: values is null);
        if (Time is { } time) await run.ForAsync(time, Seed);
        else await run.ForAsync(requests, Seed ?? SuiteSeed);
        output.WriteLine(run.Summary);
        Assert.True(run.IsClean, $"{run.Summary}\n{run.Report}");
    }
}
