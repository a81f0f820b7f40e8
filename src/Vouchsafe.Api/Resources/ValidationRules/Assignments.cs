using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>Assignments as other resources use them.</summary>
internal static class RuleAssignments
{
    internal const string Voucher = "voucher";
    internal const string Campaign = "campaign";
    internal const string PromotionTier = "promotion_tier";

    /// <summary>The assignments that a new resource's <c>validation_rules</c> ask for, not stored yet; refused if a rule is not there.</summary>
    internal static async ValueTask<Result<IReadOnlyList<ValidationRuleAssignment>>> PlanAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyCollection<string>? ruleIds, string objectType, string objectId,
        DateTimeOffset now, CancellationToken ct)
    {
        if (ruleIds is null || ruleIds.Count == 0) return Result.Of<IReadOnlyList<ValidationRuleAssignment>>([]);
        List<string> wanted = [.. ruleIds.Distinct()];
        var known = await db.ValidationRules.Where(r => r.ProjectId == project.Id && wanted.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct);
        if (wanted.Find(id => !known.Contains(id)) is { } missing) return ValidationRuleErrors.NotFound(missing);
        return Result.Of<IReadOnlyList<ValidationRuleAssignment>>([.. wanted.Select(id => New(project, id, objectType, objectId, now))]);
    }

    /// <summary>The assignments of resources, by resource id.</summary>
    internal static async ValueTask<ILookup<string, ValidationRuleAssignment>> OfAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyCollection<string> objectIds, CancellationToken ct) =>
        objectIds.Count == 0
            ? Array.Empty<ValidationRuleAssignment>().ToLookup(a => a.RelatedObjectId)
            : (await db.ValidationRuleAssignments.AsNoTracking()
                .Where(a => a.ProjectId == project.Id && objectIds.Contains(a.RelatedObjectId)).OrderBy(a => a.Id).ToListAsync(ct))
            .ToLookup(a => a.RelatedObjectId);

    internal static ValidationRuleAssignment New(ProjectSettings project, string ruleId, string objectType, string objectId, DateTimeOffset now) => new()
    {
        Id = Ids.New(IdPrefix.ValidationRuleAssignment, now),
        ProjectId = project.Id,
        RuleId = ruleId,
        RelatedObjectType = objectType,
        RelatedObjectId = objectId,
        CreatedAt = now,
    };
}

/// <summary>POST /v1/validation-rules/{id}/assignments.</summary>
internal static class CreateAssignment
{
    /// <summary>As described, or in the short form that <c>@voucherify/sdk</c> declares: the object's id under its type's name.</summary>
    internal sealed record Payload(string? RelatedObjectType, string? RelatedObjectId, string? Voucher, string? Campaign, string? PromotionTier)
    {
        internal Payload Plain() => (RelatedObjectId, Voucher, Campaign, PromotionTier) switch
        {
            ({ Length: > 0 }, _, _, _) => this,
            (_, { } voucher, _, _) => this with { RelatedObjectType = RuleAssignments.Voucher, RelatedObjectId = voucher },
            (_, _, { } campaign, _) => this with { RelatedObjectType = RuleAssignments.Campaign, RelatedObjectId = campaign },
            (_, _, _, { } tier) => this with { RelatedObjectType = RuleAssignments.PromotionTier, RelatedObjectId = tier },
            _ => this,
        };
    }

    internal static async Task<IResult> Handle(ApiCall call, string validationRuleId, VouchsafeDbContext db, RuleCountActions counts)
    {
        if ((await call.ReadBodyAsync<Payload>()).Failed(out var error, out var payload)) return error;
        payload = payload.Plain();
        if (string.IsNullOrEmpty(payload.RelatedObjectId)) return CommonErrors.InvalidPayload("related_object_id is required.");
        var type = payload.RelatedObjectType ?? RuleAssignments.Voucher;
        if (Check.OneOf(type, "related_object_type", "voucher", "promotion_tier", "campaign", "earning_rule", "distribution", "reward_assignment") is { } problem)
            return problem;
        if (await db.ValidationRules.AsNoTracking().ByAnyIdAsync(call.Project, validationRuleId, call.Aborted) is not { } rule)
            return ValidationRuleErrors.NotFound(validationRuleId);
        if (await ResolveAsync(call, type, payload.RelatedObjectId, db) is not { } objectId)
            return CommonErrors.NotFound(type, payload.RelatedObjectId);

        var assignment = RuleAssignments.New(call.Project, rule.Id, type, objectId, call.Now);
        db.ValidationRuleAssignments.Add(assignment);
        var planned = counts.Plan(db, call.Project, rule);
        if (await Store.SaveAsync(db, call, () => ValidationRuleErrors.DuplicateAssignment(objectId)) is null)
        {
            await counts.CountAsync(call.Project, rule, [assignment], planned);
            return Json.Ok(AssignmentResponse.From(assignment));
        }

        var there = await db.ValidationRuleAssignments.FirstOrDefaultAsync(a => a.RuleId == rule.Id && a.RelatedObjectId == objectId, call.Aborted);
        return ValidationRuleErrors.DuplicateAssignment(there?.Id ?? objectId);
    }

