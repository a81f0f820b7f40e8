using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>POST /v1/validation-rules.</summary>
internal static class CreateValidationRule
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<ValidationRulePayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem(isNew: true) is { } problem) return problem;
        var rule = new ValidationRule
        {
            Id = Ids.New(IdPrefix.ValidationRule, call.Now),
            ProjectId = call.Project.Id,
            Name = payload.Name.Value!,
            Type = "expression",
            ContextType = "global",
            CreatedAt = call.Now,
        };
        if (payload.Apply(rule) is { } fault) return fault;
        db.ValidationRules.Add(rule);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(ValidationRuleResponse.From(rule, 0));
    }
}

/// <summary>PUT /v1/validation-rules/{id}: changes what the body names.</summary>
internal static class UpdateValidationRule
{
    internal static async Task<IResult> Handle(ApiCall call, string validationRuleId, VouchsafeDbContext db, RuleCountActions counts)
    {
        if ((await call.ReadBodyAsync<ValidationRulePayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem(isNew: false) is { } problem) return problem;
        if (await db.ValidationRules.ByAnyIdAsync(call.Project, validationRuleId, call.Aborted) is not { } rule)
            return ValidationRuleErrors.NotFound(validationRuleId);
        if (payload.Apply(rule) is { } fault) return fault;
        rule.UpdatedAt = call.Now;
        var planned = counts.Plan(db, call.Project, rule);
        await db.SaveChangesAsync(call.Aborted);
        var assignments = await db.ValidationRuleAssignments.AsNoTracking().Where(a => a.RuleId == rule.Id).ToListAsync(call.Aborted);
        await counts.CountAsync(call.Project, rule, assignments, planned);
        return Json.Ok(ValidationRuleResponse.From(rule, assignments.Count));
    }
}

/// <summary>DELETE /v1/validation-rules/{id}, with its assignments.</summary>
internal static class DeleteValidationRule
{
    internal static async Task<IResult> Handle(ApiCall call, string validationRuleId, VouchsafeDbContext db)
    {
        if (await db.ValidationRules.ByAnyIdAsync(call.Project, validationRuleId, call.Aborted) is not { } rule)
            return ValidationRuleErrors.NotFound(validationRuleId);
        db.ValidationRules.Remove(rule);
        await db.SaveChangesAsync(call.Aborted);
        await db.ValidationRuleAssignments.Where(a => a.RuleId == rule.Id).ExecuteDeleteAsync(call.Aborted);
        return Results.NoContent();
    }
}
