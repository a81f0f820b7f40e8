namespace Vouchsafe.Dashboard.Pages.Settings;

/// <summary>The addresses of the project's settings.</summary>
internal static class SettingsPaths
{
    internal const string Project = "/management/v1/projects/{project}";
    internal const string Keys = Project + "/keys";
    internal const string Limits = "/dashboard/v1/projects/{project}/limits";
    internal const string StackingRules = Project + "/stacking-rules";

    internal static string Key(string id) => $"{Keys}/{Uri.EscapeDataString(id)}";
}

/// <summary>A project's settings on the wire.</summary>
public sealed record ProjectSettingsView
{
    /// <summary>Id.</summary>
    public string Id { get; init; } = "";
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";
    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";
    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "USD";
    /// <summary>IANA name.</summary>
    public string Timezone { get; init; } = "UTC";
    /// <summary>MONDAY, SATURDAY or SUNDAY.</summary>
    public string FirstDayOfWeek { get; init; } = "MONDAY";
    /// <summary>Whether two codes may differ in case only.</summary>
    public bool CaseSensitiveCodes { get; init; }
    /// <summary>Whether secrets can be read at any time.</summary>
    public bool IsSandbox { get; init; }
    /// <summary>The whitelist.</summary>
    public List<string> ClientTrustedDomains { get; init; } = [];
    /// <summary>Whether foreign origins are noted and let in.</summary>
    public bool ClientTrustedDomainsReportOnly { get; init; }
    /// <summary>Permission.</summary>
    public bool ClientRedeemEnabled { get; init; }
    /// <summary>Permission.</summary>
    public bool ClientPublishEnabled { get; init; }
    /// <summary>Permission.</summary>
    public bool ClientListVouchersEnabled { get; init; }
    /// <summary>Permission.</summary>
    public bool ClientCreateCustomerEnabled { get; init; }
    /// <summary>Permission.</summary>
    public bool ClientLoyaltyEventsEnabled { get; init; }
    /// <summary>Permission.</summary>
    public bool ClientSetVoucherExpirationDateEnabled { get; init; }
    /// <summary>Private calls per minute; null: the server's default, 0: without limit.</summary>
    public int? ServerRequestsPerMinute { get; init; }
    /// <summary>Characters of new codes.</summary>
    public CodeDefaultsView DefaultCodeConfig { get; init; } = new("");
    /// <summary>What customers see.</summary>
    public BrandingView Branding { get; init; } = new(null, null, null);
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Characters of new codes where a request names none.</summary>
public sealed record CodeDefaultsView(string? Charset);

/// <summary>How customers see the shop.</summary>
public sealed record BrandingView(string? Name, string? PrivacyPolicyUrl, string? TermsUrl);

/// <summary>The limits in force, those of the server's configuration included; null: without limit.</summary>
public sealed record LimitsView(
    int ClientRequests, int ClientWindowSeconds, int? ServerRequestsPerMinute, int? ServerRequestsPerMinuteByDefault,
    int? WrongCodesPerHour, int? FailedAuthenticationsPerMinute);

/// <summary>A key on the wire.</summary>
public sealed record KeyView(
    string Id, string Name, string Kind, string? Role, IReadOnlyList<string>? Scopes, IReadOnlyList<string> IpWhitelist, bool Blocked, string? Secret,
    DateTimeOffset? SecretVisibleUntil, DateTimeOffset? PreviousSecretValidUntil, DateTimeOffset? LastUsedAt, DateTimeOffset CreatedAt)
{
    /// <summary>Whether it is a publishable key.</summary>
    public bool IsClient => Kind == "client_side";
}

/// <summary>An origin that the list did not cover.</summary>
public sealed record RefusedOriginView(string? Origin, string Reason, long Count, DateTimeOffset LastSeenAt);
