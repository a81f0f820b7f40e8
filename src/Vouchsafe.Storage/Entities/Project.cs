using System.Security.Cryptography;

namespace Vouchsafe.Storage.Entities;

/// <summary>A shop's space: keys, settings and data of one project are never visible to another.</summary>
public sealed class Project
{
    /// <summary>Id, <c>proj_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Name, 1 to 255 characters.</summary>
    public required string Name { get; set; }
    /// <summary>Free text.</summary>
    public string? Description { get; set; }
    /// <summary>IANA time zone in which daily windows and days of the week are read.</summary>
    public string Timezone { get; set; } = "UTC";
    /// <summary>The day with which weeks begin that limits of rules count in: Monday, Saturday or Sunday.</summary>
    public DayOfWeek FirstDayOfWeek { get; set; } = DayOfWeek.Monday;
    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; set; } = "USD";
    /// <summary>ITU dial code.</summary>
    public string? DialCode { get; set; }
    /// <summary>If false, <c>C0DE</c> and <c>c0de</c> are one code. See <see cref="Voucher.CodeKey"/>.</summary>
    public bool CaseSensitiveCodes { get; set; } = true;
    /// <summary>Sandbox projects show their secrets at any time.</summary>
    public bool IsSandbox { get; init; }
    /// <summary>"Your website URL": the normalised entries of the Origin whitelist.</summary>
    public List<string> ClientTrustedDomains { get; set; } = [];
    /// <summary>If true, a foreign Origin is recorded but let in.</summary>
    public bool OriginReportOnly { get; set; }
    /// <summary>What the publishable keys may do beyond validating.</summary>
    public ClientPermissions ClientPermissions { get; set; }
    /// <summary>Private calls per minute; null: the server's default.</summary>
    public int? ServerRequestsPerMinute { get; set; }
    /// <summary>
    /// 32 random bytes that tracking ids are coded with. Made with the project and never changed: shops keep coded ids in
    /// cookies, and each must go on naming the same customer.
    /// </summary>
    public byte[] TrackingKey { get; init; } = RandomNumberGenerator.GetBytes(32);
    /// <summary>Version of webhooks.</summary>
    public string WebhookVersion { get; set; } = "v2024-01-01";
    /// <summary><c>api_usage_notifications</c> as JSON, as the management API takes it.</summary>
    public string? ApiUsageNotificationsJson { get; set; }
    /// <summary><c>webhooks_callout_notifications</c> as JSON, as the management API takes it.</summary>
    public string? WebhooksCalloutNotificationsJson { get; set; }
    /// <summary>The token of webhooks, encrypted as the secrets of keys are.</summary>
    public byte[] ProtectedWebhookToken { get; set; } = [];
    /// <summary>Characters of generated codes where a request names none; null: letters and digits.</summary>
    public string? DefaultCharset { get; set; }
    /// <summary>What customers know the shop as; null: the project's name.</summary>
    public string? BrandName { get; set; }
    /// <summary>Where the shop's privacy policy stands.</summary>
    public string? PrivacyPolicyUrl { get; set; }
    /// <summary>Where the shop's terms stand.</summary>
    public string? TermsUrl { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
    /// <summary>When it was deleted; from then on nothing finds it but the work that erases its data.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The form in which a code is unique within this project.</summary>
    public string CodeKey(string code) => CaseSensitiveCodes ? code : code.ToUpperInvariant();
}

/// <summary>What the public channel may do; all off until switched on (validation, qualification and tiers are always on).</summary>
[Flags]
public enum ClientPermissions
{
    /// <summary>Validate only.</summary>
    None = 0,
    /// <summary>Redeem.</summary>
    Redeem = 1,
    /// <summary>Publish codes to customers.</summary>
    Publish = 2,
    /// <summary>List vouchers.</summary>
    ListVouchers = 4,
    /// <summary>Create customers.</summary>
    CreateCustomer = 8,
    /// <summary>Set the expiry of vouchers.</summary>
    SetExpirationDate = 16,
    /// <summary>Track events for loyalty and referral programs.</summary>
    TrackEvents = 32,
    /// <summary>Everything.</summary>
    All = Redeem | Publish | ListVouchers | CreateCustomer | SetExpirationDate | TrackEvents,
}
