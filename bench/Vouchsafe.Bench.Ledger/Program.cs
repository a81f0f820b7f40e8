// Redemptions through the product's ledger, without HTTP: as many clients as given, each with one redemption in flight.
//
//   Vouchsafe.Bench.Ledger seed sqlite|postgres CONNECTION VOUCHERS
//   Vouchsafe.Bench.Ledger run  sqlite|postgres CONNECTION VOUCHERS random|hot|whole|whole-hot|read CLIENTS SECONDS
//
// A redemption commits one use of a random code ("hot": always the same), the redemption and its order, about 600 bytes of
// JSON each. "whole" and "whole-hot" read the voucher by its code before, as the API does; "read" does nothing else. "run" prints:
// redemptions per second, their number, and the 50th and 99th percentile in microseconds. Afterwards uses, redemptions and
// orders must be as many as were acknowledged.
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Storage.Postgres;
using Vouchsafe.Storage.Reads;
using Vouchsafe.Storage.Sqlite;

const string Project = "proj_bench";
var vouchers = long.Parse(args[3], CultureInfo.InvariantCulture);
var services = new ServiceCollection().AddLogging();
_ = args[1] == "sqlite" ? services.AddVouchsafeSqlite(args[2]) : services.AddVouchsafePostgres(args[2]);
await using var provider = services.BuildServiceProvider();
var contexts = provider.GetRequiredService<IDbContextFactory<VouchsafeDbContext>>();
if (args[0] == "seed")
{
    await provider.GetRequiredService<DatabaseMigrator>().MigrateAsync();
    await SeedAsync();
    return 0;
}

var (kind, clients, seconds) = (args[4], int.Parse(args[5], CultureInfo.InvariantCulture), double.Parse(args[6], CultureInfo.InvariantCulture));
var ledger = provider.GetRequiredService<Ledger>();
var reads = provider.GetRequiredService<VoucherReads>();
var payload = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "payload.json"))).Trim();
var before = await CountAsync();
var warm = await LoadAsync(1.0);
var watch = Stopwatch.StartNew();
var latencies = await LoadAsync(seconds);
var took = watch.Elapsed.TotalSeconds;
var after = await CountAsync();
var acknowledged = kind == "read" ? 0 : (long)warm.Count + latencies.Count;
if (after.Uses - before.Uses != acknowledged || after.Redemptions - before.Redemptions != acknowledged || after.Orders - before.Orders != acknowledged)
{
    Console.Error.WriteLine($"acknowledged {acknowledged}, but {after} after {before}");
    return 5;
}
latencies.Sort();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{latencies.Count / took:F1} {latencies.Count} {latencies[latencies.Count / 2]:F1} {latencies[(int)(latencies.Count * 0.99)]:F1}"));
return 0;

async Task<List<double>> LoadAsync(double forSeconds)
{
    var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => ClientAsync(client, forSeconds))));
    return [.. all.SelectMany(l => l)];
}

async Task<List<double>> ClientAsync(int client, double forSeconds)
{
    var random = new Random(client);
    var latencies = new List<double>();
    var start = Stopwatch.GetTimestamp();
    for (var last = start; Stopwatch.GetElapsedTime(start, last).TotalSeconds < forSeconds;)
    {
        await RedeemAsync(kind.EndsWith("hot", StringComparison.Ordinal) ? 1 : random.NextInt64(1, vouchers + 1));
        var now = Stopwatch.GetTimestamp();
        latencies.Add(Stopwatch.GetElapsedTime(last, now).TotalMicroseconds);
        last = now;
    }
    return latencies;
}

async Task RedeemAsync(long i)
{
    var (id, limit) = ($"v_{i}", i % 2 == 0 ? null : (long?)1_000_000_000);
    if (kind is "whole" or "whole-hot" or "read")
    {
        var voucher = (await reads.FindAsync(Project, CodeOf(i)))!.Voucher;
        if (kind == "read") return;
        (id, limit) = (voucher.Id, voucher.RedemptionQuantity);
    }
    var now = TimeProvider.System.GetUtcNow();
    var order = new Order { Id = Ids.New(IdPrefix.Order, now), ProjectId = Project, Status = "PAID", BodyJson = payload, Amount = 14_970, CreatedAt = now };
    var redemption = new Redemption
    {
        Id = Ids.New(IdPrefix.Redemption, now), ProjectId = Project, Kind = RedemptionKind.Success, VoucherId = id, OrderId = order.Id,
        OrderJson = payload, Channel = "API", KeyId = "bench", CreatedAt = now,
    };
    var outcome = await ledger.CommitAsync(new LedgerIntent
    {
        Changes = [new(id, CounterKind.Uses, 1, limit)],
        Rows = [new(order, RowWriteKind.Upsert), new(redemption)],
    });
    if (outcome is not LedgerOutcome.Accepted) throw new InvalidOperationException($"Not redeemed: {outcome}");
}

async Task<(long Uses, long Redemptions, long Orders)> CountAsync()
{
    await using var db = await contexts.CreateDbContextAsync();
    return (await db.Counters.SumAsync(c => c.Value), await db.Redemptions.LongCountAsync(), await db.Orders.LongCountAsync());
}

async Task SeedAsync()
{
    await using var db = await contexts.CreateDbContextAsync();
    db.Database.SetCommandTimeout(600);
    var sqlite = args[1] == "sqlite";
    var series = sqlite ? $"(WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {vouchers}) SELECT i FROM s)" : $"(SELECT i FROM generate_series(1::bigint, {vouchers}) AS i)";
    var (code, created, yes) = sqlite ? ("CAST(1000000000 + 7919 * i AS TEXT)", "1767225600000", "1") : ("(1000000000 + 7919 * i)::text", "timestamptz '2026-01-01'", "true");
    // EF reads braces as parameters: they are doubled.
    const string Discount = """{{"type":"PERCENT","percent_off":15,"amount_limit":5000,"effect":"APPLY_TO_ORDER"}}""";
    const string Metadata = """{{"channel":"newsletter","market":"de"}}""";
    string[] statements =
    [
        $"""
        INSERT INTO vouchers (id, project_id, code, code_key, type, discount_json, active, metadata_json, redemption_quantity, created_at)
        SELECT 'v_' || i, '{Project}', {code}, {code}, 1, '{Discount}',
        {yes}, '{Metadata}', CASE WHEN i % 2 = 0 THEN NULL ELSE 1000000000 END, {created} FROM {series} AS s
        """,
        $"INSERT INTO counters (owner, kind, value) SELECT 'v_' || i, 1, 0 FROM {series} AS s",
        sqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "ANALYZE",
    ];
    foreach (var statement in statements) await db.Database.ExecuteSqlRawAsync(statement);
}

static string CodeOf(long i) => (1000000000L + 7919L * i).ToString(CultureInfo.InvariantCulture);
