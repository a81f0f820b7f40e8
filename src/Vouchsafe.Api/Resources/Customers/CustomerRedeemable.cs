using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>A voucher that is a customer's, as owner, or in a role with a referral code.</summary>
/// <param name="Id">Id of the holding, <c>rh_...</c>; grows with the instant of it.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="VoucherId">Voucher.</param>
/// <param name="VoucherType">Its type on the wire.</param>
/// <param name="Role">Role on the wire.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="CampaignType">Its campaign's type on the wire.</param>
internal sealed record CustomerRedeemable(
    string Id, DateTimeOffset CreatedAt, string VoucherId, string VoucherType, string Role, string? CampaignId, string? CampaignType)
{
    /// <summary>The fields that a list can be filtered by, as text; null: there is no such field.</summary>
    internal static readonly IReadOnlyDictionary<string, Func<CustomerRedeemable, string?>> Fields = new Dictionary<string, Func<CustomerRedeemable, string?>>
    {
        ["id"] = h => h.Id,
        ["created_at"] = h => WireJson.Format(h.CreatedAt),
        ["redeemable_id"] = h => h.VoucherId,
        ["redeemable_object"] = _ => "voucher",
        ["holder_role"] = h => h.Role,
        ["campaign_id"] = h => h.CampaignId,
        ["campaign_type"] = h => h.CampaignType,
        ["voucher_type"] = h => h.VoucherType,
    };

    /// <summary>All that a customer has, in four queries; what lies in the bin is not theirs.</summary>
    internal static async ValueTask<IReadOnlyList<CustomerRedeemable>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, Customer customer, CancellationToken ct)
    {
        var roles = await (from h in db.RedeemableHolders.AsNoTracking()
                           join v in db.Vouchers on h.VoucherId equals v.Id
                           where h.CustomerId == customer.Id && h.ProjectId == project.Id && v.DeletedAt == null
                           select new { Holder = h, v.Type, v.CampaignId }).ToListAsync(ct);
        var owned = await db.Vouchers.AsNoTracking().Where(v => v.HolderId == customer.Id && v.ProjectId == project.Id && v.DeletedAt == null)
            .Select(v => new { v.Id, v.Type, v.CampaignId, v.CreatedAt }).ToListAsync(ct);
        var campaignIds = owned.Select(v => v.CampaignId).OfType<string>().Distinct().ToList();
        var types = await db.Campaigns.AsNoTracking().Where(c => campaignIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.CampaignType, ct);
        var published = await PublishedAsync(db, customer, ct);
        return
        [
            .. roles.Select(r => new CustomerRedeemable(
                r.Holder.Id, r.Holder.CreatedAt, r.Holder.VoucherId, VoucherResponse.TypeName(r.Type), WireNames.Of(r.Holder.Role), r.CampaignId,
                WireNames.Of(Storage.Entities.CampaignType.ReferralProgram))),
            // Who passes a referral code on holds it in that role only.
            .. owned.Select(v => (Voucher: v, Type: v.CampaignId is { } id && types.TryGetValue(id, out var type) ? type : (CampaignType?)null))
                .Where(o => o.Type != Storage.Entities.CampaignType.ReferralProgram)
                .Select(o =>
                {
                    var since = published.GetValueOrDefault(o.Voucher.Id, o.Voucher.CreatedAt);
                    return new CustomerRedeemable(
                        Ids.Derived(IdPrefix.RedeemableHolder, since, o.Voucher.Id), since, o.Voucher.Id, VoucherResponse.TypeName(o.Voucher.Type), "OWNER",
                        o.Voucher.CampaignId, o.Type is { } known ? WireNames.Of(known) : null);
                }),
        ];
    }

    private static async ValueTask<Dictionary<string, DateTimeOffset>> PublishedAsync(VouchsafeDbContext db, Customer customer, CancellationToken ct)
    {
        Dictionary<string, DateTimeOffset> published = [];
        foreach (var publication in await db.Publications.AsNoTracking().Where(p => p.CustomerId == customer.Id).ToListAsync(ct))
            foreach (var id in PublicationResponse.IdsOf(publication)) published[id] = publication.CreatedAt;
        return published;
    }

    /// <summary>How the voucher of a holding stands.</summary>
    internal static string StatusOf(VoucherState state, DateTimeOffset now) => state.Voucher switch
    {
        { Active: false } => "DISABLED",
        { ExpirationDate: { } end } when end <= now => "EXPIRED",
        { StartDate: { } start } when start > now => "NOT_ACTIVE_YET",
        { RedemptionQuantity: { } quantity } when state.Redeemed >= quantity => "USED",
        { Type: Storage.Entities.VoucherType.Gift or Storage.Entities.VoucherType.Loyalty } when state.BalanceWithHolds == 0 => "NO_BALANCE",
        _ => "ACTIVE",
    };
}
