using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

// The floor of the ledger on SQLite: redemptions one by one, as quickly as prepared statements go.
//
//   Vouchsafe.Bench.SqliteFloor seed FILE VOUCHERS
//   Vouchsafe.Bench.SqliteFloor run FILE VOUCHERS MODE(NORMAL|FULL|OFF) GROUP SECONDS KIND(redeem|hot|select)
//
// One redemption = SELECT by code; guarded UPDATE ... RETURNING; INSERT
// redemption (~600 bytes JSON text); INSERT order (~600 bytes); and a COMMIT
// per GROUP redemptions. One writer, one connection, WAL, prepared commands.
// Prints: redemptions/s  count  p50us  p99us  (latency of one unit of GROUP)

var inv = CultureInfo.InvariantCulture;
var file = args[1];
long vouchers = long.Parse(args[2], inv);
using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
db.Open();
Exec("PRAGMA journal_mode=WAL");

static string CodeOf(long i) => (1000000000L + 7919L * i).ToString(CultureInfo.InvariantCulture);

if (args[0] == "seed")
{
    Exec("PRAGMA synchronous=OFF");
    Exec("""
        CREATE TABLE vouchers (
          project_id INTEGER NOT NULL, code TEXT NOT NULL, id TEXT NOT NULL, campaign_id TEXT, type TEXT NOT NULL,
          discount TEXT NOT NULL, quantity INTEGER, redeemed_quantity INTEGER NOT NULL DEFAULT 0,
          active INTEGER NOT NULL DEFAULT 1, start_date TEXT, expiration_date TEXT, metadata TEXT NOT NULL DEFAULT '{}',
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL, PRIMARY KEY (project_id, code));
        CREATE TABLE redemptions (
          id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, code TEXT NOT NULL, result TEXT NOT NULL,
          amount INTEGER NOT NULL, payload TEXT NOT NULL, created_at TEXT NOT NULL);
        CREATE INDEX redemptions_by_code ON redemptions (project_id, code);
        CREATE TABLE orders (
          id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, status TEXT NOT NULL,
          amount INTEGER NOT NULL, payload TEXT NOT NULL, created_at TEXT NOT NULL);
        """);
    using var tx = db.BeginTransaction();
    using var ins = Command("""
        INSERT INTO vouchers (project_id, code, id, campaign_id, type, discount, quantity, start_date, expiration_date, metadata, created_at, updated_at)
        VALUES (1, $code, $id, $camp, 'DISCOUNT_VOUCHER', '{"type":"PERCENT","percent_off":15,"amount_limit":5000,"effect":"APPLY_TO_ORDER"}',
                $q, '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z', '{"channel":"newsletter","market":"de"}', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
        """, "$code", "$id", "$camp", "$q");
    ins.Transaction = tx;
    for (long i = 1; i <= vouchers; i++)
    {
        ins.Parameters[0].Value = CodeOf(i);
        ins.Parameters[1].Value = $"v_{i:x32}";
        ins.Parameters[2].Value = "camp_" + (i % 50);
        ins.Parameters[3].Value = i % 2 == 0 ? DBNull.Value : 1000000000L;
        ins.ExecuteNonQuery();
    }
    tx.Commit();
    Exec("ANALYZE");
    Exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return 0;
}

var mode = args[3];
int group = int.Parse(args[4], inv);
double seconds = double.Parse(args[5], inv);
var kind = args[6];
Exec("PRAGMA synchronous=" + mode);
if (Environment.GetEnvironmentVariable("SQLITE_CACHE_MB") is { Length: > 0 } mb) Exec("PRAGMA cache_size=" + -1024 * int.Parse(mb, inv));
var payload = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "payload.json")).Trim();

