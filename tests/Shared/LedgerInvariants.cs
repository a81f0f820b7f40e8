using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Vouchsafe.Testing;

/// <summary>
/// What must hold in the books at any moment, checked by SQL alone: every counter is what redemptions, rollbacks and locks
/// come to, no limit is passed, no credit appears or vanishes. The same for both databases.
/// </summary>
internal static class LedgerInvariants
{
    private const int Uses = 1, Balance = 2, Rollbacks = 3, RedeemedAmount = 4, Publications = 5, Locks = 6;
    private const int Success = 1, Rollback = 3;

    /// <summary>Everything that does not hold, in words; empty: all is well.</summary>
    internal static async Task<IReadOnlyList<string>> ViolationsAsync(DbConnection connection)
    {
        var wrong = new List<string>();
        var counters = (await RowsAsync(connection, "SELECT owner, kind, value FROM counters")).ToDictionary(r => (Text(r[0]), (int)Number(r[1])), r => Number(r[2]));
        var locks = await RowsAsync(connection, "SELECT lock_id, redeemable_id, uses, credits, holds_json FROM validation_locks");
        var redemptions = await RowsAsync(connection, "SELECT id, kind, rollback_of, voucher_id, promotion_tier_id, amount, counted_json FROM redemptions WHERE kind IN (1, 3)");
        var vouchers = await RowsAsync(connection, "SELECT id, type, gift_amount, redemption_quantity FROM vouchers");
        var held = HoldsOf(locks);

        wrong.AddRange(counters.Where(c => c.Value < 0).Select(c => $"I2: counter {c.Key} is {c.Value}"));
        CheckUses(wrong, counters, held, redemptions);
        CheckLimits(wrong, counters, vouchers);
        CheckCredits(wrong, counters, held, vouchers, redemptions, await RowsAsync(connection, "SELECT voucher_id, type, amount FROM voucher_transactions"));
        CheckEarnings(wrong, counters, await RowsAsync(connection, "SELECT earning_rule_id, order_id FROM voucher_transactions WHERE earning_rule_id IS NOT NULL"));
        CheckRollbacks(wrong, counters, redemptions);
        CheckLocks(wrong, counters, locks, held);
        CheckPublications(wrong, counters, await RowsAsync(connection, "SELECT voucher_ids_json FROM publications"));
        return wrong;
    }

    // Work in the background counts what it made in counters of its own (aa_), and so do earning rules (ern_).
    // I1 and I9: what is counted is what was redeemed and not taken back, and what locks hold.
    private static void CheckUses(List<string> wrong, Dictionary<(string, int), long> counters, Dictionary<(string, int), long> held, List<object?[]> redemptions)
    {
        var expected = held.Where(h => h.Key.Item2 == Uses).ToDictionary(h => h.Key.Item1, h => h.Value);
        var undone = redemptions.Where(r => Number(r[1]) == Rollback).Select(r => Text(r[2])).ToHashSet();
        foreach (var row in redemptions.Where(r => Number(r[1]) == Success && !undone.Contains(Text(r[0]))))
        {
            if ((row[3] ?? row[4]) is { } owner) Add(expected, Text(owner), 1);
            if (row[6] is { } counted)
                foreach (var (key, delta) in JsonSerializer.Deserialize<Dictionary<string, long>>(Text(counted))!) Add(expected, key, delta);
        }
        foreach (var owner in expected.Keys.Concat(counters.Keys.Where(k => k.Item2 == Uses && !k.Item1.StartsWith("aa_", StringComparison.Ordinal) && !k.Item1.StartsWith("ern_", StringComparison.Ordinal)).Select(k => k.Item1)).Distinct())
        {
            var (counted, due) = (counters.GetValueOrDefault((owner, Uses)), expected.GetValueOrDefault(owner));
            if (counted != due) wrong.Add($"I1/I9: {owner} counts {counted} uses; redemptions and locks come to {due}");
        }
    }

    private static void CheckLimits(List<string> wrong, Dictionary<(string, int), long> counters, List<object?[]> vouchers)
    {
        foreach (var voucher in vouchers)
            if (voucher[3] is { } limit && counters.GetValueOrDefault((Text(voucher[0]), Uses)) > Number(limit))
                wrong.Add($"I1: {voucher[0]} has {counters[(Text(voucher[0]), Uses)]} uses of {limit}");
    }

    // I3: loaded less redeemed plus rolled back is the balance, and each of the three books says so.
    private static void CheckCredits(
        List<string> wrong, Dictionary<(string, int), long> counters, Dictionary<(string, int), long> held, List<object?[]> vouchers,
        List<object?[]> redemptions, List<object?[]> transactions)
    {
        var moved = transactions.GroupBy(t => Text(t[0])).ToDictionary(g => g.Key, g => g.Sum(t => Number(t[2])));
        var spent = transactions.Where(t => Text(t[1]) is "CREDITS_REDEMPTION" or "CREDITS_REFUND" or "POINTS_REDEMPTION" or "POINTS_REFUND").GroupBy(t => Text(t[0])).ToDictionary(g => g.Key, g => -g.Sum(t => Number(t[2])));
        var redeemed = redemptions.Where(r => r[3] is not null && r[5] is not null).GroupBy(r => Text(r[3])).ToDictionary(g => g.Key, g => g.Sum(r => Number(r[5])));
        foreach (var card in vouchers.Where(v => Number(v[1]) is 2 or 3))
        {
            var id = Text(card[0]);
            var loaded = card[2] is { } amount ? Number(amount) : 0;
            // A lock's hold of credits is negative, as its redemption would be.
            var balance = counters.GetValueOrDefault((id, Balance)) - held.GetValueOrDefault((id, Balance));
            if (balance != loaded + moved.GetValueOrDefault(id)) wrong.Add($"I3: {id} holds {balance}; loaded and moved come to {loaded + moved.GetValueOrDefault(id)}");
            var counted = counters.GetValueOrDefault((id, RedeemedAmount));
            if (counted != spent.GetValueOrDefault(id)) wrong.Add($"I3: {id} counts {counted} redeemed; its transactions {spent.GetValueOrDefault(id)}");
            if (counted != redeemed.GetValueOrDefault(id)) wrong.Add($"I3: {id} counts {counted} redeemed; its redemptions {redeemed.GetValueOrDefault(id)}");
        }
    }

