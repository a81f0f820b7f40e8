using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;

namespace Vouchsafe.Api.Tests.Resources;

/// <summary>
/// The lists that people page through, over a hundred thousand rows each (the plans are those of a million): the database's own plans of every statement that they ran
/// look into an index and never read a whole table or sort one.
/// </summary>
public abstract partial class LongListsTests
{
    private const int Rows = 100_000;
    private const int Orders = 50_000;

    [Fact]
    public async Task APage_IsAnsweredByIndexes()
    {
        await using var server = await StartAsync();
        await FillAsync(server);
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<VouchsafeDbContext>>().CreateDbContextAsync();
        // Figures are counted from time to time out of every new redemption once; here only what pages ask for is looked at.
        await server.Services.GetRequiredService<FiguresBook>().StopAsync(default);
        using var watch = new Statements(db.Database.GetDbConnection().ConnectionString);

        string[] lists =
        [
            "redemptions", "redemptions?result=failed", "redemptions?customer=ada", "redemptions?voucher=HOT", "redemptions?voucher=HOT&customer=ada",
            "redemptions?created_before=2001-01-01T00:00:00Z", "redemptions?campaign_id=camp_none",
            "customers", "customers?search=name%209", "customers?search=9%20name", "customers?search=77", "customers?search=s77&limit=3", "customers?created_before=2001-01-01T00:00:00Z",
            "products", "products?search=name%209", "products?search=77", "products?search=p77",
        ];
        foreach (var list in lists)
        {
            var page = await seat.ReadAsync(list);
            if (page.GetProperty("next").GetString() is { } next)
                await seat.ReadAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(next)}");
        }

        var (status, customer) = await seat.SendAsync("GET", "/v1/customers/ada");
        Assert.Equal(200, status);
        Assert.Equal(Orders / 100 + 1, customer.GetProperty("summary").GetProperty("orders").GetProperty("total_count").GetInt64());
        var faults = new List<string>();
        foreach (var statement in watch.Taken) faults.AddRange(Faults(statement.Text, await PlanAsync(db, statement)));

        Assert.True(watch.Taken.Count > lists.Length);
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    /// <summary>Starts a server on an empty database.</summary>
    private protected abstract Task<TestServer> StartAsync();

    /// <summary>What begins a statement that makes rows numbered <c>n</c>, from 1 on; <c>{0}</c>: how many.</summary>
    protected abstract string Numbers { get; }

    /// <summary>An instant that grows with <c>n</c>.</summary>
    protected abstract string InstantOfN { get; }

    /// <summary>What asks for the plan of a statement.</summary>
    protected abstract string Explain { get; }

    /// <summary>The lines of a plan that read or sort a whole table.</summary>
    protected abstract IEnumerable<string> Faults(string statement, string plan);

    /// <summary>Names by which a statement speaks of the large tables.</summary>
    protected static IReadOnlyList<string> Large(string statement) =>
        [.. LargeTables().Matches(statement).Select(m => m.Groups["alias"].Value)];

    /// <summary>Whether a statement reads a page of a large table: it must not sort more than it shows.</summary>
    protected static bool IsPage(string statement) => Large(statement).Count > 0 && statement.Contains("LIMIT", StringComparison.Ordinal);

    [GeneratedRegex("\"?\\b(redemptions|customers|products|orders)\"? AS \"?(?<alias>\\w+)\"?")]
    private static partial Regex LargeTables();

