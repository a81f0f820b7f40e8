using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Exports.Kinds;

/// <summary>Vouchers that are not in the bin. <c>value</c> is what is taken off or left, in minor units where it is money.</summary>
internal sealed class VoucherExport : ExportKind
{
    internal override string Name => "voucher";

    internal override IReadOnlyList<string> Fields { get; } =
    [
        "code", "voucher_type", "value", "formula", "discount_type", "campaign", "category", "start_date", "expiration_date", "gift_balance", "loyalty_balance",
        "redemption_quantity", "redemption_count", "active", "qr_code", "bar_code", "metadata", "id", "is_referral_code", "created_at", "updated_at",
        "validity_timeframe_interval", "validity_timeframe_duration", "validity_day_of_week", "discount_amount_limit", "campaign_id", "additional_info",
        "customer_id", "discount_effect", "discount_unit_type", "discount_unit_effect", "validation_rules_id", "customer_source_id",
    ];

    internal override IReadOnlyList<string> Defaults { get; } = ["code", "voucher_type", "value", "discount_type"];

    internal override IReadOnlyList<string> Orders { get; } = ["-created_at", "created_at", "-updated_at", "updated_at", "-code", "code"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = ["created_date", "holder_id", "published_for_customer_id", "categories", "category_ids"];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters)
    {
        var found = db.Vouchers.Where(v => v.ProjectId == project.Id && v.DeletedAt == null);
        return Sorted(parameters.CampaignId is { } campaign ? found.Where(v => v.CampaignId == campaign) : found, parameters.Order);
    }

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct)
    {
        var vouchers = await db.Vouchers.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        var surroundings = await VoucherSurroundings.LoadAsync(db, project, vouchers, ct);
        var holderIds = vouchers.Select(v => v.HolderId).OfType<string>().Distinct().ToList();
        var holders = await db.Customers.AsNoTracking().Where(c => holderIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.SourceId, ct);
        return (await VoucherState.LoadAsync(db, vouchers, ct)).ToDictionary(s => s.Voucher.Id, state =>
        {
            var row = Wire(VoucherResponse.From(state, null, surroundings));
            var (holder, discount) = (state.Voucher.HolderId, row["discount"] as JsonObject);
            row["voucher_type"] = row["type"]!.DeepClone();
            row["value"] = ValueOf(row, discount)?.DeepClone();
            row["formula"] = Of(discount, "amount_off_formula", "percent_off_formula", "unit_off_formula", "fixed_amount_formula");
            row["discount_type"] = Of(discount, "type");
            row["discount_effect"] = Of(discount, "effect");
            row["discount_amount_limit"] = Of(discount, "amount_limit");
            row["discount_unit_type"] = Of(discount, "unit_type");
            row["discount_unit_effect"] = Of(discount, "type")?.ToString() == "UNIT" ? Of(discount, "effect") : null;
            row["gift_balance"] = Of(row["gift"] as JsonObject, "balance");
            row["loyalty_balance"] = Of(row["loyalty_card"] as JsonObject, "balance");
            row["redemption_quantity"] = state.Voucher.RedemptionQuantity;
            row["redemption_count"] = state.Redeemed;
            row["qr_code"] = row["assets"]?["qr"]?["url"]?.DeepClone();
            row["bar_code"] = row["assets"]?["barcode"]?["url"]?.DeepClone();
            row["validity_timeframe_interval"] = Of(row["validity_timeframe"] as JsonObject, "interval");
            row["validity_timeframe_duration"] = Of(row["validity_timeframe"] as JsonObject, "duration");
            row["customer_id"] = holder;
            row["customer_source_id"] = holder is null ? null : holders.GetValueOrDefault(holder);
            row["validation_rules_id"] = new JsonArray([.. surroundings.Assignments(state.Voucher).Select(a => (JsonNode)a.RuleId)]);
            row["created_date"] = row["created_at"]?.DeepClone();
            row["holder_id"] = holder;
            row["published_for_customer_id"] = holder;
            row["category_ids"] = state.Voucher.CategoryId;
            row["categories"] = row["category"]?.DeepClone();
            return row;
        });
    }

    private static JsonNode? ValueOf(JsonObject row, JsonObject? discount) =>
        row["gift"]?["balance"] ?? row["loyalty_card"]?["balance"]
        ?? discount?["amount_off"] ?? discount?["percent_off"] ?? discount?["unit_off"] ?? discount?["fixed_amount"];

    private static JsonNode? Of(JsonObject? from, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (from?[name] is { } value) return value.DeepClone();
        return null;
    }
}
