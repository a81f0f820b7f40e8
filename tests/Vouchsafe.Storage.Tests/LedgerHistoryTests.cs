using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Testing;

namespace Vouchsafe.Storage.Tests;

public sealed class SqliteLedgerHistoryTests : LedgerHistoryTests
{
    protected override TestDatabase Database() => new SqliteTestDatabase();
}

public sealed class PostgresLedgerHistoryTests(PostgresServer server) : LedgerHistoryTests
{
    protected override TestDatabase Database() => new PostgresTestDatabase(server);
}

/// <summary>
/// Random histories against a model in memory: redemptions, rollbacks, locks set up, overwritten, redeemed and released,
/// credits spent and loaded, limits lowered. Many are in the queue at once, so they commit in groups; the queue keeps their
/// order, so the model foretells each outcome. <c>VOUCHSAFE_HISTORY_OPERATIONS</c> and <c>VOUCHSAFE_HISTORY_SEED</c> make
/// it longer or repeat one.
/// </summary>
public abstract class LedgerHistoryTests
{
    protected abstract TestDatabase Database();

    [Fact]
    public async Task RandomHistory_InGroups_EveryOutcomeIsTheModels()
    {
        var operations = Setting("VOUCHSAFE_HISTORY_OPERATIONS", 20_000);
        var seed = (int)Setting("VOUCHSAFE_HISTORY_SEED", Random.Shared.Next());
        Console.WriteLine($"{GetType().Name}: seed {seed}, {operations} operations");
        await using var database = Database();
        var node = database.OpenNode();
        await node.Migrator.MigrateAsync();
        var history = new LedgerHistory(new Random(seed));
        await using (var db = node.Open())
        {
            db.Vouchers.AddRange(history.Vouchers);
            await db.SaveChangesAsync();
        }

        for (long done = 0; done < operations;)
        {
            var batch = history.Next();
            var foretold = batch.Select(step => history.Foretell(step.Intent)).ToList();
            // The queue is filled without a pause in between, so the order is the batch's.
            var outcomes = await Task.WhenAll(batch.Select(step => node.Ledger.CommitAsync(step.Intent).AsTask()));
            for (var i = 0; i < batch.Count; i++)
            {
                var accepted = outcomes[i] is LedgerOutcome.Accepted;
                Assert.True(accepted == foretold[i], $"seed {seed}, operation {done + i} ({batch[i].What}): {outcomes[i]}, the model says {(foretold[i] ? "yes" : "no")}");
                if (accepted) batch[i].Then();
            }
            var before = done;
            done += batch.Count;
            if (before / 10_000 != done / 10_000 || done >= operations) await CompareAsync(node, history, seed, done);
            if (before / 100_000 != done / 100_000) Console.WriteLine($"{GetType().Name}: {done} operations, all as foretold");
        }
    }

    private static async Task CompareAsync(Node node, LedgerHistory history, int seed, long done)
    {
        await using var db = node.Open();
        var stored = await db.Counters.AsNoTracking().Where(c => c.Value != 0).ToDictionaryAsync(c => (c.Owner, c.Kind), c => c.Value);
        var wrong = history.Values.Keys.Union(stored.Keys).Where(k => history.Values.GetValueOrDefault(k) != stored.GetValueOrDefault(k))
            .Select(k => $"{k}: {stored.GetValueOrDefault(k)}, the model {history.Values.GetValueOrDefault(k)}").Take(5).ToList();
        Assert.True(wrong.Count == 0, $"seed {seed}, after {done}: {string.Join("; ", wrong)}");
        // Reads every row there is, so that a long run does it now and then only.
        if (done > 200_000 && done % 1_000_000 >= 10_000) return;
        await db.Database.OpenConnectionAsync();
        var broken = await LedgerInvariants.ViolationsAsync(db.Database.GetDbConnection());
        Assert.True(broken.Count == 0, $"seed {seed}, after {done}: {string.Join("; ", broken.Take(5))}");
    }

