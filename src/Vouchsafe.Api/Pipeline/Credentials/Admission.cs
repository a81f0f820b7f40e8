using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Members;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Pipeline.Credentials;

/// <summary>A key as the pipeline needs it: immutable, cached for a few seconds.</summary>
internal sealed class KeyEntry
{
    private static readonly Dictionary<string, KeyRole> Roles =
        Enum.GetValues<KeyRole>().ToDictionary(r => r.ToString().ToUpperInvariant(), StringComparer.Ordinal);

    private KeyEntry(ApiKey key)
    {
        Id = key.Id;
        Kind = key.Kind;
        ProjectId = key.ProjectId;
        Credential = new StoredCredential(
            ApiSecretHash.FromBytes(key.SecretHash),
            key.PreviousSecretHash is null ? null : ApiSecretHash.FromBytes(key.PreviousSecretHash),
            key.PreviousValidUntil ?? default,
            key.Blocked);
        // A rule or role that cannot be read opens nothing: the row was not written by this program.
        IpRules = IpRuleSet.TryParse(key.IpRules, out var rules, out _) ? rules : null;
        Role = key.Role is null ? null : Roles.GetValueOrDefault(key.Role, KeyRole.Viewer);
        Scopes = key.Scopes is not null ? ScopeSet.TryParse(key.Scopes, out var scopes, out _) ? scopes : default
            : key.Kind == KeyKind.Client ? ScopeSet.ClientApi
            : key.Kind == KeyKind.Application ? ScopeSet.Everything
            : default;
        LastUsedAt = key.LastUsedAt;
    }

    internal string Id { get; }
    internal KeyKind Kind { get; }
    internal string? ProjectId { get; }
    internal StoredCredential Credential { get; }
    internal ScopeSet Scopes { get; }
    internal KeyRole? Role { get; }
    internal IpRuleSet? IpRules { get; }
    internal DateTimeOffset? LastUsedAt { get; }

    internal static KeyEntry From(ApiKey key) => new(key);

    internal static bool TryReadRole(string text, out KeyRole role) => Roles.TryGetValue(text, out role);

    internal static IEnumerable<string> RoleNames => Roles.Keys;
}

/// <summary>A project as the pipeline needs it.</summary>
internal sealed record ProjectEntry(ProjectSettings Settings, OriginWhitelist Whitelist, bool OriginReportOnly)
{
    internal static ProjectEntry From(Project project) => new(
        new ProjectSettings(
            project.Id, project.Name, ZoneOf(project.Timezone), project.FirstDayOfWeek, project.Currency, project.CaseSensitiveCodes, project.IsSandbox,
            project.ClientPermissions, project.ServerRequestsPerMinute, project.TrackingKey,
            project.DefaultCharset ?? CodePattern.DefaultCharset(project.CaseSensitiveCodes)),
        OriginWhitelist.TryParse(project.ClientTrustedDomains, out var whitelist, out _) ? whitelist : OriginWhitelist.Empty,
        project.OriginReportOnly);

    /// <summary>The same, for answers that show addresses.</summary>
    internal ProjectEntry With(PublicAddress address) => this with
    {
        Settings = Settings with
        {
            Assets = new Assets.AssetLinks(address, Settings.TrackingKey), Exports = new Resources.Exports.ExportLinks(address, Settings.TrackingKey),
        },
    };

    private static TimeZoneInfo ZoneOf(string id) => ProjectTimeZone.TryFind(id, out var zone) ? zone : TimeZoneInfo.Utc;
}

/// <summary>A live OAuth token.</summary>
internal sealed record TokenEntry(string ProjectId, string KeyId, ScopeSet Scopes, DateTimeOffset ExpiresAt);

/// <summary>What let a request in: a key, the project it opens, and what it may be used for; or a member of the dashboard.</summary>
internal sealed record Admission(KeyEntry? Key, ProjectEntry? Project, ScopeSet Scopes, MemberStanding? Member = null);
