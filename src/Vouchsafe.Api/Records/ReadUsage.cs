using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>
/// GET .../usage: calls in the pieces of the period (<c>day</c> and <c>week</c> by hour, <c>month</c> by day), by channel and
/// key, beside the limits; and the notices of the last week.
/// </summary>
internal static class ReadUsage
{
    internal sealed record ChannelCalls(string Channel, long Total, IReadOnlyList<long> Counts);

    internal sealed record KeyCalls(string KeyId, string? Name, string Channel, long Calls, DateTimeOffset? LastUsedAt);

    internal sealed record LimitsInfo(int? ServerRequestsPerMinute, int ClientRequests, int ClientWindowSeconds);

    internal sealed record Thresholds(bool Enabled, int Percent);

    internal sealed record Answer(
        string Period, DateTimeOffset From, int PieceSeconds, long Total, IReadOnlyList<ChannelCalls> Channels, IReadOnlyList<KeyCalls> Keys,
        IReadOnlyList<long> Peaks, LimitsInfo Limits, Thresholds Threshold, IReadOnlyList<UsageNotice> Notices);

    internal static async Task<IResult> Handle(
        ApiCall call, string projectId, VouchsafeDbContext db, KeyUse use, PipelineSettings settings, ProjectQuota quota)
    {
        if (call.Query.OneOf("period", "day", "day", "week", "month").Failed(out var error, out var period)) return error;
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project)
            return CommonErrors.NotFound("project", projectId);
        await use.FlushAsync(call.Aborted);

        var (pieces, hours) = period switch { "day" => (24, 1), "week" => (168, 1), _ => (30, 24) };
        var last = UsageBook.HourOf(call.Now) / hours;
        var (first, week) = ((last - pieces + 1) * hours, UsageBook.HourOf(call.Now) - 168);
        var from = Math.Min(first, week);
        var rows = await db.UsageHours.AsNoTracking().Where(u => u.ProjectId == projectId && u.Hour >= from).ToListAsync(call.Aborted);
        var shown = rows.Where(u => u.Hour >= first).ToList();
        var calls = shown.Where(u => u.KeyId.Length > 0).ToList();
        int PieceOf(UsageHour u) => (int)Math.Min(u.Hour / hours - last + pieces - 1, pieces - 1);

        var channels = calls.GroupBy(u => u.Channel).OrderBy(g => g.Key).Select(g =>
        {
            var counts = new long[pieces];
            foreach (var row in g) counts[PieceOf(row)] += row.Calls;
            return new ChannelCalls(NameOf(g.Key), counts.Sum(), counts);
        }).ToList();
        var peaks = new long[pieces];
        foreach (var row in shown) peaks[PieceOf(row)] = Math.Max(peaks[PieceOf(row)], row.Peak);
        var known = await db.ApiKeys.AsNoTracking().Where(k => k.ProjectId == projectId).Select(k => new { k.Id, k.Name, k.LastUsedAt }).ToListAsync(call.Aborted);
        var keys = calls.GroupBy(u => (u.KeyId, u.Channel)).Select(g =>
        {
            var key = known.Find(k => k.Id == g.Key.KeyId);
            return new KeyCalls(g.Key.KeyId, key?.Name, NameOf(g.Key.Channel), g.Sum(u => u.Calls), key?.LastUsedAt);
        }).OrderByDescending(k => k.Calls).ToList();
        var wanted = UsageNotifications.Read(project.ApiUsageNotificationsJson);
        var limit = ProjectEntry.From(project) is var entry ? quota.LimitOf(entry.Settings) : null;
        return Json.Ok(new Answer(
            period, DateTimeOffset.FromUnixTimeSeconds(first * 3_600), hours * 3_600, channels.Sum(c => c.Total), channels, keys, peaks,
            new LimitsInfo(limit, settings.ClientRequests, settings.ClientWindowSeconds),
            new Thresholds(wanted.ApiCalls is { Enabled: true, InApp: true }, wanted.ApiCalls?.Value ?? 80),
            UsageNotice.Of(rows.Where(u => u.Hour >= week), wanted)));
    }

    private static string NameOf(short channel) => WireJson.NameOf((Channel)channel);
}
