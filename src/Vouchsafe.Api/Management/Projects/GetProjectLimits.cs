using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>What the server as a whole allows, and what of it holds for the project.</summary>
/// <param name="Object">Always <c>project_limits</c>.</param>
/// <param name="ClientRequests">Requests of one address in any window of the client-side API.</param>
/// <param name="ClientWindowSeconds">The length of that window.</param>
/// <param name="ServerRequestsPerMinute">Server calls in any minute that hold for this project; null: without limit.</param>
/// <param name="ServerRequestsPerMinuteByDefault">The same for projects that have no number of their own.</param>
/// <param name="WrongCodesPerHour">Wrong codes of one address in any hour; null: without limit.</param>
/// <param name="FailedAuthenticationsPerMinute">Wrong keys of one address in any minute; null: without limit.</param>
internal sealed record ProjectLimitsInForce(
    string Object, int ClientRequests, int ClientWindowSeconds, int? ServerRequestsPerMinute, int? ServerRequestsPerMinuteByDefault,
    int? WrongCodesPerHour, int? FailedAuthenticationsPerMinute);

internal static class ProjectLimitsEndpoints
{
    internal static void MapProjectLimits(this ChannelRoutes routes) =>
        routes.Get("/projects/{projectId}/limits", GetProjectLimits.Handle, "get-project-limits", null).ForMembers(MemberAction.ReadSettings).ExcludeFromDescription();
}

/// <summary>GET /dashboard/v1/projects/{id}/limits: the numbers in force, those of the server's configuration included.</summary>
internal static class GetProjectLimits
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, PipelineSettings settings)
    {
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project)
            return ProjectErrors.NotFound(projectId);
        return Json.Ok(new ProjectLimitsInForce(
            "project_limits", settings.ClientRequests, settings.ClientWindowSeconds,
            NumberOrNone(project.ServerRequestsPerMinute ?? settings.ServerRequestsPerMinute), settings.ServerRequestsPerMinute,
            NumberOrNone(settings.WrongCodesPerHour), NumberOrNone(settings.FailedAuthenticationsPerMinute)));
    }

    private static int? NumberOrNone(int? limit) => limit is > 0 ? limit : null;
}
