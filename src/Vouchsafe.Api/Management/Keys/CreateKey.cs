using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>POST .../keys: a further key of the project. The answer holds its secret, which is shown for 15 minutes more.</summary>
internal static class CreateKey
{
    /// <summary>More keys than programs only hide the one that leaked.</summary>
    internal const int MaxKeys = 100;

    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, KeyFactory factory, KeyRing ring)
    {
        if ((await call.ReadBodyAsync<KeyPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Name.Value is null) return CommonErrors.InvalidPayload("name is required.");
        KeyKind? kind = payload.Kind.Value switch { KeyResponse.ServerSide => KeyKind.Application, KeyResponse.ClientSide => KeyKind.Client, _ => null };
        if (kind is null) return CommonErrors.InvalidPayload($"kind must be {KeyResponse.ServerSide} or {KeyResponse.ClientSide}.");
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project)
            return CommonErrors.NotFound("project", projectId);
        if (await db.ApiKeys.CountAsync(k => k.ProjectId == projectId, call.Aborted) >= MaxKeys)
            return CommonErrors.InvalidPayload($"A project may have {MaxKeys} keys at most.");
        var key = factory.Create(project, kind.Value, payload.Name.Value, isPrimary: false);
        if (payload.Apply(key.Row) is { } fault) return fault;
        db.ApiKeys.Add(key.Row);
        await db.SaveChangesAsync(call.Aborted);
        ring.ForgetKey(key.Row.Id);
        return Json.Ok(KeyResponse.From(key.Row, key.Secret, call.Now));
    }
}
