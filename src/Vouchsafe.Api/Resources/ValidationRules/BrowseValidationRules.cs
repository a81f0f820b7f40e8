using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>
/// GET /dashboard/v1/projects/{id}/validation-rules: the newest first, with <c>search</c> in their names if asked for, and how
/// much each is assigned to; see <see cref="Browsing"/>.
/// </summary>
internal static class BrowseValidationRules
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if (call.Query.Text("search", Check.ShortText).Failed(out error, out var search)) return error;
        if (Browsing.After(call.Query).Failed(out error, out var after)) return error;

        var rows = db.ValidationRules.AsNoTracking().Where(r => r.ProjectId == call.Project.Id).NewestFirst(default, after);
        var (shown, next, lookedBackTo) = await rows.PageAsync(search is null ? null : found => found.NamedLike(search), limit, r => new Place(r.CreatedAt, r.Id), call.Aborted);
        var counts = await db.ValidationRuleAssignments.CountedAsync([.. shown.Select(r => r.Id)], call.Aborted);
        return Json.Ok(new BrowsedPage<ValidationRuleResponse>(
            [.. shown.Select(r => ValidationRuleResponse.From(r, counts.GetValueOrDefault(r.Id)))], next?.ToString(), lookedBackTo));
    }
}
