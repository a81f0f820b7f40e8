using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>POST /management/v1/projects: a project with its first two keys, whose secrets the answer holds.</summary>
internal static class CreateProject
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, KeyFactory factory, SecretVault vault, KeyRing ring)
    {
        if ((await call.ReadBodyAsync<ProjectPayload>()).Failed(out var error, out var request)) return error;
        if (MissingField(request) is { } missing) return ProjectErrors.Required(missing);
        var id = Ids.New(IdPrefix.Project, call.Now);
        var project = new Project
        {
            Id = id,
            Name = "",
            CaseSensitiveCodes = request.CaseSensitiveCodes.Value ?? true,
            ProtectedWebhookToken = vault.ProtectWebhookToken(id, ApiSecret.Generate()),
            CreatedAt = call.Now,
        };
        if (request.Apply(project) is { } fault) return fault;
        if (UserProblem(request.Users.Value) is { } stranger) return stranger;
        var server = factory.Create(project, KeyKind.Application, "Server-side key", isPrimary: true);
        var client = factory.Create(project, KeyKind.Client, "Client-side key", isPrimary: true);
        db.Projects.Add(project);
        db.ApiKeys.AddRange(server.Row, client.Row);
        await db.SaveChangesAsync(call.Aborted);
        ring.ForgetProject(id);
        return Json.Ok(ProjectResponse.From(project, vault) with
        {
            ServerSideKey = ProjectResponse.KeyPair.From(server),
            ClientSideKey = ProjectResponse.KeyPair.From(client),
        });
    }

    private static string? MissingField(ProjectPayload request) =>
        !request.Name.IsPresent ? "name"
        : !request.CaseSensitiveCodes.IsPresent ? "case_sensitive_codes"
        : !request.Timezone.IsPresent ? "timezone"
        : !request.Currency.IsPresent ? "currency"
        : null;

    // Only existing users can be assigned, and this server keeps none: whoever holds a management key may do everything.
    private static ApiError? UserProblem(IReadOnlyList<ProjectPayload.User?>? users)
    {
        if (users is null || users.Count == 0) return null;
        var user = users[0];
        if (user is null || user.Role is null) return ProjectErrors.Required("users[0].role");
        return user.Id is null == user.Login is null
            ? CommonErrors.InvalidPayload("users[0] must have either id or login.")
            : CommonErrors.InvalidPayload($"users[0]: there is no user with the {(user.Id is null ? "login" : "id")} {user.Id ?? user.Login}.");
    }
}
