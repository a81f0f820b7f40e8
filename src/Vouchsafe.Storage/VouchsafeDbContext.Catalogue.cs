using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>The catalogue: products, categories, segments, rules, campaigns, promotions.</summary>
public abstract partial class VouchsafeDbContext
{
    /// <summary>Products, those in the bin included.</summary>
    public DbSet<Product> Products => Set<Product>();
    /// <summary>Variants, those in the bin included.</summary>
    public DbSet<Sku> Skus => Set<Sku>();
    /// <summary>Product collections.</summary>
    public DbSet<ProductCollection> ProductCollections => Set<ProductCollection>();
    /// <summary>Members of static product collections.</summary>
    public DbSet<ProductCollectionItem> ProductCollectionItems => Set<ProductCollectionItem>();
    /// <summary>Categories.</summary>
    public DbSet<Category> Categories => Set<Category>();
    /// <summary>Exports.</summary>
    public DbSet<Export> Exports => Set<Export>();
    /// <summary>Parts of exported files.</summary>
    public DbSet<ExportPart> ExportParts => Set<ExportPart>();
    /// <summary>Segments.</summary>
    public DbSet<Segment> Segments => Set<Segment>();
    /// <summary>Members of static segments.</summary>
    public DbSet<SegmentMember> SegmentMembers => Set<SegmentMember>();
    /// <summary>Validation rules.</summary>
    public DbSet<ValidationRule> ValidationRules => Set<ValidationRule>();
    /// <summary>What the rules hold for.</summary>
    public DbSet<ValidationRuleAssignment> ValidationRuleAssignments => Set<ValidationRuleAssignment>();
    /// <summary>Campaigns, those in the bin included.</summary>
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    /// <summary>Promotion tiers.</summary>
    public DbSet<PromotionTier> PromotionTiers => Set<PromotionTier>();
    /// <summary>Promotion stacks.</summary>
    public DbSet<PromotionStack> PromotionStacks => Set<PromotionStack>();
    /// <summary>Stacking rules of projects that changed them.</summary>
    public DbSet<StackingRulesEntry> StackingRules => Set<StackingRulesEntry>();
    /// <summary>What points buy.</summary>
    public DbSet<Reward> Rewards => Set<Reward>();
    /// <summary>Which programs the rewards are for.</summary>
    public DbSet<RewardAssignment> RewardAssignments => Set<RewardAssignment>();
    /// <summary>What earns points.</summary>
    public DbSet<EarningRule> EarningRules => Set<EarningRule>();
    /// <summary>Orders whose points are to be given.</summary>
    public DbSet<PaidOrder> PaidOrders => Set<PaidOrder>();
    /// <summary>Holders of referral codes.</summary>
    public DbSet<RedeemableHolder> RedeemableHolders => Set<RedeemableHolder>();
    /// <summary>Work in the background.</summary>
    public DbSet<AsyncAction> AsyncActions => Set<AsyncAction>();

    private static void MapCatalogue(ModelBuilder model)
    {
        MapProducts(model);
        MapRules(model);
        MapCampaigns(model);
        MapLoyalty(model);
    }

    private static void MapProducts(ModelBuilder model)
    {
        // Ids may be the caller's own, so they are unique in a project only.
        model.Entity<Product>(e =>
        {
            e.HasKey(p => new { p.ProjectId, p.Id });
            e.HasIndex(p => new { p.ProjectId, p.SourceId }).IsUnique().HasFilter("deleted_at IS NULL");
            e.HasIndex(p => new { p.ProjectId, p.CreatedAt, p.Id }).HasFilter("deleted_at IS NULL");
            MapNames(e, "deleted_at IS NULL AND ");
        });
        model.Entity<Sku>(e =>
        {
            e.HasKey(s => new { s.ProjectId, s.Id });
            e.HasIndex(s => new { s.ProjectId, s.SourceId }).IsUnique().HasFilter("deleted_at IS NULL");
            MapNames(e, "deleted_at IS NULL AND ");
            e.HasIndex(s => new { s.ProjectId, s.ProductId });
        });
        model.Entity<ProductCollection>(e =>
        {
            e.HasKey(c => c.Id);
            e.HasIndex(c => new { c.ProjectId, c.CreatedAt });
        });
        model.Entity<ProductCollectionItem>(e =>
        {
            e.HasKey(i => new { i.CollectionId, i.ItemId });
            e.HasIndex(i => i.ItemId);
        });
        model.Entity<Category>(e =>
        {
            e.HasKey(c => c.Id);
            e.HasIndex(c => new { c.ProjectId, c.Name }).IsUnique();
        });
    }

