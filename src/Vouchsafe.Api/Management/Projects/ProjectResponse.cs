using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>A project in wire form.</summary>
internal sealed record ProjectResponse
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string Currency { get; init; }
    public required string Timezone { get; init; }
    public required string FirstDayOfWeek { get; init; }
    public required string? DialCode { get; init; }
    public required string ClusterId { get; init; }
    public required string ApiVersion { get; init; }
    public required bool CaseSensitiveCodes { get; init; }
    public required IReadOnlyList<string> ClientTrustedDomains { get; init; }
    public required bool ClientTrustedDomainsReportOnly { get; init; }
    public required bool ClientRedeemEnabled { get; init; }
    public required bool ClientPublishEnabled { get; init; }
    public required bool ClientListVouchersEnabled { get; init; }
    public required bool ClientCreateCustomerEnabled { get; init; }
    public required bool ClientLoyaltyEventsEnabled { get; init; }
    public required bool ClientSetVoucherExpirationDateEnabled { get; init; }
    public required UsageNotifications ApiUsageNotifications { get; init; }
    public required CalloutNotifications WebhooksCalloutNotifications { get; init; }
    public required bool IsSandbox { get; init; }
    public required ProjectPayload.CodeDefaults DefaultCodeConfig { get; init; }
    public required int? ServerRequestsPerMinute { get; init; }
    public required ProjectBranding Branding { get; init; }
    public required string WebhookVersion { get; init; }
    public required string? WebhookToken { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What the project may do; absent: what the server allows all projects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectLimits? Limits { get; init; }

    /// <summary>Only in the answer to its creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeyPair? ServerSideKey { get; init; }

    /// <summary>Only in the answer to its creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeyPair? ClientSideKey { get; init; }

    internal sealed record KeyPair(string AppId, string AppToken)
    {
        internal static KeyPair From(NewKey key) => new(key.Row.Id, key.Secret);
    }

    internal sealed record ProjectLimits(IReadOnlyList<CallLimit> ApiCalls);

    /// <summary>So many calls in so long, as an ISO 8601 duration.</summary>
    internal sealed record CallLimit(int Value, string Duration);

    /// <param name="project">The row.</param>
    /// <param name="vault">Opens the webhook token; null: it is not shown.</param>
    internal static ProjectResponse From(Project project, SecretVault? vault)
    {
        var may = project.ClientPermissions;
        return new ProjectResponse
        {
            Id = project.Id,
            Name = project.Name,
            Description = project.Description ?? "",
            Currency = project.Currency,
            Timezone = project.Timezone,
            FirstDayOfWeek = ProjectWeek.ToWire(project.FirstDayOfWeek),
            DialCode = project.DialCode,
            ClusterId = ProjectPayload.ClusterHere,
            ApiVersion = ProjectPayload.ApiVersionHere,
            CaseSensitiveCodes = project.CaseSensitiveCodes,
            ClientTrustedDomains = project.ClientTrustedDomains,
            ClientTrustedDomainsReportOnly = project.OriginReportOnly,
            ClientRedeemEnabled = may.HasFlag(ClientPermissions.Redeem),
            ClientPublishEnabled = may.HasFlag(ClientPermissions.Publish),
            ClientListVouchersEnabled = may.HasFlag(ClientPermissions.ListVouchers),
            ClientCreateCustomerEnabled = may.HasFlag(ClientPermissions.CreateCustomer),
            ClientLoyaltyEventsEnabled = may.HasFlag(ClientPermissions.TrackEvents),
            ClientSetVoucherExpirationDateEnabled = may.HasFlag(ClientPermissions.SetExpirationDate),
            ApiUsageNotifications = UsageNotifications.Read(project.ApiUsageNotificationsJson),
            WebhooksCalloutNotifications = CalloutNotifications.Read(project.WebhooksCalloutNotificationsJson),
            IsSandbox = project.IsSandbox,
            DefaultCodeConfig = new(project.DefaultCharset ?? CodePattern.DefaultCharset(project.CaseSensitiveCodes)),
            ServerRequestsPerMinute = project.ServerRequestsPerMinute,
            Limits = project.ServerRequestsPerMinute is { } calls and > 0 ? new([new(calls, "PT1M")]) : null,
            Branding = ProjectBranding.Of(project),
            WebhookVersion = project.WebhookVersion,
            WebhookToken = vault?.RevealWebhookToken(project),
            CreatedAt = project.CreatedAt,
            UpdatedAt = project.UpdatedAt,
        };
    }
}
