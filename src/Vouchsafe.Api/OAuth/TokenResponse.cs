using System.Text.Json.Serialization;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.OAuth;

/// <summary>A token in wire form.</summary>
internal sealed record TokenResponse(
    string AccessToken, string ClientId, long ExpiresAt, long ExpiresIn, string Scope, string TokenType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Active = null)
{
    internal static TokenResponse From(string token, OAuthToken row, DateTimeOffset now, bool? active = null) => new(
        token, row.KeyId, row.ExpiresAt.ToUnixTimeSeconds(),
        (long)Math.Ceiling((row.ExpiresAt - now).TotalSeconds), row.Scopes, "Bearer", active);
}

/// <summary>What is said of a token that is unknown, foreign, expired or dead: nothing else.</summary>
internal sealed record InactiveToken(bool Active = false);
