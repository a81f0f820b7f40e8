using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>What may be said of a project when it is made or changed; a member that is not written stays as it is.</summary>
internal sealed record ProjectPayload
{
    internal const string ApiVersionHere = "v2018-08-01";
    internal const string WebhookVersionHere = "v2024-01-01";

    /// <summary>One server is one cluster; clients only hand the name back.</summary>
    internal const string ClusterHere = "eu1";

    private const int MostDomains = 200;
    private const int HighestQuota = 1_000_000; // the exact window remembers each call of the last minute, 8 bytes each

    public Optional<string> Name { get; init; }
    public Optional<string> Description { get; init; }
    public Optional<string> Timezone { get; init; }
    public Optional<string> Currency { get; init; }
    public Optional<string> DialCode { get; init; }
    public Optional<bool?> CaseSensitiveCodes { get; init; }
    public Optional<string> ClusterId { get; init; }
    public Optional<string> ApiVersion { get; init; }
    public Optional<string> WebhookVersion { get; init; }
    public Optional<List<string>> ClientTrustedDomains { get; init; }
    public Optional<bool?> ClientRedeemEnabled { get; init; }
    public Optional<bool?> ClientPublishEnabled { get; init; }
    public Optional<bool?> ClientListVouchersEnabled { get; init; }
    public Optional<bool?> ClientCreateCustomerEnabled { get; init; }
    public Optional<bool?> ClientLoyaltyEventsEnabled { get; init; }
    public Optional<bool?> ClientSetVoucherExpirationDateEnabled { get; init; }
    public Optional<UsageNotifications> ApiUsageNotifications { get; init; }
    public Optional<CalloutNotifications> WebhooksCalloutNotifications { get; init; }
    public Optional<CodeDefaults> DefaultCodeConfig { get; init; }

    /// <summary>Read when a project is made only.</summary>
    public Optional<List<User?>> Users { get; init; }

    /// <summary>Beyond Voucherify: origins that the list does not cover are noted, but let in.</summary>
    public Optional<bool?> ClientTrustedDomainsReportOnly { get; init; }

    /// <summary>Beyond Voucherify: private calls per minute; 0: without limit, null: the server's default.</summary>
    public Optional<int?> ServerRequestsPerMinute { get; init; }

    /// <summary>Beyond Voucherify, whose dashboard takes it from the locale: the day with which the weeks of limits begin.</summary>
    public Optional<string> FirstDayOfWeek { get; init; }

    /// <summary>Beyond Voucherify: how pages that customers see name the shop; it is replaced as a whole, null clears it.</summary>
    public Optional<ProjectBranding> Branding { get; init; }

    internal sealed record CodeDefaults(string? Charset);

    internal sealed record User(string? Id, string? Login, string? Role);

    /// <summary>Checks what was written and puts it into the project; the first fault otherwise, and the project is untouched.</summary>
    internal ApiError? Apply(Project project)
    {
        if (Problem() is { } problem) return problem;
        if (ReadDomains(project).Failed(out var error, out var domains)) return error;
        project.Name = Name.Or(project.Name)!;
        project.Description = Description.Or(project.Description);
        project.Timezone = Timezone.Or(project.Timezone)!;
        project.FirstDayOfWeek = FirstDayOfWeek.Value is { } day ? ProjectWeek.Parse(day) : project.FirstDayOfWeek;
        project.Currency = Currency.Or(project.Currency)!;
        project.DialCode = DialCode.Or(project.DialCode);
        project.ClientTrustedDomains = domains;
        project.OriginReportOnly = ClientTrustedDomainsReportOnly.Or(project.OriginReportOnly) ?? project.OriginReportOnly;
        project.ClientPermissions = ReadPermissions(project.ClientPermissions);
        project.ServerRequestsPerMinute = ServerRequestsPerMinute.Or(project.ServerRequestsPerMinute);
        if (ApiUsageNotifications.Value is { } usage) project.ApiUsageNotificationsJson = usage.ToJson();
        if (WebhooksCalloutNotifications.Value is { } callouts) project.WebhooksCalloutNotificationsJson = callouts.ToJson();
        if (Branding.IsPresent) (Branding.Value ?? ProjectBranding.None).WriteTo(project);
        if (DefaultCodeConfig.IsPresent) project.DefaultCharset = DefaultCodeConfig.Value?.Charset;
        return null;
    }

