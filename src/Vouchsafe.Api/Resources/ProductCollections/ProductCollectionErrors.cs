using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>Refusals of product collections.</summary>
internal static class ProductCollectionErrors
{
    internal static readonly ApiError NoFilter =
        CommonErrors.InvalidPayload("filter: an AUTO_UPDATE collection must contain a valid filter with its junction.");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("products_collection", id);

    internal static ApiError InUse(string id, IReadOnlyList<string> ruleIds) => new(
        400, "resource_in_use", "Resource in use",
        $"Resource products_collection with id {id} is in use by validation_rules with ids [{string.Join(", ", ruleIds)}]")
    {
        RelatedObjectIds = ruleIds,
        RelatedObjectType = "validation_rules",
    };
}
