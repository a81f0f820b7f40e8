using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Exports.Kinds;

/// <summary>Codes given to customers; several of one publication stand in one row.</summary>
internal sealed class PublicationExport : ExportKind
{
    internal override string Name => "publication";

    internal override IReadOnlyList<string> Fields { get; } = ["voucher_code", "customer_id", "customer_source_id", "date", "channel", "campaign", "is_winner", "metadata"];

    // The documentation's "code" is the field voucher_code.
    internal override IReadOnlyList<string> Defaults { get; } = ["voucher_code", "customer_id", "date", "channel"];

    internal override IReadOnlyList<string> Orders { get; } =
        ["-id", "id", "-voucher_code", "voucher_code", "-tracking_id", "tracking_id", "-customer_id", "customer_id", "-created_at", "created_at", "-channel", "channel"];

    internal override IReadOnlyList<string> FurtherFilters { get; } =
        ["created_at", "customer", "voucher", "result", "campaign_name", "voucher_type", "is_referral_code", "parent_object_id", "related_object_id", "source_id"];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters)
    {
        var found = db.Publications.Where(p => p.ProjectId == project.Id);
        return parameters.Order switch
        {
            "voucher_code" => found.OrderBy(p => db.Vouchers.Where(v => v.Id == p.VoucherId).Select(v => v.Code).FirstOrDefault()).ThenBy(p => p.Id).Select(p => p.Id),
            "-voucher_code" => found.OrderByDescending(p => db.Vouchers.Where(v => v.Id == p.VoucherId).Select(v => v.Code).FirstOrDefault()).ThenByDescending(p => p.Id).Select(p => p.Id),
            "tracking_id" => found.OrderBy(p => db.Customers.Where(c => c.Id == p.CustomerId).Select(c => c.SourceId).FirstOrDefault()).ThenBy(p => p.Id).Select(p => p.Id),
            "-tracking_id" => found.OrderByDescending(p => db.Customers.Where(c => c.Id == p.CustomerId).Select(c => c.SourceId).FirstOrDefault()).ThenByDescending(p => p.Id).Select(p => p.Id),
            var order => Sorted(found, order),
        };
    }

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct)
    {
        var publications = await db.Publications.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        var found = await Related.LoadAsync(db, publications.SelectMany(PublicationResponse.IdsOf), [], publications.Select(p => p.CustomerId), ct);
        return publications.ToDictionary(p => p.Id, p =>
        {
            var (voucher, customer, campaign) = (found.Voucher(p.VoucherId), found.Customer(p.CustomerId), found.CampaignOf(p.VoucherId, null));
            var codes = PublicationResponse.IdsOf(p).Select(id => found.Voucher(id)?.Code).OfType<string>();
            return new JsonObject
            {
                ["voucher_code"] = string.Join(',', codes), ["voucher"] = voucher?.Code, ["related_object_id"] = p.VoucherId,
                ["voucher_type"] = voucher is null ? null : VoucherResponse.TypeName(voucher.Type),
                ["is_referral_code"] = campaign?.CampaignType == CampaignType.ReferralProgram,
                ["customer_id"] = p.CustomerId, ["customer_source_id"] = customer?.SourceId, ["customer"] = customer?.SourceId ?? p.CustomerId,
                ["date"] = Instant(p.CreatedAt), ["created_at"] = Instant(p.CreatedAt), ["channel"] = p.Channel, ["source_id"] = p.SourceId, ["result"] = "SUCCESS",
                ["campaign"] = campaign?.Name, ["campaign_name"] = campaign?.Name, ["parent_object_id"] = campaign?.Id,
                ["metadata"] = Metadata(p.MetadataJson),
            };
        });
    }
}
