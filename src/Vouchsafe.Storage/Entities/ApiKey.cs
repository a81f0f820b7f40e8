namespace Vouchsafe.Storage.Entities;

/// <summary>Which channel a key opens.</summary>
public enum KeyKind : short
{
    /// <summary><c>X-App-Id</c>, <c>X-App-Token</c>: the private channel of one project.</summary>
    Application = 1,
    /// <summary><c>X-Client-Application-Id</c>, <c>X-Client-Token</c>: the public channel of one project.</summary>
    Client = 2,
    /// <summary><c>X-Management-Id</c>, <c>X-Management-Token</c>: projects themselves.</summary>
    Management = 3,
}

/// <summary>
/// A pair of id and secret. Only the secret's SHA-256 lives on; the secret itself is kept encrypted while it may be
/// shown (<see cref="VisibleUntil"/>) and erased afterwards.
/// </summary>
public sealed class ApiKey
{
    /// <summary>Public id: a UUID in text form.</summary>
    public required string Id { get; init; }
    /// <summary>The project it opens; null for management keys.</summary>
    public string? ProjectId { get; init; }
    /// <summary>Which channel.</summary>
    public required KeyKind Kind { get; init; }
    /// <summary>Name shown to people.</summary>
    public required string Name { get; set; }
    /// <summary>Role, in the words of Vouchsafe.Security; null means all that the channel allows.</summary>
    public string? Role { get; set; }
    /// <summary>Scopes, space separated; null means those of the role.</summary>
    public string? Scopes { get; set; }
    /// <summary>Addresses and CIDR blocks that may use it; empty: any.</summary>
    public List<string> IpRules { get; set; } = [];
    /// <summary>The first key of its kind in a project; its secret is shown for 14 days instead of 15 minutes.</summary>
    public bool IsPrimary { get; init; }
    /// <summary>Blocked keys open nothing, but may be unblocked.</summary>
    public bool Blocked { get; set; }
    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] SecretHash { get; set; }
    /// <summary>SHA-256 of the secret before the last rotation, valid until <see cref="PreviousValidUntil"/>.</summary>
    public byte[]? PreviousSecretHash { get; set; }
    /// <summary>End of the overlap of a rotation.</summary>
    public DateTimeOffset? PreviousValidUntil { get; set; }
    /// <summary>The secret, encrypted; erased when its window ends.</summary>
    public byte[]? ProtectedSecret { get; set; }
    /// <summary>End of the window in which the secret is shown; null: for ever (sandbox projects).</summary>
    public DateTimeOffset? VisibleUntil { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
    /// <summary>Last use, exact to about a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>An OAuth 2.0 access token, kept as its SHA-256.</summary>
public sealed class OAuthToken
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }
    /// <summary>Project it opens.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Key it was made with; it inherits that key's permissions and IP list.</summary>
    public required string KeyId { get; init; }
    /// <summary>Scopes, space separated.</summary>
    public required string Scopes { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it dies.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
