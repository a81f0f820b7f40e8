using System.Text.Json.Serialization;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>A key in wire form. The secret is there only while its window is open.</summary>
internal sealed record KeyResponse(
    string Id, string Object, string Name, string Kind, string? Role, IReadOnlyList<string>? Scopes, IReadOnlyList<string> IpWhitelist, bool Blocked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret,
    DateTimeOffset? SecretVisibleUntil, DateTimeOffset? PreviousSecretValidUntil, DateTimeOffset? LastUsedAt, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt)
{
    internal const string ServerSide = "server_side";
    internal const string ClientSide = "client_side";

    internal static KeyResponse From(ApiKey key, string? secret, DateTimeOffset now) => new(
        key.Id, "api_key", key.Name, key.Kind == KeyKind.Client ? ClientSide : ServerSide, key.Role,
        key.Scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries), key.IpRules, key.Blocked, secret,
        key.VisibleUntil > now ? key.VisibleUntil : null,
        key.PreviousValidUntil > now ? key.PreviousValidUntil : null,
        key.LastUsedAt, key.CreatedAt, key.UpdatedAt);
}
