using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>Refusals of projects.</summary>
internal static class ProjectErrors
{
    internal static readonly ApiError SandboxStays = CommonErrors.Forbidden("The sandbox project cannot be deleted.");

    internal static ApiError OtherCluster(string here) =>
        CommonErrors.Forbidden($"Project is bound to different region. This server's cluster_id is {here}; leave cluster_id out.");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("project", id);

    internal static ApiError Required(string field) => CommonErrors.InvalidPayload($"{field} is required.");
}
