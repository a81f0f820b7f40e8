using System.Text.Json;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Management.Projects;

/// <summary><c>api_usage_notifications</c>: at which share of each limit whom to tell.</summary>
internal sealed record UsageNotifications
{
    public UsageNotification? Redemptions { get; init; }
    public UsageNotification? Messages { get; init; }
    public UsageNotification? ApiCalls { get; init; }
    public UsageNotification? BulkApiCalls { get; init; }
    public UsageNotification? WebhookCalls { get; init; }
    public UsageNotification? CycleCalls { get; init; }

    /// <summary>What a project has that never changed them.</summary>
    internal static readonly UsageNotifications Default = new()
    {
        Redemptions = UsageNotification.Off,
        Messages = UsageNotification.On,
        ApiCalls = UsageNotification.On,
        BulkApiCalls = UsageNotification.On,
        WebhookCalls = UsageNotification.On,
        CycleCalls = UsageNotification.On,
    };

    internal ApiError? Problem() =>
        UsageNotification.Problem(Redemptions, "redemptions") ?? UsageNotification.Problem(Messages, "messages")
        ?? UsageNotification.Problem(ApiCalls, "api_calls") ?? UsageNotification.Problem(BulkApiCalls, "bulk_api_calls")
        ?? UsageNotification.Problem(WebhookCalls, "webhook_calls") ?? UsageNotification.Problem(CycleCalls, "cycle_calls");

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);

    internal static UsageNotifications Read(string? json) =>
        json is null ? Default : JsonSerializer.Deserialize<UsageNotifications>(json, WireJson.Options)!;
}

/// <summary>One notification of use.</summary>
internal sealed record UsageNotification(bool? Enabled, int? Value, bool? InApp, IReadOnlyList<string>? Emails)
{
    internal static readonly UsageNotification On = new(true, 80, true, []);
    internal static readonly UsageNotification Off = new(false, 80, false, []);

    internal static ApiError? Problem(UsageNotification? given, string name)
    {
        var field = "api_usage_notifications." + name;
        return given is null ? ProjectErrors.Required(field)
            : given.Enabled is null ? ProjectErrors.Required(field + ".enabled")
            : given.InApp is null ? ProjectErrors.Required(field + ".in_app")
            : given.Value is null ? ProjectErrors.Required(field + ".value")
            : Check.Range(given.Value, field + ".value", 10, 90) ?? EmailAddresses.Problem(given.Emails, field + ".emails");
    }
}

/// <summary><c>webhooks_callout_notifications</c>: whom to tell of webhooks that cannot be delivered.</summary>
internal sealed record CalloutNotifications(CalloutNotification? Distributions, CalloutNotification? Webhooks)
{
    /// <summary>What a project has that never changed them.</summary>
    internal static readonly CalloutNotifications Default = new(CalloutNotification.On, CalloutNotification.On);

    internal ApiError? Problem() => CalloutNotification.Problem(Distributions, "distributions") ?? CalloutNotification.Problem(Webhooks, "webhooks");

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);

    internal static CalloutNotifications Read(string? json) =>
        json is null ? Default : JsonSerializer.Deserialize<CalloutNotifications>(json, WireJson.Options)!;
}

/// <summary>One notification of webhooks.</summary>
internal sealed record CalloutNotification(bool? Email, bool? InApp, IReadOnlyList<string>? Emails)
{
    internal static readonly CalloutNotification On = new(true, true, []);

    internal static ApiError? Problem(CalloutNotification? given, string name)
    {
        var field = "webhooks_callout_notifications." + name;
        return given is null ? ProjectErrors.Required(field)
            : given.Email is null ? ProjectErrors.Required(field + ".email")
            : given.InApp is null ? ProjectErrors.Required(field + ".in_app")
            : EmailAddresses.Problem(given.Emails, field + ".emails");
    }
}

/// <summary>Lists of addresses to write to.</summary>
internal static class EmailAddresses
{
    private const int Most = 50;
    private const int Longest = 254; // RFC 5321, section 4.5.3.1.3

    internal static ApiError? Problem(IReadOnlyList<string>? emails, string field)
    {
        if (emails is null) return ProjectErrors.Required(field);
        if (emails.Count > Most) return CommonErrors.InvalidPayload($"{field} may hold {Most} addresses at most.");
        for (var i = 0; i < emails.Count; i++)
            if (!IsAddress(emails[i])) return CommonErrors.InvalidPayload($"{field}[{i}] must be an e-mail address.");
        return null;
    }

    // Only what can never be delivered is refused; the grammar of addresses allows nearly everything else.
    internal static bool IsAddress(string? text)
    {
        if (text is null || text.Length > Longest || text.Any(c => c <= ' ' || char.IsControl(c) || c is ',' or '<' or '>')) return false;
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1;
    }
}
