using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.OAuth;

/// <summary>Refusals of the token endpoints.</summary>
internal static class OAuthErrors
{
    internal static readonly ApiError InvalidGrantType = new(400, "invalid_grant_type", "Invalid grant_type", "grant_type must be client_credentials.");

    internal static readonly ApiError MissingParameters = new(400, "missing_parameters", "Missing parameters");

    internal static ApiError InvalidScope(string scope) => new(
        400, "invalid_scope", $"Invalid scope: {scope}", "Separate scopes with spaces. None may be wider than those of the key.");

    internal static ApiError NotAForm(string? contentType) => new(
        415, "unsupported_media_type", "Unsupported Media Type",
        $"Content type {contentType ?? "(none)"} is not supported. Send application/x-www-form-urlencoded.");

    internal static ApiError Unreadable(string details) => CommonErrors.InvalidPayload(details);

    internal static ApiError TooManyTokens(int max) => CommonErrors.TooManyRequests(
        $"A project may have {max} live tokens at most. Use a token for as long as it lives, or revoke it.");
}
