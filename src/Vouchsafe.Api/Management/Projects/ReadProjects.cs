using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>GET /management/v1/projects: all of them, the oldest first.</summary>
internal static class ListProjects
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, SecretVault vault)
    {
        var projects = await db.Projects.AsNoTracking().OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).ToListAsync(call.Aborted);
        return WireList.Ok("data", projects.ConvertAll(p => ProjectResponse.From(p, vault)), projects.Count);
    }
}

/// <summary>GET /management/v1/projects/{id}.</summary>
internal static class GetProject
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, SecretVault vault) =>
        await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is { } project
            ? Json.Ok(ProjectResponse.From(project, call.MaySeeSecrets ? vault : null))
            : ProjectErrors.NotFound(projectId);
}
