using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// GET .../failed-sign-ins: who was not let in within the period, the latest first. Signing in belongs to no project. So a
/// project is shown what failed for its own members and for those who run the server, and what was meant for nobody; of the
/// members of other projects it is shown nothing, not even the domain of their addresses.
/// </summary>
internal static class ListFailedSignIns
{
    internal static Task<IResult> OfProject(ApiCall call, string projectId, VouchsafeDbContext db) => AnswerAsync(call, db, new FailedSignInScope(db, projectId));

    internal static Task<IResult> OfInstallation(ApiCall call, VouchsafeDbContext db) => AnswerAsync(call, db, new FailedSignInScope(db, null));

    private static async Task<IResult> AnswerAsync(ApiCall call, VouchsafeDbContext db, FailedSignInScope scope)
    {
        if (Period.Read(call.Query).Failed(out var error, out var period)) return error;
        if (call.Query.OneOf("reason", "", [.. Enum.GetValues<SignInFailure>().Select(WireJson.NameOf)]).Failed(out error, out var name)) return error;
        if (Page.Read(call.Query).Failed(out error, out var page)) return error;
        var since = call.Now - period.Length;
        var rows = scope.Rows.Where(f => f.CreatedAt >= since);
        if (Enum.GetValues<SignInFailure>().FirstOrDefault(r => WireJson.NameOf(r) == name) is var reason and not 0) rows = rows.Where(f => f.Reason == reason);
        var total = await rows.CountAsync(call.Aborted);
        var found = await rows.OrderByDescending(f => f.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        var meant = found.Select(f => f.MemberId).OfType<string>().Distinct().ToList();
        var members = await db.Members.AsNoTracking().Where(m => meant.Contains(m.Id)).ToDictionaryAsync(m => m.Id, StringComparer.Ordinal, call.Aborted);
        var domains = await scope.DomainsAsync(call.Aborted);
        return WireList.Ok("data", found.ConvertAll(f => FailedSignInResponse.From(f, f.MemberId is null ? null : members.GetValueOrDefault(f.MemberId), domains)), total);
    }
}

/// <summary>GET .../failed-sign-ins/chart: how many failed in each piece of the period, by cause.</summary>
internal static class ChartFailedSignIns
{
    internal static Task<IResult> OfProject(ApiCall call, string projectId, VouchsafeDbContext db) => AnswerAsync(call, new FailedSignInScope(db, projectId));

    internal static Task<IResult> OfInstallation(ApiCall call, VouchsafeDbContext db) => AnswerAsync(call, new FailedSignInScope(db, null));

    private static async Task<IResult> AnswerAsync(ApiCall call, FailedSignInScope scope)
    {
        if (Period.Read(call.Query).Failed(out var error, out var period)) return error;
        var (first, piece) = (period.FirstMinute(call.Now), (long)period.Piece.TotalMinutes);
        var since = DateTimeOffset.FromUnixTimeSeconds(first * 60);
        // No more than FailedSignIns.Kept rows, of which two columns are read.
        var rows = await scope.Rows.Where(f => f.CreatedAt >= since).Select(f => new { f.Reason, f.CreatedAt }).ToListAsync(call.Aborted);
        return Json.Ok(PeriodChart.Of(period, call.Now, rows.Select(r => (r.Reason, (r.CreatedAt.ToUnixTimeSeconds() / 60 - first) / piece, 1L))));
    }
}

/// <summary>What is seen from a project, or, without one, by whoever runs the server.</summary>
internal sealed class FailedSignInScope(VouchsafeDbContext db, string? projectId)
{
    internal IQueryable<FailedSignIn> Rows => projectId is null ? db.FailedSignIns.AsNoTracking()
        : db.FailedSignIns.AsNoTracking().Where(f => f.MemberId == null || Members.Any(m => m.Id == f.MemberId));

    private IQueryable<Member> Members => projectId is null ? db.Members
        : db.Members.Where(m => m.IsOperator || db.ProjectMemberships.Any(p => p.ProjectId == projectId && p.MemberId == m.Id));

    /// <summary>The domains, with their @, that may be named.</summary>
    internal async Task<HashSet<string>> DomainsAsync(CancellationToken ct) =>
        [.. (await Members.Where(m => m.Email != null).Select(m => m.Email!).ToListAsync(ct)).Select(MaskedAddress.DomainOf)];
}

/// <summary>A failed sign-in on the wire.</summary>
/// <param name="Id">Id.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="MemberId">The member that was meant; null: nobody.</param>
/// <param name="Email">Their address; where nobody was meant, what may be shown of what was typed, such as <c>a…@shop.example</c>; else null.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="UserAgent">The browser, in its own words.</param>
internal sealed record FailedSignInResponse(string Id, DateTimeOffset At, SignInFailure Reason, string? MemberId, string? Email, string Address, string UserAgent)
{
    public string Object => "failed_sign_in";

    internal static FailedSignInResponse From(FailedSignIn row, Member? member, HashSet<string> domains) => new(
        row.Id, row.CreatedAt, row.Reason, member?.Id,
        member?.Email ?? (row.MaskedAddress is { } masked && domains.Contains(MaskedAddress.DomainOf(masked)) ? masked : null), row.Address, row.UserAgent);
}
