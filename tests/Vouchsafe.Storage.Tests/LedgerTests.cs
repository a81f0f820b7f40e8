using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Testing;

[assembly: AssemblyFixture(typeof(Vouchsafe.Testing.PostgresServer))]

namespace Vouchsafe.Storage.Tests;

public sealed class SqliteLedgerTests : LedgerTests
{
    protected override TestDatabase Database() => new SqliteTestDatabase();
}

public sealed class PostgresLedgerTests(PostgresServer server) : LedgerTests
{
    protected override TestDatabase Database() => new PostgresTestDatabase(server);

    [Fact]
    public async Task StatementsThatRepeat_ArePrepared()
    {
        await using var database = Database();
        var node = database.OpenNode();
        await node.Migrator.MigrateAsync();
        await using var connection = await node.Get<Npgsql.NpgsqlDataSource>().OpenConnectionAsync();

        for (var i = 0; i < 3; i++)
        {
            await using var command = new Npgsql.NpgsqlCommand("SELECT $1::int + 1", connection) { Parameters = { new() { Value = i } } };
            await command.ExecuteScalarAsync();
        }

        await using var count = new Npgsql.NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int%'", connection);
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Redeem_FromFourNodes_ExactlyTheLimitSucceeds() => await HammerAsync(nodes: 4, limit: 100, requests: 10_000, clients: 256);

    [Fact]
    public async Task Migrate_FourNodesOnAnEmptyDatabase_OneDoesTheWorkAndSeedsOnce()
    {
        await using var database = Database();
        var seeded = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.OpenNode()).Select(node => Task.Run(async () =>
        {
            await node.Migrator.MigrateAsync();
            await node.Migrator.RunOnceAsync("seed", db => { Interlocked.Increment(ref seeded); return Task.CompletedTask; });
        })));

        Assert.Equal(1, seeded);
        await using var db = database.OpenNode().Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }
}

