namespace Vouchsafe.Dashboard.Pages.Security;

/// <summary>Alike refused requests.</summary>
public sealed record RefusalView(
    string Id, string Reason, string? Detail, string? Address, string? Origin, string? KeyId, string? KeyName, string? Method, string? Operation, string? Path,
    long Count, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

/// <summary>One refused request.</summary>
public sealed record RefusalEventView(DateTimeOffset At, string Address, long Count);

/// <summary>Which check refused a request, and what to change.</summary>
public sealed record ExplanationView(string Title, string Why, IReadOnlyList<string> Steps, string? Setting, string? SuggestedEntry, bool? PassesNow);

/// <summary>A refusal with its explanation.</summary>
public sealed record ExplainedRefusal(RefusalView Refusal, ExplanationView Explanation, IReadOnlyList<RefusalEventView> Events);

/// <summary>What one cause came to over time.</summary>
public sealed record RecordSeries(string Reason, long Total, IReadOnlyList<long> Counts);

/// <summary>Records over time.</summary>
public sealed record RecordChart(DateTimeOffset From, int PieceSeconds, long Total, IReadOnlyList<RecordSeries> Series);

/// <summary>A sign-in that failed.</summary>
public sealed record FailedSignInView(string Id, DateTimeOffset At, string Reason, string? MemberId, string? Email, string Address, string UserAgent);

/// <summary>A client at the limit.</summary>
public sealed record LimitedAddress(string Address, long Refused, DateTimeOffset LastSeenAt, long RetryAfterSeconds);

/// <summary>The checks in words.</summary>
internal static class ReasonWords
{
    internal static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CLIENT_LIMIT"] = "Limit per address (429)",
        ["ORIGIN"] = "Website not listed",
        ["ORIGIN_REPORT_ONLY"] = "Website not listed, let in",
        ["KEY_ADDRESS"] = "Address not on the key's list",
        ["UNAUTHORIZED"] = "No valid credentials",
        ["SCOPE"] = "Scope missing",
        ["ROLE"] = "Key's role",
        ["PERMISSION"] = "Client permission off",
        ["PROJECT_QUOTA"] = "Calls per minute used up",
        ["FAILED_AUTHENTICATIONS"] = "Too many wrong credentials",
        ["WRONG_CODES"] = "Too many wrong codes",
        ["PREFLIGHTS"] = "Too many preflights",
    };

    internal static string Of(string reason) => All.GetValueOrDefault(reason, reason);
}

/// <summary>Why sign-ins failed, in words.</summary>
internal static class FailureWords
{
    internal static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WRONG_PASSWORD"] = "Wrong password",
        ["UNKNOWN_MEMBER"] = "No such account",
        ["WRONG_CODE"] = "Wrong second factor",
        ["LOCKED"] = "Locked after wrong tries",
        ["WRONG_PASSKEY"] = "Passkey not accepted",
        ["DEAD_LINK"] = "Link used or expired",
        ["DISABLED"] = "Disabled account",
    };

    internal static string Of(string reason) => All.GetValueOrDefault(reason, reason);
}
