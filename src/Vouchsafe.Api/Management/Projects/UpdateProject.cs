using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>PUT /management/v1/projects/{id}: changes what the body names. In force at once here, within two seconds elsewhere.</summary>
internal static class UpdateProject
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, SecretVault vault, KeyRing ring)
    {
        if ((await call.ReadBodyAsync<ProjectPayload>()).Failed(out var error, out var payload)) return error;
        if (await db.Projects.FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project) return ProjectErrors.NotFound(projectId);
        // Codes are stored in the form in which they are unique; two that were different would become one.
        if (payload.CaseSensitiveCodes.Value is { } sensitive && sensitive != project.CaseSensitiveCodes)
            return CommonErrors.InvalidPayload("case_sensitive_codes cannot be changed.");
        if (payload.Apply(project) is { } fault) return fault;
        project.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        ring.ForgetProject(projectId);
        return Json.Ok(ProjectResponse.From(project, call.MaySeeSecrets ? vault : null));
    }
}