    // One of each is made by the API; the rest are copies of it that differ where the lists look.
    private async Task FillAsync(TestServer server)
    {
        var shop = server.Private();
        (await shop.PostAsync("/v1/vouchers/HOT", new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } })).Ok();
        (await shop.PostAsync("/v1/products", new { source_id = "p0", name = "Name 0" })).Ok();
        (await shop.PostAsync("/v1/vouchers/HOT/redemption", new { customer = new { source_id = "ada", name = "Ada" }, order = new { amount = 1000 } })).Ok();
        const string Tail = "'000000000000000' || substr(CAST(100000000000 + n AS text), 2)";
        await server.ChangeAsync(async db =>
        {
            db.Database.SetCommandTimeout(600);
            await CopyAsync<Redemption>(db, Rows, ("id", $"'r_' || {Tail}"), ("created_at", InstantOfN), ("order_json", "NULL"), ("customer_id", "CASE WHEN n % 1000 = 0 THEN customer_id END"), ("kind", "1"));
            await CopyAsync<Customer>(db, Rows, ("id", $"'cust_' || {Tail}"), ("created_at", InstantOfN), ("source_id", "'s' || n"), ("name", "'Name ' || n"), ("name_key", "'name ' || n"), ("name_word2", "CAST(n AS text)"), ("email_key", "'e' || n"));
            await CopyAsync<Product>(db, Rows, ("id", $"'prod_' || {Tail}"), ("created_at", InstantOfN), ("source_id", "'p' || n"), ("name_key", "'name ' || n"), ("name_word2", "CAST(n AS text)"));
            await CopyAsync<Order>(db, Orders, ("id", $"'ord_' || {Tail}"), ("created_at", InstantOfN), ("source_id", "NULL"), ("body_json", "'{}'"), ("customer_id", "CASE WHEN n % 100 = 0 THEN customer_id ELSE 'cust_' || n END"));
            await db.Database.ExecuteSqlRawAsync("ANALYZE");
        });
    }

    private async Task CopyAsync<T>(VouchsafeDbContext db, int count, params (string Column, string Sql)[] changed) where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = entity.GetProperties().Select(p => p.GetColumnName()).ToList();
        var values = columns.Select(c => changed.FirstOrDefault(d => d.Column == c).Sql ?? c);
        var sql = string.Format(CultureInfo.InvariantCulture, Numbers, count, $"INSERT INTO {entity.GetTableName()} ({string.Join(", ", columns)})",
            $"SELECT {string.Join(", ", values)} FROM (SELECT * FROM {entity.GetTableName()} LIMIT 1) AS t");
        await db.Database.ExecuteSqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
    }

    private async Task<string> PlanAsync(VouchsafeDbContext db, Statement statement)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open) await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"{Explain} {statement.Text}";
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(reader.FieldCount - 1));
        return string.Join('\n', lines);
    }

    private sealed record Statement(string Text, (string Name, object? Value)[] Parameters);

    /// <summary>The queries on one database that Entity Framework runs, as it tells everybody who listens.</summary>
    private sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentBag<IDisposable> _listening = [];
        private readonly ConcurrentQueue<Statement> _taken = new();
        private readonly string _database;

        internal Statements(string connectionString)
        {
            _database = connectionString;
            _listening.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        internal IReadOnlyCollection<Statement> Taken => _taken;

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == DbLoggerCategory.Name) _listening.Add(listener.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> told)
        {
            if (told.Key != RelationalEventId.CommandExecuting.Name || told.Value is not CommandEventData { Command: { } command } || command.Connection?.ConnectionString != _database
                || !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)) return;
            _taken.Enqueue(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose()
        {
            foreach (var one in _listening) one.Dispose();
        }
    }
}

public sealed class SqliteLongListsTests : LongListsTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnSqliteAsync();

    protected override string Numbers => "{1} WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {0}) {2}, s";

    protected override string InstantOfN => "978307200000 + n";

    protected override string Explain => "EXPLAIN QUERY PLAN";

    protected override IEnumerable<string> Faults(string statement, string plan) =>
        plan.Split('\n').Where(line => Large(statement).Any(alias => Regex.IsMatch(line, $@"^SCAN {alias}\b")) || IsPage(statement) && line == "USE TEMP B-TREE FOR ORDER BY")
            .Select(line => $"{line}\nin {statement}\n{plan}");
}

public sealed class PostgresLongListsTests(PostgresServer postgres) : LongListsTests
{
    private protected override Task<TestServer> StartAsync() => MoneyServer.OnPostgresAsync(postgres);

    protected override string Numbers => "{1} {2}, generate_series(1, {0}) AS s(n)";

    protected override string InstantOfN => "timestamptz '2001-01-01 00:00:00Z' + n * interval '1 millisecond'";

    protected override string Explain => "EXPLAIN";

    protected override IEnumerable<string> Faults(string statement, string plan) =>
        plan.Split('\n').Where(line => Regex.IsMatch(line, "Seq Scan on (redemptions|customers|products|orders)") || IsPage(statement) && Regex.IsMatch(line, @"(^|-> )\s*Sort\s+\(cost"))
            .Select(line => $"{line}\nin {statement}\n{plan}");
}
