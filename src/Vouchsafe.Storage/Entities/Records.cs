namespace Vouchsafe.Storage.Entities;

/// <summary>
/// Refused requests that are alike, in one row: kept a week, and only the latest of a project. Holds no secret, no code and
/// no path, only the template that it matched. A text that does not apply is empty.
/// </summary>
public sealed class RefusalGroup
{
    /// <summary>Hash of what the group has in common.</summary>
    public required string Id { get; init; }
    /// <summary>Project; empty where the request named no known key.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Which check refused it (<c>RefusalReason</c>).</summary>
    public required short Reason { get; init; }
    /// <summary>What the check missed: a scope, a permission, the verdict on the origin.</summary>
    public required string Detail { get; init; }
    /// <summary>The client: an IPv4 address or an IPv6 /64; empty where there were too many to name.</summary>
    public required string Address { get; init; }
    /// <summary>The Origin header.</summary>
    public required string Origin { get; init; }
    /// <summary>Id of the key that was named; it may have come with a wrong secret.</summary>
    public required string KeyId { get; init; }
    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }
    /// <summary>Operation id.</summary>
    public required string Operation { get; init; }
    /// <summary>Template of the path, with placeholders in place of codes and ids.</summary>
    public required string Path { get; init; }
    /// <summary>How many.</summary>
    public required long Count { get; set; }
    /// <summary>The first one, Unix milliseconds.</summary>
    public required long FirstSeenMs { get; init; }
    /// <summary>The latest one, Unix milliseconds.</summary>
    public required long LastSeenMs { get; set; }
}

/// <summary>Refused requests of a project by minute and check, kept a week.</summary>
public sealed class RefusalMinute
{
    /// <summary>Project; empty: unknown.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Minutes since 1970.</summary>
    public required long Minute { get; init; }
    /// <summary>Which check.</summary>
    public required short Reason { get; init; }
    /// <summary>How many.</summary>
    public required long Count { get; set; }
}

/// <summary>Calls of a project by hour, channel and key, kept 90 days.</summary>
public sealed class UsageHour
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }
    /// <summary>Channel.</summary>
    public required short Channel { get; init; }
    /// <summary>Key; empty in the row that holds the project's peak.</summary>
    public required string KeyId { get; init; }
    /// <summary>Calls with valid credentials.</summary>
    public required long Calls { get; set; }
    /// <summary>Most calls in any minute of the hour, in the row without a key of a project with a limit.</summary>
    public long Peak { get; set; }
    /// <summary>The limit per minute that the peak stood against.</summary>
    public long PeakLimit { get; set; }
}

/// <summary>What the redemptions of one hour came to, counted in the background.</summary>
public sealed class RedemptionHour
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }
    /// <summary>Successful ones; of a stack each redeemable counts.</summary>
    public required long Redemptions { get; set; }
    /// <summary>Refused ones.</summary>
    public required long Failures { get; set; }
    /// <summary>Rollbacks.</summary>
    public required long Rollbacks { get; set; }
    /// <summary>Discounts and credits applied, minor units.</summary>
    public required long Discount { get; set; }
    /// <summary>What rollbacks took back of them.</summary>
    public required long Returned { get; set; }
}

/// <summary>What was redeemed most on a day; the rare ones of a busy day are not kept.</summary>
public sealed class RedemptionTop
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Days since 1970, UTC.</summary>
    public required long Day { get; init; }
    /// <summary>A campaign, or a voucher or promotion tier outside of campaigns.</summary>
    public required string OwnerId { get; init; }
    /// <summary>Redemptions less rollbacks.</summary>
    public required long Redemptions { get; set; }
    /// <summary>Discounts and credits less those taken back, minor units.</summary>
    public required long Discount { get; set; }
}

/// <summary>How far the redemptions of a project are counted into <see cref="RedemptionHour"/>.</summary>
public sealed class FiguresMark
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Everything before this instant is counted, Unix milliseconds.</summary>
    public required long UpToMs { get; set; }
}
