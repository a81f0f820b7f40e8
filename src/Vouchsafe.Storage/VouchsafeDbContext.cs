using System.Text.Json;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>
/// The database. Handlers read and write plain rows through it; whatever a limit or balance depends on goes through
/// <see cref="Ledgers"/> instead. The providers derive from it only to own their migrations and column types.
/// </summary>
public abstract partial class VouchsafeDbContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>Whether other nodes may work on the same database, which go by what they read of definitions a moment ago.</summary>
    public abstract bool IsShared { get; }

    /// <summary>
    /// Holds a customer against removal until the transaction under way ends, so that what it writes of them cannot come after they
    /// were to be forgotten. Waits for a removal under way.
    /// </summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False if there is no such customer any more.</returns>
    public abstract Task<bool> HoldCustomerAsync(string id, CancellationToken ct);

    /// <summary>
    /// Waits until no other transaction has the turn of this name, and has it until the transaction under way ends: what is counted in
    /// it still stands when it is written.
    /// </summary>
    /// <param name="name">Whose turn it is, such as a project's.</param>
    /// <param name="ct">Cancels.</param>
    public abstract Task TakeTurnAsync(string name, CancellationToken ct);

    /// <summary>Projects.</summary>
    public DbSet<Project> Projects => Set<Project>();
    /// <summary>Keys of all channels.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    /// <summary>OAuth access tokens.</summary>
    public DbSet<OAuthToken> OAuthTokens => Set<OAuthToken>();
    /// <summary>Vouchers, those in the bin included.</summary>
    public DbSet<Voucher> Vouchers => Set<Voucher>();
    /// <summary>Counters; written by the ledger only.</summary>
    public DbSet<Counter> Counters => Set<Counter>();
    /// <summary>Transactions of cards.</summary>
    public DbSet<VoucherTransaction> VoucherTransactions => Set<VoucherTransaction>();
    /// <summary>Publications.</summary>
    public DbSet<Publication> Publications => Set<Publication>();
    /// <summary>The bin.</summary>
    public DbSet<TrashEntry> TrashEntries => Set<TrashEntry>();
    /// <summary>Customers.</summary>
    public DbSet<Customer> Customers => Set<Customer>();
    /// <summary>Orders.</summary>
    public DbSet<Order> Orders => Set<Order>();
    /// <summary>Redemptions and rollbacks.</summary>
    public DbSet<Redemption> Redemptions => Set<Redemption>();
    /// <summary>Custom events.</summary>
    public DbSet<CustomEvent> CustomEvents => Set<CustomEvent>();
    /// <summary>Validation locks.</summary>
    public DbSet<ValidationLock> ValidationLocks => Set<ValidationLock>();
    /// <summary>Answers to requests with an idempotency key.</summary>
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();
    /// <inheritdoc />
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Project>(e =>
        {
            e.HasKey(p => p.Id);
            e.HasQueryFilter(p => p.DeletedAt == null);
            StringList(e.Property(p => p.ClientTrustedDomains));
        });
        model.Entity<ApiKey>(e =>
        {
            e.HasKey(k => k.Id);
            e.HasIndex(k => k.ProjectId);
            StringList(e.Property(k => k.IpRules));
        });
        model.Entity<OAuthToken>(e =>
        {
            e.HasKey(t => t.Hash);
            e.HasIndex(t => new { t.ProjectId, t.ExpiresAt });
        });
        model.Entity<Voucher>(e =>
        {
            e.HasKey(v => v.Id);
            e.HasIndex(v => new { v.ProjectId, v.CodeKey }).IsUnique();
            e.HasIndex(v => new { v.ProjectId, v.CreatedAt });
            e.HasIndex(v => new { v.ProjectId, v.Type, v.CreatedAt });
            e.HasIndex(v => v.HolderId);
        });
        model.Entity<Counter>(e =>
        {
            e.HasKey(c => new { c.Owner, c.Kind });
            e.ToTable(t => t.HasCheckConstraint("ck_counters_value", "value >= 0"));
        });
        model.Entity<VoucherTransaction>(e =>
        {
            e.HasKey(t => t.Id);
            e.HasIndex(t => new { t.VoucherId, t.Id });
        });
        model.Entity<Publication>(e =>
        {
            e.HasKey(p => p.Id);
            e.HasIndex(p => new { p.ProjectId, p.SourceId }).IsUnique();
            e.HasIndex(p => p.VoucherId);
            e.HasIndex(p => p.CustomerId);
        });
        model.Entity<TrashEntry>(e =>
        {
            e.HasKey(t => t.Id);
            e.HasIndex(t => new { t.ProjectId, t.Id });
        });
        model.Entity<Customer>(e =>
        {
            e.HasKey(c => c.Id);
            e.HasIndex(c => new { c.ProjectId, c.SourceId }).IsUnique();
            e.HasIndex(c => new { c.ProjectId, c.CreatedAt, c.Id });
            MapNames(e, "");
            e.HasIndex(c => new { c.ProjectId, c.EmailKey, c.Id }).HasFilter("email_key IS NOT NULL");
        });
        model.Entity<Order>(e =>
        {
            e.HasKey(o => o.Id);
            e.HasIndex(o => new { o.ProjectId, o.SourceId }).IsUnique().HasFilter("source_id IS NOT NULL");
            // A customer's orders are counted and added up in the index alone.
            e.HasIndex(o => new { o.CustomerId, o.CreatedAt, o.Amount }).HasFilter("customer_id IS NOT NULL");
        });
        model.Entity<Redemption>(e =>
        {
            e.HasKey(r => r.Id);
            e.HasIndex(r => new { r.ProjectId, r.Id });
            // Most rows have no value there: what is not in an index costs a redemption nothing.
            e.HasIndex(r => new { r.VoucherId, r.Id }).HasFilter("voucher_id IS NOT NULL");
            e.HasIndex(r => new { r.CustomerId, r.Id }).HasFilter("customer_id IS NOT NULL");
            e.HasIndex(r => r.ParentId).HasFilter("parent_id IS NOT NULL");
            e.HasIndex(r => r.RollbackOf).IsUnique().HasFilter("kind = 3");
        });
        model.Entity<CustomEvent>(e =>
        {
            e.HasKey(v => v.Id);
            e.HasIndex(v => v.CustomerId);
        });
        model.Entity<ValidationLock>(e =>
        {
            e.HasKey(l => new { l.RedeemableId, l.SessionKey });
            e.HasIndex(l => new { l.ProjectId, l.SessionKey });
            e.HasIndex(l => l.ExpiresAt);
        });
        model.Entity<IdempotencyRecord>(e =>
        {
            e.HasKey(r => new { r.ProjectId, r.Operation, r.Key });
            e.HasIndex(r => r.ExpiresAt);
        });
        MapCatalogue(model);
        MapMembers(model);
        MapRecords(model);
        model.Entity<OnceMark>(e =>
        {
            e.ToTable(OnceMark.Table);
            e.HasKey(m => m.Name);
        });
        model.Entity<LedgerMark>(e =>
        {
            e.ToTable(LedgerMark.Table);
            e.HasKey(m => m.Id);
        });
        SnakeCase.Apply(model);
    }

    // A name has few words: what is not in an index costs nothing.
    private static void MapNames<T>(EntityTypeBuilder<T> entity, string filter) where T : Named
    {
        foreach (var key in Named.Keys) entity.HasIndex("ProjectId", key, "Id").HasFilter($"{filter}{JsonNamingPolicy.SnakeCaseLower.ConvertName(key)} IS NOT NULL");
    }

    private static void StringList(PropertyBuilder<List<string>> property) =>
        property.HasConversion(
            new ValueConverter<List<string>, string>(
                list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<List<string>>(json, JsonSerializerOptions.Default)!),
            new ValueComparer<List<string>>((a, b) => a!.SequenceEqual(b!), l => l.Count, l => l.ToList()));
}
