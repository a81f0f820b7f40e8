using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>Refusals of orders.</summary>
internal static class OrderErrors
{
    internal static ApiError NotFound(string id) => CommonErrors.NotFound("order", id);

    internal static ApiError Duplicate(string sourceId) => new(
        400, "duplicate_found", "Duplicate resource found", $"Duplicated order exists with source_id {sourceId}", sourceId, "order");

    internal static ApiError Invalid(Engine.Reason reason) => new(reason.Code, reason.Key, reason.Message, reason.Details);
}