    // Vouchers may be named by their code too.
    private static async ValueTask<string?> ResolveAsync(ApiCall call, string type, string id, VouchsafeDbContext db)
    {
        var (project, key) = (call.Project.Id, call.Project.CodeKey(id));
        return type switch
        {
            RuleAssignments.Voucher => await db.Vouchers
                .Where(v => v.ProjectId == project && v.DeletedAt == null && (v.Id == id || v.CodeKey == key)).Select(v => v.Id).FirstOrDefaultAsync(call.Aborted),
            RuleAssignments.Campaign => await db.Campaigns
                .Where(c => c.ProjectId == project && c.DeletedAt == null && (c.Id == id || c.Name == id)).Select(c => c.Id).FirstOrDefaultAsync(call.Aborted),
            RuleAssignments.PromotionTier => await db.PromotionTiers
                .Where(t => t.ProjectId == project && t.Id == id).Select(t => t.Id).FirstOrDefaultAsync(call.Aborted),
            // Resources of programs that this server does not run cannot be there.
            _ => null,
        };
    }
}

/// <summary>GET /v1/validation-rules/{id}/assignments.</summary>
internal static class ListRuleAssignments
{
    internal static async Task<IResult> Handle(ApiCall call, string validationRuleId, VouchsafeDbContext db)
    {
        if (await db.ValidationRules.AsNoTracking().ByAnyIdAsync(call.Project, validationRuleId, call.Aborted) is not { } rule)
            return ValidationRuleErrors.NotFound(validationRuleId);
        return await ListAssignments.AnswerAsync(call, db.ValidationRuleAssignments.Where(a => a.RuleId == rule.Id));
    }
}

/// <summary>GET /v1/validation-rules-assignments.</summary>
internal static class ListAssignments
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (call.Query.Text("rule").Failed(out var error, out var rule)) return error;
        if (call.Query.Text("related_object_id").Failed(out error, out var objectId)) return error;
        var found = db.ValidationRuleAssignments.Where(a => a.ProjectId == call.Project.Id);
        if (rule is not null) found = found.Where(a => a.RuleId == rule);
        if (objectId is not null) found = found.Where(a => a.RelatedObjectId == objectId);
        return await AnswerAsync(call, found);
    }

    internal static async Task<IResult> AnswerAsync(ApiCall call, IQueryable<ValidationRuleAssignment> found)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", "created_at", "-created_at").Failed(out error, out var order)) return error;
        var total = await found.LongCountAsync(call.Aborted);
        // Ids grow with time.
        var sorted = order == "created_at" ? found.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id) : found.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id);
        var rows = await sorted.AsNoTracking().Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        return WireList.Ok<AssignmentResponse>("data", [.. rows.Select(AssignmentResponse.From)], total);
    }
}

/// <summary>DELETE /v1/validation-rules/{id}/assignments/{assignmentId}.</summary>
internal static class DeleteAssignment
{
    internal static async Task<IResult> Handle(ApiCall call, string validationRuleId, string assignmentId, VouchsafeDbContext db)
    {
        if (await db.ValidationRules.AsNoTracking().ByAnyIdAsync(call.Project, validationRuleId, call.Aborted) is not { } rule)
            return ValidationRuleErrors.NotFound(validationRuleId);
        var removed = await db.ValidationRuleAssignments.Where(a => a.Id == assignmentId && a.RuleId == rule.Id).ExecuteDeleteAsync(call.Aborted);
        return removed == 0 ? ValidationRuleErrors.AssignmentNotFound(assignmentId) : Results.NoContent();
    }
}