using var begin = Command("BEGIN IMMEDIATE");
using var commit = Command("COMMIT");
using var select = Command("SELECT id, type, discount, quantity, redeemed_quantity, active, start_date, expiration_date, metadata FROM vouchers WHERE project_id = 1 AND code = $code", "$code");
using var update = Command("UPDATE vouchers SET redeemed_quantity = redeemed_quantity + 1, updated_at = $now WHERE project_id = 1 AND code = $code AND active AND (quantity IS NULL OR redeemed_quantity < quantity) RETURNING redeemed_quantity", "$code", "$now");
using var redemption = Command("INSERT INTO redemptions (project_id, code, result, amount, payload, created_at) VALUES (1, $code, 'SUCCESS', 2245, $payload, $now)", "$code", "$payload", "$now");
using var order = Command("INSERT INTO orders (project_id, status, amount, payload, created_at) VALUES (1, 'PAID', 14970, $payload, $now)", "$payload", "$now");

var rnd = new Random(42 + Environment.ProcessId);
long before = Scalar("SELECT count(*) FROM redemptions");
Measure(1.0, null, out _); // warm-up, not counted
var lat = new List<double>(1 << 20);
long counted = Measure(seconds, lat, out double took);
if (kind != "select")
{
    long after = Scalar("SELECT count(*) FROM redemptions");
    long sum = Scalar("SELECT sum(redeemed_quantity) FROM vouchers");
    if (sum != after || after != Scalar("SELECT count(*) FROM orders") || after - before < counted)
    { Console.Error.WriteLine($"counts differ: redeemed {sum}, redemptions {after}"); return 5; }
}
lat.Sort();
double P(double q) => lat[Math.Min(lat.Count - 1, (int)(q * lat.Count))];
Console.WriteLine(string.Create(inv, $"{counted / took:F1} {counted} {P(.5):F1} {P(.99):F1}"));
return 0;

long Measure(double secs, List<double>? into, out double took)
{
    long n = 0;
    long start = Stopwatch.GetTimestamp(), last = start;
    do
    {
        if (kind == "select")
        {
            for (int g = 0; g < group; g++) { ReadVoucher(CodeOf(rnd.NextInt64(1, vouchers + 1))); n++; }
        }
        else
        {
            begin.ExecuteNonQuery();
            for (int g = 0; g < group; g++)
            {
                var code = CodeOf(kind == "hot" ? 1 : rnd.NextInt64(1, vouchers + 1));
                var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", inv);
                ReadVoucher(code);
                update.Parameters[0].Value = code; update.Parameters[1].Value = now;
                using (var r = update.ExecuteReader()) { if (!r.Read()) throw new InvalidOperationException("not redeemed"); }
                redemption.Parameters[0].Value = code; redemption.Parameters[1].Value = payload; redemption.Parameters[2].Value = now;
                redemption.ExecuteNonQuery();
                order.Parameters[0].Value = payload; order.Parameters[1].Value = now;
                order.ExecuteNonQuery();
                n++;
            }
            commit.ExecuteNonQuery();
        }
        long t = Stopwatch.GetTimestamp();
        into?.Add(Stopwatch.GetElapsedTime(last, t).TotalMicroseconds);
        last = t;
    } while (Stopwatch.GetElapsedTime(start, last).TotalSeconds < secs);
    took = Stopwatch.GetElapsedTime(start, last).TotalSeconds;
    return n;
}

void ReadVoucher(string code)
{
    select.Parameters[0].Value = code;
    using var r = select.ExecuteReader();
    if (!r.Read()) throw new InvalidOperationException("no such code");
    _ = r.GetString(0); _ = r.GetString(2); _ = r.IsDBNull(3) ? 0 : r.GetInt64(3); _ = r.GetInt64(4); _ = r.GetString(8);
}

SqliteCommand Command(string sql, params string[] names)
{
    var c = db.CreateCommand();
    c.CommandText = sql;
    foreach (var n in names) c.Parameters.Add(new SqliteParameter(n, null));
    c.Prepare();
    return c;
}
void Exec(string sql) { using var c = db.CreateCommand(); c.CommandText = sql; c.ExecuteNonQuery(); }
long Scalar(string sql) { using var c = db.CreateCommand(); c.CommandText = sql; return Convert.ToInt64(c.ExecuteScalar(), inv); }
