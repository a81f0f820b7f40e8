using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>Refusals of customers.</summary>
internal static class CustomerErrors
{
    internal static readonly ApiError Missing = new(
        400, "missing_customer", "Missing customer", "Customer is required: send customer.source_id or customer.id.");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("customer", id);

    internal static readonly ApiError BulkUnderWay = new(
        400, "multiple_requests", "Multiple requests", "A bulk update that names this customer is under way. Send the request again when it is done.");

    internal static ApiError Duplicate(string sourceId) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated customer exists with source_id {sourceId}", sourceId, "customer");
}
