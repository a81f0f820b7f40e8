using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Vouchsafe.Testing;

namespace Vouchsafe.Server.Tests;

/// <summary>One code with a hundred uses, ten thousand requests for it over 256 connections, the product in processes of its own.</summary>
public sealed class RedemptionRaceTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Limit = 100;
    private const int Requests = 10_000;
    private const int Connections = 256;

    [Fact]
    public async Task OneNodeOnSqlite_GrantsExactlyTheLimit()
    {
        await using var node = await RunningServer.StartAsync();

        await AssertExactlyTheLimitIsGrantedAsync([node], () => new SqliteConnection($"Data Source={node.DatabaseFile};Mode=ReadOnly;Pooling=False"));
    }

    /// <summary>The four start together on an empty database, so one of them makes its tables and the sandbox project for all.</summary>
    [Fact]
    public async Task FourNodesOnPostgres_GrantExactlyTheLimitTogether()
    {
        var connection = postgres.ConnectionString("race");
        (string, string)[] settings = [("Storage:Provider", "postgres"), ("Storage:ConnectionString", connection)];
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunningServer.StartAsync(settings)));
        try
        {
            await AssertExactlyTheLimitIsGrantedAsync(nodes, () => new NpgsqlConnection(connection + ";Pooling=false"));
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    private static async Task AssertExactlyTheLimitIsGrantedAsync(IReadOnlyList<RunningServer> nodes, Func<DbConnection> open)
    {
        var made = await nodes[0].PrivateAsync(HttpMethod.Post, "/v1/vouchers/HOT", JsonNode.Parse($$"""
            {"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500},"redemption":{"quantity":{{Limit}} } }
            """));
        Assert.True(made.Status == 200, made.Text);

        var answers = await RaceAsync(nodes);

        Assert.Equal(Limit, answers.GetValueOrDefault("200"));
        Assert.Equal(Requests - Limit, answers.GetValueOrDefault("400 quantity_exceeded"));
        Assert.Equal(Requests, answers.Values.Sum());
        foreach (var node in nodes)
            Assert.Equal(Limit, (await node.PrivateAsync(HttpMethod.Get, "/v1/vouchers/HOT")).Json["redemption"]!["redeemed_quantity"]!.GetValue<int>());
        await using var database = open();
        await database.OpenAsync();
        Assert.Equal(Limit, await NumberAsync(database, "SELECT COUNT(*) FROM redemptions r JOIN vouchers v ON v.id = r.voucher_id WHERE v.code = 'HOT' AND r.failure_code IS NULL"));
        Assert.Equal(1, await NumberAsync(database, $"SELECT COUNT(*) FROM counters c JOIN vouchers v ON v.id = c.owner WHERE v.code = 'HOT' AND c.value = {Limit}"));
    }

    /// <summary>How often each answer came: its status, and its error's key.</summary>
    private static async Task<Dictionary<string, int>> RaceAsync(IReadOnlyList<RunningServer> nodes)
    {
        var answers = new ConcurrentDictionary<string, int>();
        var next = 0;
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections / nodes.Count };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(ClientAsync));
        return new Dictionary<string, int>(answers);

        async Task ClientAsync(int client)
        {
            var node = nodes[client % nodes.Count];
            while (Interlocked.Increment(ref next) <= Requests)
                answers.AddOrUpdate(await RedeemAsync(http, node), 1, (_, count) => count + 1);
        }
    }

    private static async Task<string> RedeemAsync(HttpClient http, RunningServer node)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node.Address, "/v1/redemptions"));
            request.Headers.Add("X-App-Id", RunningServer.ApplicationId);
            request.Headers.Add("X-App-Token", RunningServer.ApplicationToken);
            request.Content = new StringContent("""{"redeemables":[{"object":"voucher","id":"HOT"}],"order":{"amount":2000}}""", Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(request);
            // The documented way to say "later": nothing was decided, so the client asks again.
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable) continue;
            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            if (response.IsSuccessStatusCode) return status;
            return $"{status} {JsonNode.Parse(await response.Content.ReadAsStringAsync())!["key"]}";
        }
    }

    private static async Task<long> NumberAsync(DbConnection database, string sql)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
