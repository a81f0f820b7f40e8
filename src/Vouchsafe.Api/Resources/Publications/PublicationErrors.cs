using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Publications;

/// <summary>Refusals of publications.</summary>
internal static class PublicationErrors
{
    internal static readonly ApiError MissingVouchers = new(400, "missing_vouchers", "Missing vouchers", "Either Campaign or Voucher is required");

    internal static readonly ApiError MissingCustomer = CommonErrors.InvalidPayload("Payload should have required property 'customer'");

    internal static readonly ApiError AlreadyJoined = new(
        400, "voucher_cannot_be_published", "Voucher cannot be published", "Voucher cannot be published. Customer already joined program.");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("publication", id);

    internal static ApiError AlreadyPublished(string voucherId) => new(
        400, "voucher_already_published", "Voucher already published", $"Voucher '{voucherId}' has already been published", voucherId, "voucher");

    internal static ApiError Disabled(string voucherId) => new(
        400, "voucher_cannot_be_published", "Voucher cannot be published", $"Voucher '{voucherId}' is not active", voucherId, "voucher");

    internal static ApiError NoneLeft(string campaign) => new(
        400, "no_voucher_suitable_for_publication", "No voucher suitable for publication",
        $"Couldn't find any voucher suitable for publication in campaign {campaign}.");

    internal static ApiError DuplicateSourceId(string sourceId) => new(
        400, "duplicate_source_id", "Duplicate source_id", $"Publication with source_id: '{sourceId}' already exists");
}
