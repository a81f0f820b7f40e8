using System.Text.Json.Serialization;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Referrals;

/// <summary>A holder of a referral code on the wire.</summary>
internal sealed record HolderResponse(
    string Id, DateTimeOffset CreatedAt, string RedeemableId, string? CampaignId, string CampaignType, string VoucherType, string CustomerId, string HolderRole,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonText? Metadata)
{
    public string RedeemableObject => "voucher";
    public string Object => "redeemable_holder";

    internal static HolderResponse From(RedeemableHolder holder, Voucher code) => new(
        holder.Id, holder.CreatedAt, code.Id, code.CampaignId, WireNames.Of(Storage.Entities.CampaignType.ReferralProgram), VoucherResponse.TypeName(code.Type),
        holder.CustomerId, WireNames.Of(holder.Role), JsonText.From(holder.MetadataJson));
}

/// <summary>Refusals of referrals.</summary>
internal static class ReferralErrors
{
    internal static readonly ApiError NotPublished = new(
        400, "not_published", "Voucher is not published", "Referral code must be first published to Referrer before assigning it to Referee");

    internal static readonly ApiError AlreadyAssigned = new(409, "holder_assignement_duplication", "Customer is already assigned to given redeemable");

    internal static readonly ApiError ReferrerStays = new(403, "forbidden", "Can not remove assignment", "You can not remove Referrer assignment");

    internal static ApiError HolderNotFound(string id) => CommonErrors.NotFound("redeemable_holder", id);

    internal static ApiError SameCustomer(string id) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated customer exists with id {id}", id, "customer");
}