    // An order earns once for each rule, and every accrual is one that is counted.
    private static void CheckEarnings(List<string> wrong, Dictionary<(string, int), long> counters, List<object?[]> accruals)
    {
        var given = accruals.GroupBy(a => $"{a[0]}:{a[1]}").ToDictionary(g => g.Key, g => (long)g.Count());
        var counted = counters.Where(c => c.Key.Item2 == Uses && c.Key.Item1.StartsWith("ern_", StringComparison.Ordinal)).ToDictionary(c => c.Key.Item1, c => c.Value);
        foreach (var earning in given.Keys.Union(counted.Keys))
            if (given.GetValueOrDefault(earning) != 1 || counted.GetValueOrDefault(earning) != 1)
                wrong.Add($"I10: {earning} gave points {given.GetValueOrDefault(earning)} times and counts {counted.GetValueOrDefault(earning)}");
    }

    // I4: at most one rollback a redemption, which gives back exactly what was taken.
    private static void CheckRollbacks(List<string> wrong, Dictionary<(string, int), long> counters, List<object?[]> redemptions)
    {
        var successes = redemptions.Where(r => Number(r[1]) == Success).ToDictionary(r => Text(r[0]));
        foreach (var rollbacks in redemptions.Where(r => Number(r[1]) == Rollback).GroupBy(r => Text(r[2])))
        {
            if (rollbacks.Count() > 1) wrong.Add($"I4: {rollbacks.Key} was rolled back {rollbacks.Count()} times");
            if (counters.GetValueOrDefault((rollbacks.Key, Rollbacks)) != 1) wrong.Add($"I4: the rollback of {rollbacks.Key} is not counted");
            if (!successes.TryGetValue(rollbacks.Key, out var redemption)) wrong.Add($"I4: {rollbacks.Key} was rolled back but never was");
            else if ((redemption[5] is { } a ? Number(a) : 0) != -(rollbacks.First()[5] is { } b ? Number(b) : 0)) wrong.Add($"I4: the rollback of {rollbacks.Key} gave back another amount");
        }
    }

    // A lock stands exactly as long as its own counter, and says what it holds.
    private static void CheckLocks(List<string> wrong, Dictionary<(string, int), long> counters, List<object?[]> locks, Dictionary<(string, int), long> held)
    {
        foreach (var row in locks)
            if (counters.GetValueOrDefault((Text(row[0]), Locks)) != 1) wrong.Add($"I9: lock {row[0]} stands without its counter");
        var live = locks.Select(l => Text(l[0])).ToHashSet();
        foreach (var (key, value) in counters.Where(c => c.Key.Item2 == Locks))
            if (key.Item1.StartsWith("lock_", StringComparison.Ordinal) ? value != 0 && !live.Contains(key.Item1)
                : key.Item1.StartsWith("client-session/", StringComparison.Ordinal) && value != held.GetValueOrDefault(key))
                wrong.Add($"I9: counter {key} is {value} without a lock that says so");
    }

    // I5: one code has one holder (tests do not publish again on purpose).
    private static void CheckPublications(List<string> wrong, Dictionary<(string, int), long> counters, List<object?[]> publications)
    {
        foreach (var given in publications.SelectMany(p => JsonSerializer.Deserialize<string[]>(Text(p[0]))!).GroupBy(id => id))
        {
            if (given.Count() > 1) wrong.Add($"I5: {given.Key} was published {given.Count()} times");
            if (counters.GetValueOrDefault((given.Key, Publications)) != given.Count()) wrong.Add($"I5: publications of {given.Key} are not counted");
        }
    }

    private static Dictionary<(string, int), long> HoldsOf(List<object?[]> locks)
    {
        var held = new Dictionary<(string, int), long>();
        foreach (var row in locks)
            foreach (var hold in JsonDocument.Parse(Text(row[4])).RootElement.EnumerateArray())
            {
                var key = (hold.GetProperty("Owner").GetString()!, hold.GetProperty("Kind").GetInt32());
                held[key] = held.GetValueOrDefault(key) + hold.GetProperty("Delta").GetInt64();
            }
        return held;
    }

    private static void Add(Dictionary<string, long> sums, string key, long delta) => sums[key] = sums.GetValueOrDefault(key) + delta;

    private static string Text(object? value) => (string)value!;

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static async Task<List<object?[]>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add([.. row.Select(v => v is DBNull ? null : v)]);
        }
        return rows;
    }
}