    private ApiError? Problem() =>
        (Name.IsPresent && string.IsNullOrWhiteSpace(Name.Value) ? CommonErrors.InvalidPayload("name must not be empty.") : null)
        ?? Check.Text(Name.Value, "name") ?? Check.Text(Description.Value, "description", Check.LongText)
        ?? (Timezone.IsPresent && !(Timezone.Value is { } zone && ProjectTimeZone.TryFind(zone, out _))
            ? CommonErrors.InvalidPayload("timezone must be a name of the IANA database, such as Europe/Warsaw, or an offset, such as GMT+1.") : null)
        ?? (Currency.IsPresent && Currency.Value is not { Length: 3 } || Currency.Value?.Any(c => !char.IsAsciiLetterUpper(c)) == true
            ? CommonErrors.InvalidPayload("currency must be three capital letters as in ISO 4217, such as EUR.") : null)
        ?? (DialCode.Value is { } dial && !IsDialCode(dial) ? CommonErrors.InvalidPayload("dial_code must be one to four digits, such as 48.") : null)
        ?? (ClusterId.Value is { } cluster && cluster != ClusterHere ? ProjectErrors.OtherCluster(ClusterHere) : null)
        ?? Check.OneOf(ApiVersion.Value, "api_version", ApiVersionHere) ?? Check.OneOf(WebhookVersion.Value, "webhook_version", WebhookVersionHere)
        ?? Switch(CaseSensitiveCodes, "case_sensitive_codes") ?? Switch(ClientRedeemEnabled, "client_redeem_enabled")
        ?? Switch(ClientPublishEnabled, "client_publish_enabled") ?? Switch(ClientListVouchersEnabled, "client_list_vouchers_enabled")
        ?? Switch(ClientCreateCustomerEnabled, "client_create_customer_enabled") ?? Switch(ClientLoyaltyEventsEnabled, "client_loyalty_events_enabled")
        ?? Switch(ClientSetVoucherExpirationDateEnabled, "client_set_voucher_expiration_date_enabled")
        ?? Switch(ClientTrustedDomainsReportOnly, "client_trusted_domains_report_only")
        ?? Missing(FirstDayOfWeek, "first_day_of_week", "a day") ?? Check.OneOf(FirstDayOfWeek.Value, "first_day_of_week", ProjectWeek.Names)
        ?? Check.Range(ServerRequestsPerMinute.Value, "server_requests_per_minute", 0, HighestQuota)
        ?? Missing(ApiUsageNotifications, "api_usage_notifications") ?? ApiUsageNotifications.Value?.Problem()
        ?? Missing(WebhooksCalloutNotifications, "webhooks_callout_notifications") ?? WebhooksCalloutNotifications.Value?.Problem()
        ?? Branding.Value?.Problem() ?? CharsetProblem();

    private ApiError? CharsetProblem()
    {
        if (DefaultCodeConfig.Value?.Charset is not { } charset) return null;
        var faults = new CodeConfig { Charset = charset }.Check("default_code_config");
        return faults.Count == 0 ? null : CommonErrors.InvalidPayload($"{faults[0].Field} {faults[0].Problem}.");
    }

    private Result<List<string>> ReadDomains(Project project)
    {
        if (!ClientTrustedDomains.IsPresent) return project.ClientTrustedDomains;
        if (ClientTrustedDomains.Value is not { } entries || entries.Contains(null!))
            return CommonErrors.InvalidPayload("client_trusted_domains must be a list of texts.");
        if (!OriginWhitelist.TryParse(entries, out var whitelist, out var errors))
            return CommonErrors.InvalidPayload("client_trusted_domains: " + errors[0].Hint);
        return whitelist.Rules.Count <= MostDomains
            ? whitelist.Rules.Select(r => r.Entry).ToList()
            : CommonErrors.InvalidPayload($"client_trusted_domains may hold {MostDomains} entries at most.");
    }

    private ClientPermissions ReadPermissions(ClientPermissions old)
    {
        Set(ClientRedeemEnabled, ClientPermissions.Redeem);
        Set(ClientPublishEnabled, ClientPermissions.Publish);
        Set(ClientListVouchersEnabled, ClientPermissions.ListVouchers);
        Set(ClientCreateCustomerEnabled, ClientPermissions.CreateCustomer);
        Set(ClientLoyaltyEventsEnabled, ClientPermissions.TrackEvents);
        Set(ClientSetVoucherExpirationDateEnabled, ClientPermissions.SetExpirationDate);
        return old;

        void Set(Optional<bool?> given, ClientPermissions permission) =>
            old = given.Value switch { true => old | permission, false => old & ~permission, null => old };
    }

    private static bool IsDialCode(string text) => text.Length is >= 1 and <= 4 && text.All(char.IsAsciiDigit);

    private static ApiError? Switch(Optional<bool?> given, string field) =>
        given is { IsPresent: true, Value: null } ? CommonErrors.InvalidPayload($"{field} must be true or false.") : null;

    private static ApiError? Missing<T>(Optional<T> given, string field, string what = "an object") where T : class =>
        given is { IsPresent: true, Value: null } ? CommonErrors.InvalidPayload($"{field} must be {what}.") : null;
}
