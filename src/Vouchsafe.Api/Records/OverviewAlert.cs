using System.Globalization;
using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>How much an alert presses.</summary>
internal enum AlertLevel
{
    /// <summary>Good to know.</summary>
    Info,
    /// <summary>Worth a look today.</summary>
    Warning,
}

/// <summary>Something about a project that deserves a look.</summary>
/// <param name="Key">Stable key, by which the page finds the place to look.</param>
/// <param name="Level">How much it presses.</param>
/// <param name="Text">What it is.</param>
internal sealed record OverviewAlert(string Key, AlertLevel Level, string Text)
{
    /// <summary>Somebody who mistypes a password a few times is no news.</summary>
    private const int FewFailedSignIns = 5;

    /// <summary>What stands out of the settings and of the last day, so that who looks in the morning sees what happened at night.</summary>
    /// <param name="project">The project.</param>
    /// <param name="refused">Refusals of the last day by check.</param>
    /// <param name="failedSignIns">Sign-ins of its members that failed within the last day.</param>
    /// <param name="notices">Notices of use of the last day.</param>
    internal static IReadOnlyList<OverviewAlert> Of(Project project, IReadOnlyDictionary<RefusalReason, long> refused, long failedSignIns, IReadOnlyList<UsageNotice> notices)
    {
        var alerts = new List<OverviewAlert>();
        void Add(string key, AlertLevel level, string text) => alerts.Add(new OverviewAlert(key, level, text));
        long Refused(RefusalReason reason) => refused.GetValueOrDefault(reason);

        if (notices.Count > 0)
            Add("usage", AlertLevel.Warning, $"{notices[0].Percent.ToString(CultureInfo.InvariantCulture)} % of the calls that a minute permits were used within the last 24 hours.");
        if (Refused(RefusalReason.ProjectQuota) is > 0 and var quota) Add("quota", AlertLevel.Warning, $"{Count(quota)} of the last 24 hours were refused because the project's calls per minute were used up.");
        if (Refused(RefusalReason.WrongCodes) is > 0 and var guesses) Add("guesses", AlertLevel.Warning, $"{Count(guesses)} of the last 24 hours came from addresses that had tried too many wrong codes: somebody may be guessing.");
        if (Refused(RefusalReason.Origin) is > 0 and var origins) Add("origins", AlertLevel.Warning, $"{Count(origins)} of the last 24 hours came from websites that are not listed.");
        if (Refused(RefusalReason.Unauthorized) is > 0 and var keys) Add("credentials", AlertLevel.Warning, $"{Count(keys)} of the last 24 hours named a key of this project without valid credentials.");
        if (Refused(RefusalReason.ClientLimit) is > 0 and var limited) Add("client_limit", AlertLevel.Info, $"{Count(limited)} of the last 24 hours were past the limit per address.");
        if (failedSignIns >= FewFailedSignIns) Add("sign_ins", AlertLevel.Warning, $"{failedSignIns.ToString("N0", CultureInfo.InvariantCulture)} sign-ins of members failed within the last 24 hours.");
        if (project.OriginReportOnly) Add("report_only", AlertLevel.Warning, "Your website URL runs in report-only mode: every website is let in.");
        if (project.ClientTrustedDomains.Contains("*")) Add("any_origin", AlertLevel.Info, "Your website URL lists *: every website is let in.");
        if (project.ClientTrustedDomains.Count == 0) Add("no_origin", AlertLevel.Info, "Your website URL is empty: pages cannot use the public channel yet.");
        return alerts;
    }

    private static string Count(long number) => number == 1 ? "1 request" : $"{number.ToString("N0", CultureInfo.InvariantCulture)} requests";
}
