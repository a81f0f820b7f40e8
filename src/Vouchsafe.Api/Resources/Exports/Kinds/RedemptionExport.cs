using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Redemptions;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Exports.Kinds;

/// <summary>Redemptions and rollbacks, failed ones included.</summary>
internal sealed class RedemptionExport : ExportKind
{
    internal override string Name => "redemption";

    internal override IReadOnlyList<string> Fields { get; } =
    [
        "id", "object", "date", "voucher_code", "campaign", "promotion_tier_id", "customer_id", "customer_source_id", "customer_name", "tracking_id", "order_id",
        "order_amount", "gift_amount", "loyalty_points", "result", "failure_code", "failure_message", "metadata",
    ];

    internal override IReadOnlyList<string> Defaults { get; } = ["id", "object", "voucher_code", "customer_id", "date", "result"];

    internal override IReadOnlyList<string> Orders { get; } =
        ["-id", "id", "-voucher_code", "voucher_code", "-tracking_id", "tracking_id", "-customer_id", "customer_id", "-created_at", "created_at"];

    internal override IReadOnlyList<string> FurtherFilters { get; } =
        ["created_at", "customer", "voucher", "related_object", "related_object_id", "related_object_parent_id", "parent_redemption_id", "campaign_name", "status"];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters) =>
        db.Redemptions.Where(r => r.ProjectId == project.Id).OrderedBy(db, parameters.Order ?? "-created_at").Select(r => r.Id);

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct)
    {
        var redemptions = await db.Redemptions.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        var found = await Related.LoadAsync(
            db, redemptions.Select(r => r.VoucherId), redemptions.Select(r => r.PromotionTierId), redemptions.Select(r => r.CustomerId), ct);
        return redemptions.ToDictionary(r => r.Id, r =>
        {
            var row = Wire(RedemptionResponse.From(r, null, null));
            var (voucher, customer, campaign) = (found.Voucher(r.VoucherId), found.Customer(r.CustomerId), found.CampaignOf(r.VoucherId, r.PromotionTierId));
            row["created_at"] = Instant(r.CreatedAt);
            row["voucher_code"] = voucher?.Code;
            row["voucher"] = voucher?.Code;
            row["campaign"] = campaign?.Name;
            row["campaign_name"] = campaign?.Name;
            row["related_object"] = row["related_object_type"]?.DeepClone();
            row["related_object_parent_id"] = campaign?.Id;
            row["parent_redemption_id"] = r.ParentId;
            row["promotion_tier_id"] = r.PromotionTierId;
            row["customer_source_id"] = customer?.SourceId;
            row["customer_name"] = customer?.Name;
            row["customer"] = customer?.SourceId ?? r.CustomerId;
            row["order_id"] = r.OrderId;
            row["order_amount"] = row["order"]?["amount"]?.DeepClone();
            row["gift_amount"] = row["gift"]?["amount"]?.DeepClone();
            row["loyalty_points"] = row["loyalty_card"]?["points"]?.DeepClone();
            row["metadata"] = Metadata(r.MetadataJson);
            return row;
        });
    }
}

/// <summary>Vouchers, customers and campaigns that rows of a part name.</summary>
internal sealed class Related
{
    private readonly Dictionary<string, Voucher> _vouchers;
    private readonly Dictionary<string, Customer> _customers;
    private readonly Dictionary<string, string> _tierCampaigns;
    private readonly Dictionary<string, Campaign> _campaigns;

    private Related(Dictionary<string, Voucher> vouchers, Dictionary<string, Customer> customers, Dictionary<string, string> tierCampaigns, Dictionary<string, Campaign> campaigns) =>
        (_vouchers, _customers, _tierCampaigns, _campaigns) = (vouchers, customers, tierCampaigns, campaigns);

    internal static async Task<Related> LoadAsync(
        VouchsafeDbContext db, IEnumerable<string?> vouchers, IEnumerable<string?> tiers, IEnumerable<string?> customers, CancellationToken ct)
    {
        List<string> voucherIds = [.. vouchers.OfType<string>().Distinct()], tierIds = [.. tiers.OfType<string>().Distinct()], customerIds = [.. customers.OfType<string>().Distinct()];
        var foundVouchers = await db.Vouchers.AsNoTracking().Where(v => voucherIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, ct);
        var foundTiers = await db.PromotionTiers.AsNoTracking().Where(t => tierIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.CampaignId, ct);
        List<string> campaignIds = [.. foundVouchers.Values.Select(v => v.CampaignId).OfType<string>().Concat(foundTiers.Values).Distinct()];
        return new Related(
            foundVouchers, await db.Customers.AsNoTracking().Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct), foundTiers,
            await db.Campaigns.AsNoTracking().Where(c => campaignIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct));
    }

    internal Voucher? Voucher(string? id) => id is null ? null : _vouchers.GetValueOrDefault(id);

    internal Customer? Customer(string? id) => id is null ? null : _customers.GetValueOrDefault(id);

    internal Campaign? CampaignOf(string? voucherId, string? tierId) =>
        (Voucher(voucherId)?.CampaignId ?? (tierId is null ? null : _tierCampaigns.GetValueOrDefault(tierId))) is { } id ? _campaigns.GetValueOrDefault(id) : null;
}