    private static long Setting(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

/// <summary>Makes random operations and knows, by its own few lines of arithmetic, what each must come to.</summary>
internal sealed class LedgerHistory
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random;
    private readonly Dictionary<string, long?> _ceilings = [];
    private readonly List<ValidationLock> _locks = [];
    private readonly List<(Redemption Row, long Credits)> _redemptions = [];
    private long _number;

    internal LedgerHistory(Random random)
    {
        _random = random;
        for (var i = 0; i < 12; i++)
            Vouchers.Add(new Voucher { Id = $"v_{i}", ProjectId = "p", Code = $"c{i}", CodeKey = $"c{i}", Type = i < 8 ? VoucherType.Discount : VoucherType.Gift, CreatedAt = Now });
    }

    internal sealed record Step(string What, LedgerIntent Intent, Action Then);

    internal List<Voucher> Vouchers { get; } = [];

    /// <summary>The counters that are not 0.</summary>
    internal Dictionary<(string Owner, CounterKind Kind), long> Values { get; } = [];

    /// <summary>Operations that are sent at once; what they refer to is what was known before any of them.</summary>
    internal List<Step> Next() => [.. Enumerable.Range(0, _random.Next(1, 100)).Select(_ => One())];

    /// <summary>Whether the ledger must accept it; if so, the model moves on.</summary>
    internal bool Foretell(LedgerIntent intent)
    {
        var ceilings = new Dictionary<string, long?>();
        var values = new Dictionary<(string, CounterKind), long>();
        foreach (var change in intent.Changes)
        {
            var limit = change.Kind == CounterKind.Uses ? _ceilings.GetValueOrDefault(change.Owner) : null;
            if (change.NewCeiling is { } given) ceilings[change.Owner] = limit = given.Value;
            var value = Values.GetValueOrDefault((change.Owner, change.Kind)) + change.Delta;
            if (value < 0 || (change.Delta > 0 && (value > limit || value > change.Limit))) return false;
            values[(change.Owner, change.Kind)] = value;
        }
        foreach (var (owner, ceiling) in ceilings) _ceilings[owner] = ceiling;
        foreach (var (key, value) in values)
            if (value == 0) Values.Remove(key);
            else Values[key] = value;
        return true;
    }

    private Step One()
    {
        var voucher = Vouchers[_random.Next(Vouchers.Count)];
        return _random.Next(10) switch
        {
            < 3 => Redeem(voucher.Id, null),
            < 5 => SetUp(voucher.Id),
            5 when Known(_locks) is { } held => Redeem(held.RedeemableId, held),
            6 when Known(_locks) is { } held => Overwrite(held),
            7 when Known(_locks) is { } held => new("release", LockLedger.Release(held), () => _locks.Remove(held)),
            8 when _redemptions.Count > 0 => RollBack(),
            9 when voucher.Type == VoucherType.Gift => Load(voucher.Id),
            9 => Limit(voucher.Id),
            _ => Redeem(voucher.Id, null),
        };
    }

    private ValidationLock? Known(List<ValidationLock> locks) => locks.Count == 0 ? null : locks[_random.Next(locks.Count)];

    private bool IsCard(string id) => int.Parse(id.AsSpan(2), CultureInfo.InvariantCulture) >= 8;

    private string Rule(string id) => $"campaign/{int.Parse(id.AsSpan(2), CultureInfo.InvariantCulture) % 3}/customer/{_random.Next(4)}";

    private Step Redeem(string id, ValidationLock? own)
    {
        var credits = IsCard(id) ? 7L : 0;
        var rule = Rule(id);
        var row = new Redemption
        {
            Id = $"r_{++_number}", ProjectId = "p", Kind = RedemptionKind.Success, VoucherId = id, Amount = credits == 0 ? null : credits, Channel = "API", CreatedAt = Now,
            CountedJson = $$"""{"{{rule}}":1}""",
        };
        List<CounterChange> changes = [.. own is null ? [] : LockLedger.TakeBack(own), new(id, CounterKind.Uses, 1, 500), new(rule, CounterKind.Uses, 1, 4_000)];
        List<RowWrite> rows = [.. own is null ? [] : LockLedger.RowsOfTakingBack(own), new(row)];
        if (credits > 0)
        {
            changes.AddRange([new(id, CounterKind.Balance, -credits), new(id, CounterKind.RedeemedAmount, credits)]);
            rows.Add(new(Movement(id, "CREDITS_REDEMPTION", -credits)));
        }
        return new(own is null ? "redeem" : "redeem a lock", new LedgerIntent { Changes = CounterChange.Merge(changes), Rows = rows }, () =>
        {
            _redemptions.Add((row, credits));
            if (own is not null) _locks.Remove(own);
        });
    }

    private ValidationLock Lock(string id, string key) => new()
    {
        ProjectId = "p", SessionKey = key, RedeemableId = id, LockId = $"lock_{++_number}", Uses = 1, Credits = IsCard(id) ? 7 : 0, CreatedAt = Now, ExpiresAt = Now,
        HoldsJson = LockLedger.ToJson([new(id, CounterKind.Uses, 1), new(Rule(id), CounterKind.Uses, 1), .. IsCard(id) ? [new Hold(id, CounterKind.Balance, -7)] : (Hold[])[]]),
    };

    private static IEnumerable<CounterChange> Taking(ValidationLock one) =>
        [LockLedger.SetUp(one), .. LockLedger.HoldsOf(one).Select(h => new CounterChange(h.Owner, h.Kind, h.Delta, h.Delta > 0 ? 4_000 : null))];

    private Step SetUp(string id)
    {
        var one = Lock(id, $"s{++_number}");
        return new("set up", new LedgerIntent { Changes = CounterChange.Merge(Taking(one)), Rows = [new(one)] }, () => _locks.Add(one));
    }

    private Step Overwrite(ValidationLock held)
    {
        var one = Lock(held.RedeemableId, held.SessionKey);
        return new("overwrite",
            new LedgerIntent { Changes = CounterChange.Merge([.. LockLedger.TakeBack(held), .. Taking(one)]), Rows = [LockLedger.Forget(held), new(one, RowWriteKind.Upsert)] },
            () =>
            {
                _locks.Remove(held);
                _locks.Add(one);
            });
    }

    private Step RollBack()
    {
        var (redemption, credits) = _redemptions[_random.Next(_redemptions.Count)];
        var row = new Redemption
        {
            Id = $"rr_{++_number}", ProjectId = "p", Kind = RedemptionKind.Rollback, RollbackOf = redemption.Id, VoucherId = redemption.VoucherId, Amount = -redemption.Amount, Channel = "API", CreatedAt = Now,
        };
        var rule = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, long>>(redemption.CountedJson!)!.Keys.Single();
        List<CounterChange> changes = [new(redemption.Id, CounterKind.Rollbacks, 1, 1), new(redemption.VoucherId!, CounterKind.Uses, -1), new(rule, CounterKind.Uses, -1)];
        List<RowWrite> rows = [new(row)];
        if (credits > 0)
        {
            changes.AddRange([new(redemption.VoucherId!, CounterKind.Balance, credits), new(redemption.VoucherId!, CounterKind.RedeemedAmount, -credits)]);
            rows.Add(new(Movement(redemption.VoucherId!, "CREDITS_REFUND", credits)));
        }
        return new("roll back", new LedgerIntent { Changes = changes, Rows = rows }, () => { });
    }

    private Step Load(string id)
    {
        var amount = _random.Next(-60, 100);
        return new("load", new LedgerIntent { Changes = [new(id, CounterKind.Balance, amount)], Rows = [new(Movement(id, "CREDITS_ADDITION", amount))] }, () => { });
    }

    private Step Limit(string id) =>
        new("limit", new LedgerIntent { Changes = [new(id, CounterKind.Uses, 0) { NewCeiling = new Ceiling(_random.Next(4) == 0 ? null : _random.Next(1, 400)) }] }, () => { });

    private VoucherTransaction Movement(string id, string type, long amount) =>
        new() { Id = $"vtx_{++_number}", ProjectId = "p", VoucherId = id, Type = type, Amount = amount, CreatedAt = Now };
}
