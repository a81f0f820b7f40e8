using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>Ways to find rules.</summary>
internal static class ValidationRuleQueries
{
    internal static async ValueTask<ValidationRule?> ByAnyIdAsync(this IQueryable<ValidationRule> rules, ProjectSettings project, string id, CancellationToken ct) =>
        await rules.FirstOrDefaultAsync(r => r.ProjectId == project.Id && r.Id == id, ct);

    /// <summary>How many assignments each of some rules has; one without any is not in it.</summary>
    internal static Task<Dictionary<string, long>> CountedAsync(this IQueryable<ValidationRuleAssignment> assignments, List<string> ruleIds, CancellationToken ct) =>
        assignments.Where(a => ruleIds.Contains(a.RuleId)).GroupBy(a => a.RuleId)
            .Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
}

/// <summary>GET /v1/validation-rules/{id}.</summary>
internal static class GetValidationRule
{
    internal static async Task<IResult> Handle(ApiCall call, string validationRuleId, VouchsafeDbContext db) =>
        await db.ValidationRules.AsNoTracking().ByAnyIdAsync(call.Project, validationRuleId, call.Aborted) is { } rule
            ? Json.Ok(ValidationRuleResponse.From(rule, await db.ValidationRuleAssignments.LongCountAsync(a => a.RuleId == rule.Id, call.Aborted)))
            : ValidationRuleErrors.NotFound(validationRuleId);
}

/// <summary>GET /v1/validation-rules.</summary>
internal static class ListValidationRules
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query, "name").Failed(out var error, out var listing)) return error;
        var (rows, total) = await listing.RunAsync(db.ValidationRules.AsNoTracking().Where(r => r.ProjectId == call.Project.Id), call.Aborted);
        var counts = await db.ValidationRuleAssignments.CountedAsync([.. rows.Select(r => r.Id)], call.Aborted);
        return WireList.Ok<ValidationRuleResponse>("data", [.. rows.Select(r => ValidationRuleResponse.From(r, counts.GetValueOrDefault(r.Id)))], total);
    }
}
