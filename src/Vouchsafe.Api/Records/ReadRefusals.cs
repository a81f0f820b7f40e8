using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>
/// GET .../refusals: what was refused within the period, alike ones together, the latest first. Filters: <c>reason</c>, and
/// <c>search</c> in address, origin, key and path.
/// </summary>
internal static class ListRefusals
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, RefusalBook book)
    {
        if (Period.Read(call.Query).Failed(out var error, out var period)) return error;
        if (call.Query.OneOf("reason", "", [.. Enum.GetValues<RefusalReason>().Select(WireJson.NameOf)]).Failed(out error, out var name)) return error;
        if (call.Query.Text("search", 300).Failed(out error, out var search)) return error;
        if (Page.Read(call.Query).Failed(out error, out var page)) return error;
        await book.FlushAsync(call.Aborted);

        var since = (call.Now - period.Length).ToUnixTimeMilliseconds();
        var rows = db.Refusals.AsNoTracking().Where(r => r.ProjectId == projectId && r.LastSeenMs >= since);
        if (Enum.GetValues<RefusalReason>().FirstOrDefault(r => WireJson.NameOf(r) == name) is var reason and not 0) rows = rows.Where(r => r.Reason == (short)reason);
        if (search is not null) rows = rows.Where(r => r.Address.Contains(search) || r.Origin.Contains(search) || r.KeyId.Contains(search) || r.Path.Contains(search));
        var total = await rows.CountAsync(call.Aborted);
        var found = await rows.OrderByDescending(r => r.LastSeenMs).ThenBy(r => r.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        var names = await KeyNames.OfAsync(db, projectId, call.Aborted);
        return WireList.Ok("data", found.ConvertAll(r => RefusalResponse.From(r, names)), total);
    }
}

/// <summary>GET .../refusals/chart: how many were refused in each piece of the period, by check.</summary>
internal static class ChartRefusals
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, RefusalBook book)
    {
        if (Period.Read(call.Query).Failed(out var error, out var period)) return error;
        await book.FlushAsync(call.Aborted);
        var (first, piece) = (period.FirstMinute(call.Now), (long)period.Piece.TotalMinutes);
        var rows = await db.RefusalMinutes.AsNoTracking().Where(m => m.ProjectId == projectId && m.Minute >= first)
            .GroupBy(m => new { m.Reason, Piece = (m.Minute - first) / piece })
            .Select(g => new { g.Key.Reason, g.Key.Piece, Count = g.Sum(m => m.Count) }).ToListAsync(call.Aborted);
        return Json.Ok(PeriodChart.Of(period, call.Now, rows.Select(r => ((RefusalReason)r.Reason, r.Piece, r.Count))));
    }
}

/// <summary>GET .../refusals/events: the latest single refusals on this node, the last one first.</summary>
internal static class ListRefusalEvents
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, RefusalBook book)
    {
        await book.FlushAsync(call.Aborted);
        var events = book.Latest.Of(projectId).Select(RefusalEventResponse.From).ToList();
        return WireList.Ok("data", events, events.Count);
    }
}

/// <summary>GET .../refusals/{id}: the refusal, which check refused it, and what to change if it should pass.</summary>
internal static class ExplainRefusal
{
    internal sealed record Answer(RefusalResponse Refusal, RefusalExplanation Explanation, IReadOnlyList<RefusalEventResponse> Events);

    internal static async Task<IResult> Handle(ApiCall call, string projectId, string refusalId, VouchsafeDbContext db, RefusalBook book, PipelineSettings settings)
    {
        await book.FlushAsync(call.Aborted);
        var row = await db.Refusals.AsNoTracking().FirstOrDefaultAsync(r => r.ProjectId == projectId && r.Id == refusalId, call.Aborted);
        var project = await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted);
        if (row is null || project is null && projectId != UnclaimedRefusals.ProjectId) return CommonErrors.NotFound("refusal", refusalId);
        var key = await KeyNames.KeysOf(db, projectId).FirstOrDefaultAsync(k => k.Id == row.KeyId, call.Aborted);
        var events = book.Latest.Of(projectId).Where(e => e.GroupId == row.Id).Select(RefusalEventResponse.From).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (key is not null) names.Add(key.Id, key.Name);
        return Json.Ok(new Answer(RefusalResponse.From(row, names), project is null ? RefusalExplanation.OfUnclaimed(row, key, settings) : RefusalExplanation.Of(row, project, key, settings), events));
    }
}

/// <summary>GET .../limited-addresses: which clients stand at the limit of the public channel at this moment.</summary>
internal static class ListLimitedAddresses
{
    private const int Most = 200;

    internal sealed record Answer(string Address, long Refused, DateTimeOffset LastSeenAt, long RetryAfterSeconds);

    internal static async Task<IResult> Handle(
        ApiCall call, string projectId, VouchsafeDbContext db, RefusalBook book, PipelineSettings settings, Pipeline.Limits.ClientWindows windows)
    {
        await book.FlushAsync(call.Aborted);
        var since = (call.Now - TimeSpan.FromSeconds(settings.ClientWindowSeconds)).ToUnixTimeMilliseconds();
        var rows = await db.Refusals.AsNoTracking()
            .Where(r => r.ProjectId == projectId && r.Reason == (short)RefusalReason.ClientLimit && r.LastSeenMs >= since && r.Address != "")
            .GroupBy(r => r.Address).Select(g => new { Address = g.Key, Refused = g.Sum(r => r.Count), Last = g.Max(r => r.LastSeenMs) })
            .OrderByDescending(g => g.Last).Take(Most).ToListAsync(call.Aborted);
        // Another node knows its own clients; of those this one knows only that they were refused within the window.
        var limited = (from row in rows
            let wait = AddressText.TryRead(row.Address, out var address) ? windows.WaitOf(AddressKey.Of(address)) : 0
            where wait > 0
            select new Answer(row.Address, row.Refused, DateTimeOffset.FromUnixTimeMilliseconds(row.Last), wait)).ToList();
        return WireList.Ok("data", limited, limited.Count);
    }
}

internal static class KeyNames
{
    /// <summary>The keys that refusals may name: the project's; where there is none, those of the management channel.</summary>
    internal static IQueryable<ApiKey> KeysOf(VouchsafeDbContext db, string projectId)
    {
        var owner = projectId == UnclaimedRefusals.ProjectId ? null : projectId;
        return db.ApiKeys.AsNoTracking().Where(k => k.ProjectId == owner);
    }

    internal static Task<Dictionary<string, string>> OfAsync(VouchsafeDbContext db, string projectId, CancellationToken ct) =>
        KeysOf(db, projectId).Select(k => new { k.Id, k.Name }).ToDictionaryAsync(k => k.Id, k => k.Name, StringComparer.Ordinal, ct);
}
