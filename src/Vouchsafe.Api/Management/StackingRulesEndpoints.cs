using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

internal static class StackingRulesEndpoints
{
    internal static void MapStackingRules(this ChannelRoutes routes)
    {
        routes.Post("/projects/{projectId}/stacking-rules", CreateStackingRules.Handle, "create-stacking-rules", null).ForMembers(MemberAction.ChangeSettings);
        routes.Get("/projects/{projectId}/stacking-rules", ListStackingRules.Handle, "list-stacking-rules", null).ForMembers(MemberAction.ReadSettings);
        routes.Get("/projects/{projectId}/stacking-rules/{stackingRulesId}", GetStackingRules.Handle, "get-stacking-rules", null).ForMembers(MemberAction.ReadSettings);
        routes.Put("/projects/{projectId}/stacking-rules/{stackingRulesId}", UpdateStackingRules.Handle, "update-stacking-rules", null).ForMembers(MemberAction.ChangeSettings);
        routes.Delete("/projects/{projectId}/stacking-rules/{stackingRulesId}", DeleteStackingRules.Handle, "delete-stacking-rules", null).ForMembers(MemberAction.ChangeSettings);
    }
}

/// <summary>Refusals of stacking rules.</summary>
internal static class StackingRulesErrors
{
    internal static readonly ApiError Exist = new(
        409, "stacking_rules_exist", "Stacking rules exist", "Cannot exist more stacking rules for given project");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("stacking_rules", id);

    internal static ApiError ProjectNotFound(string id) => CommonErrors.NotFound("project", id);
}

/// <summary>POST .../stacking-rules: replaces the defaults, once.</summary>
internal static class CreateStackingRules
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, StackingRulesCache cache)
    {
        if ((await call.ReadBodyAsync<StackingRulesWire>()).Failed(out var error, out var payload)) return error;
        var rules = payload.Over(StackingRulesWire.Default);
        if (rules.Problem() is { } problem) return problem;
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return StackingRulesErrors.ProjectNotFound(projectId);
        var entry = new StackingRulesEntry
        {
            Id = Ids.New(IdPrefix.StackingRules, call.Now), ProjectId = projectId, RulesJson = rules.ToJson(), CreatedAt = call.Now,
        };
        db.StackingRules.Add(entry);
        if (await Store.SaveAsync(db, call, () => StackingRulesErrors.Exist) is { } exist) return exist;
        cache.Forget(projectId);
        return Json.Ok(StackingRulesAnswer.From(entry));
    }
}

/// <summary>PUT .../stacking-rules/{id}: changes what the body names.</summary>
internal static class UpdateStackingRules
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, string stackingRulesId, VouchsafeDbContext db, StackingRulesCache cache)
    {
        if ((await call.ReadBodyAsync<StackingRulesWire>()).Failed(out var error, out var payload)) return error;
        if (await db.StackingRules.FirstOrDefaultAsync(s => s.ProjectId == projectId && s.Id == stackingRulesId, call.Aborted) is not { } entry)
            return StackingRulesErrors.NotFound(stackingRulesId);
        var rules = payload.Over(StackingRulesWire.Read(entry));
        if (rules.Problem() is { } problem) return problem;
        (entry.RulesJson, entry.UpdatedAt) = (rules.ToJson(), call.Now);
        await db.SaveChangesAsync(call.Aborted);
        cache.Forget(projectId);
        return Json.Ok(StackingRulesAnswer.From(entry));
    }
}

/// <summary>GET .../stacking-rules/{id}.</summary>
internal static class GetStackingRules
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, string stackingRulesId, VouchsafeDbContext db) =>
        await db.StackingRules.AsNoTracking().FirstOrDefaultAsync(s => s.ProjectId == projectId && s.Id == stackingRulesId, call.Aborted) is { } entry
            ? Json.Ok(StackingRulesAnswer.From(entry))
            : StackingRulesErrors.NotFound(stackingRulesId);
}

/// <summary>GET .../stacking-rules: a list of one, the defaults if nobody changed them.</summary>
internal static class ListStackingRules
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db)
    {
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return StackingRulesErrors.ProjectNotFound(projectId);
        var entry = await db.StackingRules.AsNoTracking().FirstOrDefaultAsync(s => s.ProjectId == projectId, call.Aborted);
        return WireList.Ok("data", [StackingRulesAnswer.From(entry)], 1);
    }
}

/// <summary>DELETE .../stacking-rules/{id}: back to the defaults.</summary>
internal static class DeleteStackingRules
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, string stackingRulesId, VouchsafeDbContext db, StackingRulesCache cache)
    {
        var removed = await db.StackingRules.Where(s => s.ProjectId == projectId && s.Id == stackingRulesId).ExecuteDeleteAsync(call.Aborted);
        cache.Forget(projectId);
        return removed == 0 ? StackingRulesErrors.NotFound(stackingRulesId) : Results.NoContent();
    }
}
