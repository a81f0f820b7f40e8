using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>GET .../keys: all keys of the project, the oldest first, with their last use and, while visible, their secrets.</summary>
internal static class ListKeys
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, VouchsafeDbContext db, SecretVault vault)
    {
        if (!await db.Projects.AnyAsync(p => p.Id == projectId, call.Aborted)) return CommonErrors.NotFound("project", projectId);
        var keys = await db.ApiKeys.AsNoTracking().Where(k => k.ProjectId == projectId).OrderBy(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(call.Aborted);
        return WireList.Ok("data", keys.ConvertAll(k => KeyResponse.From(k, call.MaySeeSecrets ? vault.Reveal(k, call.Now) : null, call.Now)), keys.Count);
    }
}

/// <summary>GET .../keys/{id}.</summary>
internal static class GetKey
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, string keyId, VouchsafeDbContext db, SecretVault vault) =>
        await db.ApiKeys.AsNoTracking().OfProject(projectId, keyId).FirstOrDefaultAsync(call.Aborted) is { } key
            ? Json.Ok(KeyResponse.From(key, call.MaySeeSecrets ? vault.Reveal(key, call.Now) : null, call.Now))
            : CommonErrors.NotFound("key", keyId);
}

internal static class KeyQueries
{
    internal static IQueryable<ApiKey> OfProject(this IQueryable<ApiKey> keys, string projectId, string keyId) =>
        keys.Where(k => k.ProjectId == projectId && k.Id == keyId);
}
