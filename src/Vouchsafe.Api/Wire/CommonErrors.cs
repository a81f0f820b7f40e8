using Vouchsafe.Api.Records;

namespace Vouchsafe.Api.Wire;

/// <summary>Errors that every resource shares. Keys and messages are those of the published API description.</summary>
internal static class CommonErrors
{
    internal static readonly ApiError Unauthorized = new(401, "unauthorized", "Unauthorized") { Refusal = new(RefusalReason.Unauthorized) };

    internal static ApiError InvalidPayload(string details) => new(400, "invalid_payload", "Invalid payload", details);

    internal static ApiError InvalidQuery(string details) => new(400, "invalid_query_params", "Invalid query params", details);

    internal static ApiError Forbidden(string details, Refusal? refusal = null) => new(403, "forbidden", "Forbidden", details) { Refusal = refusal };

    internal static ApiError NotFound(string resourceType, string id) => new(
        404, "not_found", "Resource not found", $"Cannot find {resourceType} with id {id}", id, resourceType);

    internal static ApiError NoRoute(string path) => new(404, "not_found", "Resource not found", $"There is no resource at {path}");

    internal static ApiError Duplicate(string resourceType, string id) => new(
        400, "duplicate_found", "Duplicate resource found", $"Duplicate {resourceType} with id {id}", id, resourceType);

    internal static ApiError MethodNotAllowed(string method, IReadOnlyCollection<string> allowed) => new(
        405, "method_not_allowed", "HTTP Method Not Allowed",
        $"{method} is not supported by this endpoint. Did you mean {string.Join(" or ", allowed)}?");

    internal static ApiError UnsupportedMediaType(string? contentType) => new(
        415, "unsupported_media_type", "Unsupported Media Type",
        $"Content type {contentType ?? "(none)"} is not supported. Send application/json.");

    internal static ApiError TooLarge(long limitBytes) => new(
        413, "query_too_large", "Payload too large", $"The request body may hold {limitBytes} bytes at most.");

    internal static ApiError TooManyRequests(string details, RefusalReason? reason = null) =>
        new(429, "too_many_requests", "Too Many Requests", details) { Refusal = reason is { } check ? new(check) : null };

    internal static readonly ApiError Busy = new(
        503, "service_busy", "Service busy", "Too many writes are waiting. Nothing was done; send the request again in a moment.");

    internal static readonly ApiError DatabaseUnavailable = new(
        503, "database_unavailable", "Service unavailable", "The database does not answer. Send the request again in a moment.");

    internal static readonly ApiError Internal = new(500, "internal_error", "Internal Server Error", "The error was logged under the request id.");
}
