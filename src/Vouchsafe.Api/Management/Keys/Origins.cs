using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>An origin that a project's whitelist did not cover.</summary>
/// <param name="Origin">The header as sent, cut to 300 characters; null if there was none.</param>
/// <param name="Reason">Why it was not covered.</param>
/// <param name="Count">How often within a week.</param>
/// <param name="LastSeenAt">When last.</param>
internal sealed record RefusedOrigin(string? Origin, string Reason, long Count, DateTimeOffset LastSeenAt);

/// <summary>
/// GET .../origins/refused: what the project's whitelist did not cover within a week, or would not have in report-only mode:
/// the latest 100 origins, the last one first.
/// </summary>
internal static class ListRefusedOrigins
{
    private const int Most = 100;

    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, RefusalBook book)
    {
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return CommonErrors.NotFound("project", projectId);
        await book.FlushAsync(call.Aborted);
        // A project has some hundreds of them at most, so they may all be read.
        var groups = await db.Refusals.AsNoTracking()
            .Where(r => r.ProjectId == projectId && (r.Reason == (short)RefusalReason.Origin || r.Reason == (short)RefusalReason.OriginReportOnly))
            .GroupBy(r => new { r.Origin, r.Detail })
            .Select(g => new { g.Key.Origin, g.Key.Detail, Count = g.Sum(r => r.Count), Last = g.Max(r => r.LastSeenMs) })
            .OrderByDescending(g => g.Last).Take(Most).ToListAsync(call.Aborted);
        var seen = groups.ConvertAll(g => new RefusedOrigin(g.Origin.Length == 0 ? null : g.Origin, g.Detail, g.Count, DateTimeOffset.FromUnixTimeMilliseconds(g.Last)));
        return WireList.Ok("data", seen, seen.Count);
    }
}

/// <summary>POST .../origins/test: what the project's whitelist says of an Origin header, and why.</summary>
internal static class TestOrigin
{
    internal sealed record Payload(string? Origin);

    internal sealed record Answer(string? Origin, bool Allowed, string? Entry, string? Explanation, OriginRefusal? Reason);

    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Payload>()).Failed(out var error, out var payload)) return error;
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project)
            return CommonErrors.NotFound("project", projectId);
        var whitelist = OriginWhitelist.TryParse(project.ClientTrustedDomains, out var parsed, out _) ? parsed : OriginWhitelist.Empty;
        var verdict = whitelist.Decide(payload.Origin);
        return Json.Ok(new Answer(payload.Origin, verdict.Allowed, verdict.By?.Entry, verdict.By?.Explain(), verdict.Allowed ? null : verdict.Reason));
    }
}
