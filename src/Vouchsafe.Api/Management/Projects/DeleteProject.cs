using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>
/// DELETE /management/v1/projects/{id}: the project, its keys and its tokens are gone with the answer (within two seconds on
/// other nodes). Its data is erased in the background, as that may take long; see <see cref="Housekeeping"/>.
/// </summary>
internal static class DeleteProject
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, KeyRing ring)
    {
        if (await db.Projects.FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project) return ProjectErrors.NotFound(projectId);
        if (project.IsSandbox) return ProjectErrors.SandboxStays;
        await using (var transaction = await db.Database.BeginTransactionAsync(call.Aborted))
        {
            project.DeletedAt = call.Now;
            await db.SaveChangesAsync(call.Aborted);
            await db.ApiKeys.Where(k => k.ProjectId == projectId).ExecuteDeleteAsync(call.Aborted);
            await db.OAuthTokens.Where(t => t.ProjectId == projectId).ExecuteDeleteAsync(call.Aborted);
            await transaction.CommitAsync(call.Aborted);
        }
        ring.ForgetAll();
        return Results.NoContent();
    }
}
