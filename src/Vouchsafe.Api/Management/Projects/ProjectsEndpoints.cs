using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Management.Projects;

internal static class ProjectsEndpoints
{
    internal static void MapProjects(this ChannelRoutes routes)
    {
        routes.Post("/projects", CreateProject.Handle, "create-project", null).ForMembers(MemberAction.Operate);
        routes.Get("/projects", ListProjects.Handle, "list-projects", null).ForMembers(MemberAction.Operate);
        routes.Get("/projects/{projectId}", GetProject.Handle, "get-project", null).ForMembers(MemberAction.ReadSettings);
        routes.Put("/projects/{projectId}", UpdateProject.Handle, "update-project", null).ForMembers(MemberAction.ChangeSettings);
        routes.Delete("/projects/{projectId}", DeleteProject.Handle, "delete-project", null).ForMembers(MemberAction.DeleteProject);
    }
}