/// <summary>What the ledger promises, on every provider.</summary>
public abstract class LedgerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _rows;

    protected abstract TestDatabase Database();

    [Fact]
    public async Task Redeem_From256Clients_ExactlyTheLimitSucceeds() => await HammerAsync(nodes: 1, limit: 100, requests: 10_000, clients: 256);

    [Fact]
    public async Task GiftCard_SpentAndRefundedAtOnce_NeverBelowZeroAndAddsUp()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;
        await ledger.CommitAsync(new LedgerIntent { Changes = [new("card", CounterKind.Balance, 1_000)] });
        long spent = 0;

        await Parallel(64, 2_000, async i =>
        {
            var id = $"r_{Interlocked.Increment(ref _rows)}";
            var outcome = await ledger.CommitAsync(new LedgerIntent { Changes = [new("card", CounterKind.Balance, -7)], Rows = [new(Row(id, RedemptionKind.Success))] });
            if (outcome is not LedgerOutcome.Accepted) return;
            Interlocked.Add(ref spent, 7);
            if (i % 3 != 0) return;
            var refund = new LedgerIntent { Changes = [new("card", CounterKind.Balance, 7), new(id, CounterKind.Rollbacks, 1, 1)], Rows = [new(Row("rr" + id, RedemptionKind.Rollback, id))] };
            var twice = await Task.WhenAll(ledger.CommitAsync(refund).AsTask(), ledger.CommitAsync(refund).AsTask());
            Assert.Single(twice.OfType<LedgerOutcome.Accepted>());
            Interlocked.Add(ref spent, -7);
        });

        await using var db = database.OpenNode().Open();
        var balance = (await db.Counters.SingleAsync(c => c.Owner == "card" && c.Kind == CounterKind.Balance)).Value;
        Assert.InRange(balance, 0, 6);
        Assert.Equal(1_000 - spent, balance);
        var successes = await db.Redemptions.CountAsync(r => r.Kind == RedemptionKind.Success);
        var rollbacks = await db.Redemptions.CountAsync(r => r.Kind == RedemptionKind.Rollback);
        Assert.Equal(spent, (successes - rollbacks) * 7L);
    }

    [Fact]
    public async Task Commit_ADuplicateAmongOthers_FailsAlone()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;
        await ledger.CommitAsync(new LedgerIntent { Rows = [new(Row("r_0", RedemptionKind.Success))] });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)], Rows = [new(Row($"r_{i}", RedemptionKind.Success))] }).AsTask()));

        Assert.IsType<LedgerOutcome.Duplicate>(outcomes[0]);
        Assert.All(outcomes[1..], o => Assert.IsType<LedgerOutcome.Accepted>(o));
        await using var db = database.OpenNode().Open();
        Assert.Equal(49, (await db.Counters.SingleAsync(c => c.Owner == "v")).Value);
    }

    [Fact]
    public async Task Commit_ABadRowAmongOthers_FailsAlone()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;

        var good = Enumerable.Range(0, 20).Select(i => ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)] }).AsTask()).ToList();
        var bad = ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)], Rows = [new(BadRow())] }).AsTask();

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.All(await Task.WhenAll(good), o => Assert.IsType<LedgerOutcome.Accepted>(o));
        await using var db = database.OpenNode().Open();
        Assert.Equal(20, (await db.Counters.SingleAsync(c => c.Owner == "v")).Value);
    }

    [Fact]
    public async Task Commit_TheCeilingLoweredUnderLoad_NothingPassesItAfterwards()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;
        await ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 0) { NewCeiling = new Ceiling(100_000) }] });
        var load = Parallel(32, 2_000, async _ => await ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)] }));

        var lowered = (LedgerOutcome.Accepted)await ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 0) { NewCeiling = new Ceiling(1) }] });
        await load;

        await using var db = database.OpenNode().Open();
        Assert.Equal(Math.Max(1, lowered.Values[0]), (await db.Counters.SingleAsync(c => c.Owner == "v")).Value);
    }

    [Fact]
    public async Task Commit_RowsSeeTheValuesOfTheirCommit()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;
        var transaction = new VoucherTransaction { Id = "vtx_1", ProjectId = "p", VoucherId = "v", Type = "CREDITS_ADDITION", Amount = 70, CreatedAt = Now };

        await ledger.CommitAsync(new LedgerIntent
        {
            Changes = [new("v", CounterKind.Balance, 70)], Rows = [new(transaction)], Complete = values => transaction.Balance = values[0],
        });

        await using var db = database.OpenNode().Open();
        Assert.Equal(70, (await db.VoucherTransactions.SingleAsync()).Balance);
    }

    [Fact]
    public async Task Commit_UpsertAndDelete_WriteWhatTheySay()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;
        Order Order(string status) => new() { Id = "ord_1", ProjectId = "p", Status = status, BodyJson = "{}", Amount = 0, CreatedAt = Now };

        await ledger.CommitAsync(new LedgerIntent { Rows = [new(Order("CREATED"), RowWriteKind.Upsert)] });
        await ledger.CommitAsync(new LedgerIntent { Rows = [new(Order("PAID"), RowWriteKind.Upsert)] });
        await using var db = database.OpenNode().Open();
        Assert.Equal("PAID", (await db.Orders.AsNoTracking().SingleAsync()).Status);

        await ledger.CommitAsync(new LedgerIntent { Rows = [new(Order("PAID"), RowWriteKind.Delete)] });
        Assert.Empty(await db.Orders.AsNoTracking().ToListAsync());
    }

    [Fact]
    public async Task Commit_AnUpdate_WritesItsColumnsOnly_AndBringsNothingBack()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        Order Order(string status, string metadata) => new() { Id = "ord_1", ProjectId = "p", Status = status, BodyJson = "{}", Amount = 0, MetadataJson = metadata, CreatedAt = Now };
        var status = new RowPatch(nameof(Entities.Order.Status));
        await node.Ledger.CommitAsync(new LedgerIntent { Rows = [new(Order("CREATED", """{"a":1}"""))] });

        await node.Ledger.CommitAsync(new LedgerIntent { Rows = [RowWrite.Of(Order("PAID", "{}"), status)] });
        await using var db = node.Open();
        var patched = await db.Orders.AsNoTracking().SingleAsync();
        Assert.Equal(("PAID", """{"a":1}"""), (patched.Status, patched.MetadataJson));

        // Two of one row at once: the last one stands.
        await node.Ledger.CommitAsync(new LedgerIntent { Rows = [new(Order("FULFILLED", "{}"), RowWriteKind.Update), new(Order("CANCELED", "{}"), RowWriteKind.Update)] });
        var updated = await db.Orders.AsNoTracking().SingleAsync();
        Assert.Equal(("CANCELED", "{}"), (updated.Status, updated.MetadataJson));

        await db.Orders.ExecuteDeleteAsync();
        await node.Ledger.CommitAsync(new LedgerIntent { Rows = [new(Order("PAID", "{}"), RowWriteKind.Update), RowWrite.Of(Order("PAID", "{}"), status)] });
        Assert.Empty(await db.Orders.AsNoTracking().ToListAsync());
    }

    [Fact]
    public async Task Commit_OfCustomersWhoAreRemovedMeanwhile_WritesNothingAfterTheRemoval()
    {
        await using var database = Database();
        await database.StartAsync();
        var nodes = new[] { database.OpenNode(), database.OpenNode() };
        await using (var db = nodes[0].Open())
        {
            for (var i = 0; i < 20; i++) db.Customers.Add(new Customer { Id = $"cust_{i}", ProjectId = "p", SourceId = $"s{i}", CreatedAt = Now });
            await db.SaveChangesAsync();
        }
        var outcomes = new System.Collections.Concurrent.ConcurrentBag<(string Customer, LedgerOutcome Outcome)>();

        var removing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await using var db = nodes[0].Open();
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.Customers.Where(c => c.Id == $"cust_{i}").ExecuteDeleteAsync();
                await db.Redemptions.Where(r => r.CustomerId == $"cust_{i}").ExecuteUpdateAsync(s => s.SetProperty(r => r.MetadataJson, (string?)null));
                await transaction.CommitAsync();
            }
        });
        await Parallel(32, 2_000, async i =>
        {
            var customer = $"cust_{i % 20}";
            var row = new Redemption { Id = $"r_{i}", ProjectId = "p", Kind = RedemptionKind.Success, CustomerId = customer, MetadataJson = "{}", Channel = "API", CreatedAt = Now };
            outcomes.Add((customer, await nodes[i % 2].Ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)], Rows = [new(row)], Customers = [customer] })));
        });
        await removing;

        await using var check = nodes[0].Open();
        Assert.False(await check.Redemptions.AnyAsync(r => r.MetadataJson != null));
        Assert.All(outcomes, o => Assert.True(o.Outcome is LedgerOutcome.Accepted or LedgerOutcome.Stale, o.Outcome.ToString()));
        Assert.Equal(await check.Redemptions.CountAsync(), outcomes.Count(o => o.Outcome is LedgerOutcome.Accepted));
        Assert.Equal(await check.Redemptions.CountAsync(), await check.Counters.SumAsync(c => c.Value));
    }

    [Fact]
    public async Task Commit_CountersThatComeToNothing_AreNotKept_AndStayExactWhileManyTakeThemUpAndGiveThemBack()
    {
        await using var database = Database();
        await database.StartAsync();
        var nodes = new[] { database.OpenNode(), database.OpenNode() };
        long held = 0, highest = 0;

        await nodes[0].Ledger.CommitAsync(new LedgerIntent { Changes = [new("refused", CounterKind.Uses, 1), new("cap", CounterKind.Locks, 5, 4)] });
        await nodes[0].Ledger.CommitAsync(new LedgerIntent { Changes = [new("look", CounterKind.Recounts, 0) { Expected = 0 }] });
        await using (var db = nodes[0].Open()) Assert.Empty(await db.Counters.ToListAsync());
        await Parallel(16, 800, async i =>
        {
            var ledger = nodes[i % 2].Ledger;
            if (await ledger.CommitAsync(new LedgerIntent { Changes = [new("other", CounterKind.Uses, 1), new("cap", CounterKind.Locks, 1, 4)] }) is not LedgerOutcome.Accepted) return;
            var now = Interlocked.Increment(ref held);
            for (var seen = Volatile.Read(ref highest); now > seen && Interlocked.CompareExchange(ref highest, now, seen) != seen; seen = Volatile.Read(ref highest)) { }
            // Before it is given back, or more than the cap could be seen here.
            Interlocked.Decrement(ref held);
            Assert.IsType<LedgerOutcome.Accepted>(await ledger.CommitAsync(new LedgerIntent { Changes = [new("cap", CounterKind.Locks, -1), new("other", CounterKind.Uses, -1)] }));
        });

        Assert.InRange(highest, 1, 4);
        await using var left = nodes[0].Open();
        Assert.Empty(await left.Counters.ToListAsync());
    }

    [Fact]
    public async Task Commit_ACounterWithACeiling_IsKeptAtZero()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        await node.Ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1) { NewCeiling = new Ceiling(3) }] });
        await node.Ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, -1)] });
        await using var db = node.Open();
        Assert.Equal((0L, 3L), (await db.Counters.Select(c => new { c.Value, c.Ceiling }).SingleAsync()) is { } c ? (c.Value, c.Ceiling!.Value) : default);
    }

    [Fact]
    public async Task Write_ManyContextsBesideTheLedger_NoneIsToldThatTheDatabaseIsLocked()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        var load = Parallel(32, 1_000, async _ => await node.Ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)] }));

        await Parallel(16, 200, async i =>
        {
            await using var db = node.Open();
            db.Customers.Add(new Customer { Id = $"cust_{i}", ProjectId = "p", SourceId = $"s{i}", CreatedAt = Now });
            await db.SaveChangesAsync();
            await db.Customers.Where(c => c.Id == $"cust_{i}").ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, "named"));
        });
        await load;

        await using var check = node.Open();
        Assert.Equal(200, await check.Customers.CountAsync(c => c.Name == "named"));
        Assert.Equal(1_000, (await check.Counters.SingleAsync(c => c.Owner == "v")).Value);
    }

    [Fact]
    public async Task Commit_CancelledBeforeItsTurn_WritesNothing()
    {
        await using var database = Database();
        var ledger = (await database.StartAsync()).Ledger;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)] }, new CancellationToken(canceled: true)));

        Assert.Equal([0L], Assert.IsType<LedgerOutcome.Accepted>(await ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 0)] })).Values);
    }

    [Fact]
    public async Task Commit_DecidedOnWhatChangedMeanwhile_IsToldAndWritesNothing_AndItsNeighboursAreCommitted()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        var current = 1;
        Task<LedgerOutcome> Count(int version) => node.Ledger.CommitAsync(new LedgerIntent
        {
            Changes = [new("voucher", CounterKind.Uses, 1)], Rows = [new(Row($"r_{Interlocked.Increment(ref _rows)}", RedemptionKind.Success))],
            IsStale = () => Volatile.Read(ref current) != version,
        }).AsTask();

        Assert.IsType<LedgerOutcome.Accepted>(await Count(1));
        Volatile.Write(ref current, 2);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Count(1 + i % 2)));

        Assert.Equal(20, outcomes.Count(o => o is LedgerOutcome.Stale));
        Assert.Equal(20, outcomes.Count(o => o is LedgerOutcome.Accepted));
        await using var db = node.Open();
        Assert.Equal((21, 21L), (await db.Redemptions.CountAsync(), (await db.Counters.SingleAsync(c => c.Owner == "voucher")).Value));
    }

    [Fact]
    public async Task Dispose_WithIntentsQueued_CommitsThemFirst()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        var waiting = Enumerable.Range(0, 500).Select(_ => node.Ledger.CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1)] }).AsTask()).ToList();

        await node.Ledger.DisposeAsync();

        Assert.All(await Task.WhenAll(waiting), o => Assert.IsType<LedgerOutcome.Accepted>(o));
        Assert.IsType<LedgerOutcome.Busy>(await node.Ledger.CommitAsync(new LedgerIntent()));
        await using var db = node.Open();
        Assert.Equal(500, (await db.Counters.SingleAsync()).Value);
    }

    private protected async Task HammerAsync(int nodes, int limit, int requests, int clients)
    {
        await using var database = Database();
        await database.StartAsync();
        var ledgers = Enumerable.Range(0, nodes).Select(_ => database.OpenNode().Ledger).ToArray();
        await ledgers[0].CommitAsync(new LedgerIntent { Changes = [new("v", CounterKind.Uses, 0) { NewCeiling = new Ceiling(limit) }] });
        var succeeded = 0;

        await Parallel(clients, requests, async i =>
        {
            var intent = new LedgerIntent { Changes = [new("v", CounterKind.Uses, 1, limit)], Rows = [new(Row($"r_{i}", RedemptionKind.Success))] };
            if (await ledgers[i % nodes].CommitAsync(intent) is LedgerOutcome.Accepted) Interlocked.Increment(ref succeeded);
        });

        Assert.Equal(limit, succeeded);
        await using var db = database.OpenNode().Open();
        Assert.Equal(limit, (await db.Counters.SingleAsync(c => c.Owner == "v")).Value);
        Assert.Equal(limit, await db.Redemptions.CountAsync());
    }

    private static async Task Parallel(int clients, int requests, Func<int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next)) await work(i);
        })));
    }

    private static Redemption Row(string id, RedemptionKind kind, string? rollbackOf = null) => new()
    {
        Id = id, ProjectId = "p", Kind = kind, RollbackOf = rollbackOf, VoucherId = "v", Channel = "API", CreatedAt = Now, OrderJson = "{\"amount\":1000}",
    };

    // No project: the column does not take null.
    private static Redemption BadRow() => new() { Id = "r_bad", ProjectId = null!, Kind = RedemptionKind.Success, Channel = "API", CreatedAt = Now };
}
