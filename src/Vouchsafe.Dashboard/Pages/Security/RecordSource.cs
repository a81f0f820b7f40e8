using System.Globalization;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Security;

/// <summary>Where the records of the security view come from: a project, or the installation as a whole.</summary>
/// <param name="api">The member's API.</param>
/// <param name="projectId">The project; null: what belongs to none, for whoever runs the server.</param>
public sealed class RecordSource(MemberApi api, string? projectId)
{
    private readonly string _root = projectId is null ? "/dashboard/v1/installation/" : $"/dashboard/v1/projects/{Uri.EscapeDataString(projectId)}/";

    /// <summary>Reads one thing: <c>GetAsync("refusals/chart?period=day")</c>.</summary>
    public Task<ApiReply<T>> GetAsync<T>(string path, CancellationToken ct = default) => api.SendAsync<T>(projectId, HttpMethod.Get, _root + path, null, ct);

    /// <summary>Reads a page of a list.</summary>
    public Task<ApiReply<ApiList<T>>> ListAsync<T>(string path, CancellationToken ct = default) => api.ListAsync<T>(projectId, _root + path, ct);
}

/// <summary>The stretches of time that records are shown for.</summary>
internal static class RecordPeriods
{
    internal static int Pieces(string period) => period switch { "hour" => 60, "day" => 48, _ => 56 };

    /// <summary>Names a piece of a chart by when it begins.</summary>
    internal static string Label(RecordChart chart, string period, int piece) =>
        chart.From.AddSeconds((double)chart.PieceSeconds * piece).UtcDateTime.ToString(period == "week" ? "d MMM, HH:mm" : "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The chart's series in a fixed order, so that each keeps its colour.</summary>
    internal static List<BarSeries> Series(RecordChart chart, string period, IReadOnlyDictionary<string, string> words) =>
        [.. words.Select(w => new BarSeries(w.Value, chart.Series.FirstOrDefault(s => s.Reason == w.Key)?.Counts ?? new long[Pieces(period)]))];

    internal static string Ago(DateTimeOffset now, DateTimeOffset at) => (now - at) switch
    {
        { TotalSeconds: < 5 } => "just now",
        { TotalSeconds: < 60 and var s } => $"{(int)s} s ago",
        { TotalMinutes: < 60 and var m } => $"{(int)m} min ago",
        { TotalHours: < 48 and var h } => $"{(int)h} h ago",
        { TotalDays: var d } => $"{(int)d} days ago",
    };
}
