namespace Vouchsafe.Dashboard.Pages.Overview;

/// <summary>How many there are and can be used; null while they are being counted.</summary>
public sealed record LiveCountView(long? Live, long? Total, DateTimeOffset CountedAt);

/// <summary>What is live.</summary>
public sealed record LiveView(LiveCountView Vouchers, LiveCountView Campaigns, LiveCountView Promotions);

/// <summary>A day.</summary>
public sealed record DayView(string Date, long Redemptions, long Failures, long Rollbacks, long DiscountAmount);

/// <summary>What was redeemed most.</summary>
public sealed record TopView(string Id, string Kind, string Name, long Redemptions, long DiscountAmount);

/// <summary>Something that deserves a look.</summary>
public sealed record AlertView(string Key, string Level, string Text)
{
    internal string Page => Key switch
    {
        "usage" or "quota" => "usage",
        "report_only" or "any_origin" or "no_origin" => "settings/website-url",
        _ => "security?period=day",
    };
}

/// <summary>The landing page's figures.</summary>
public sealed record OverviewView(
    LiveView Live, bool HasRedemptions, DateTimeOffset CountedUpTo, IReadOnlyList<DayView> Days, IReadOnlyList<TopView> Top, IReadOnlyList<AlertView> Alerts);