    private static void MapRules(ModelBuilder model)
    {
        model.Entity<Segment>(e =>
        {
            e.HasKey(s => s.Id);
            e.HasIndex(s => new { s.ProjectId, s.CreatedAt });
        });
        model.Entity<SegmentMember>(e =>
        {
            e.HasKey(m => new { m.SegmentId, m.CustomerId });
            e.HasIndex(m => m.CustomerId);
        });
        model.Entity<ValidationRule>(e =>
        {
            e.HasKey(r => r.Id);
            e.HasIndex(r => new { r.ProjectId, r.CreatedAt });
        });
        model.Entity<ValidationRuleAssignment>(e =>
        {
            e.HasKey(a => a.Id);
            e.HasIndex(a => new { a.RuleId, a.RelatedObjectId }).IsUnique();
            e.HasIndex(a => new { a.ProjectId, a.RelatedObjectId });
        });
    }

    private static void MapLoyalty(ModelBuilder model)
    {
        model.Entity<Reward>(e =>
        {
            e.HasKey(r => r.Id);
            e.HasIndex(r => new { r.ProjectId, r.CreatedAt });
        });
        model.Entity<RewardAssignment>(e =>
        {
            e.HasKey(a => a.Id);
            e.HasIndex(a => new { a.RewardId, a.CampaignId }).IsUnique();
            e.HasIndex(a => a.CampaignId);
        });
        model.Entity<EarningRule>(e =>
        {
            e.HasKey(r => r.Id);
            e.HasIndex(r => new { r.ProjectId, r.CampaignId });
        });
        model.Entity<PaidOrder>(e => e.HasKey(o => o.Id));
        model.Entity<RedeemableHolder>(e =>
        {
            e.HasKey(h => h.Id);
            e.HasIndex(h => new { h.VoucherId, h.CustomerId }).IsUnique();
            e.HasIndex(h => h.CustomerId);
        });
    }

    private static void MapCampaigns(ModelBuilder model)
    {
        model.Entity<Campaign>(e =>
        {
            e.HasKey(c => c.Id);
            e.HasIndex(c => new { c.ProjectId, c.Name }).IsUnique().HasFilter("deleted_at IS NULL");
            e.HasIndex(c => new { c.ProjectId, c.CreatedAt });
        });
        // Codes of a campaign are counted in the index alone, and it has them in the order of lists.
        model.Entity<Voucher>(e => e.HasIndex(v => new { v.CampaignId, v.DeletedAt, v.CreatedAt }));
        model.Entity<PromotionTier>(e =>
        {
            e.HasKey(t => t.Id);
            e.HasIndex(t => new { t.ProjectId, t.CreatedAt });
            e.HasIndex(t => new { t.CampaignId, t.Hierarchy });
        });
        model.Entity<Redemption>(e => e.HasIndex(r => r.PromotionTierId).HasFilter("promotion_tier_id IS NOT NULL"));
        model.Entity<PromotionStack>(e =>
        {
            e.HasKey(s => s.Id);
            e.HasIndex(s => new { s.ProjectId, s.CreatedAt });
            e.HasIndex(s => s.CampaignId);
            StringList(e.Property(s => s.TierIds));
        });
        model.Entity<StackingRulesEntry>(e =>
        {
            e.ToTable("stacking_rules");
            e.HasKey(s => s.Id);
            e.HasIndex(s => s.ProjectId).IsUnique();
        });
        model.Entity<Export>(e =>
        {
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.ProjectId, x.CreatedAt });
        });
        model.Entity<ExportPart>(e =>
        {
            e.HasKey(p => new { p.ExportId, p.Number });
            e.HasIndex(p => p.ProjectId);
            e.HasIndex(p => p.CreatedAt);
        });
        model.Entity<AsyncAction>(e =>
        {
            e.HasKey(a => a.Id);
            e.HasIndex(a => new { a.ProjectId, a.Id });
            e.HasIndex(a => a.Status).HasFilter("status IN (1, 2)");
        });
    }
}
