using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Testing;

namespace Vouchsafe.Storage.Tests;

public sealed class SqliteReadsTests : ReadsTests
{
    protected override TestDatabase Database() => new SqliteTestDatabase();
}

public sealed class PostgresReadsTests(PostgresServer server) : ReadsTests
{
    protected override TestDatabase Database() => new PostgresTestDatabase(server);
}

/// <summary>What is read past EF is what the ledger wrote, on every provider.</summary>
public abstract class ReadsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected abstract TestDatabase Database();

    [Fact]
    public async Task Find_ReadsTheVoucherWithItsCounters()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        var voucher = new Voucher { Id = "v_1", ProjectId = "p", Code = "Ab", CodeKey = "Ab", Type = VoucherType.Gift, GiftAmount = 500, ExpirationDate = Now.AddDays(1), CreatedAt = Now };
        await node.Ledger.CommitAsync(new LedgerIntent
        {
            Changes = [new("v_1", CounterKind.Uses, 2), new("v_1", CounterKind.Balance, 300), new("v_1", CounterKind.RedeemedAmount, 200)],
            Rows = [new(voucher), new(new ValidationLock { ProjectId = "p", RedeemableId = "v_1", SessionKey = "k", LockId = "lock_1", HoldsJson = "[]", Uses = 1, Credits = 10, CreatedAt = Now, ExpiresAt = Now })],
        });
        var reads = node.Get<Reads.VoucherReads>();

        var found = await reads.FindAsync("p", "Ab");

        Assert.NotNull(found);
        Assert.Equal((2, 300, 200, 0, 0, true, false),
            (found.Uses, found.Balance, found.RedeemedAmount, found.RemovedAmount, found.Publications, found.HasLocks, found.HasRules));
        Assert.Equal((voucher.Code, voucher.Type, voucher.GiftAmount, voucher.ExpirationDate, voucher.CreatedAt, true),
            (found.Voucher.Code, found.Voucher.Type, found.Voucher.GiftAmount, found.Voucher.ExpirationDate, found.Voucher.CreatedAt, found.Voucher.Active));
        Assert.Null(await reads.FindAsync("p", "ab"));
        Assert.Null(await reads.FindAsync("other", "Ab"));
    }

    [Fact]
    public async Task Rows_AreReadAsTheyWereWritten()
    {
        await using var database = Database();
        var node = await database.StartAsync();
        var full = new Customer
        {
            Id = "cust_1", ProjectId = "p", SourceId = "ada", Name = "Ada", Description = "First", Email = "ada@shop.example", Phone = "+44 1", Birthdate = "1815-12-10",
            AddressJson = """{"city":"London"}""", MetadataJson = """{"tier":"gold"}""", CreatedAt = Now, UpdatedAt = Now.AddDays(1),
        };
        var bare = new Customer { Id = "cust_2", ProjectId = "p", CreatedAt = Now };
        var order = new Order
        {
            Id = "ord_1", ProjectId = "p", SourceId = "o-1", Status = "PAID", CustomerId = "cust_1", ReferrerId = "cust_2", BodyJson = """{"amount":700}""", Amount = 700,
            MetadataJson = """{"till":3}""", CreatedAt = Now, UpdatedAt = Now.AddHours(1),
        };
        await node.Ledger.CommitAsync(new LedgerIntent { Rows = [new(full), new(bare), new(order)] });
        var reads = node.Get<Reads.RowReads>();

        Assert.Equivalent(full, await reads.CustomerByIdAsync("p", "cust_1"), strict: true);
        Assert.Equivalent(full, await reads.CustomerBySourceIdAsync("p", "ada"), strict: true);
        Assert.Equivalent(bare, await reads.CustomerByIdAsync("p", "cust_2"), strict: true);
        Assert.Equivalent(order, await reads.OrderByIdAsync("p", "ord_1"), strict: true);
        Assert.Equivalent(order, await reads.OrderBySourceIdAsync("p", "o-1"), strict: true);
        Assert.Null(await reads.CustomerByIdAsync("other", "cust_1"));
        Assert.Null(await reads.CustomerBySourceIdAsync("p", "cust_1"));
        Assert.Null(await reads.OrderByIdAsync("p", "o-1"));
        Assert.Null(await reads.OrderBySourceIdAsync("other", "o-1"));
    }
}
