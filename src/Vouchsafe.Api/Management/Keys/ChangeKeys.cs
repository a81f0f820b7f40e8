using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>PUT .../keys/{id}: name, role, scopes, addresses, blocked. In force at once here, within two seconds elsewhere.</summary>
internal static class UpdateKey
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, string keyId, VouchsafeDbContext db, KeyRing ring, SecretVault vault)
    {
        if ((await call.ReadBodyAsync<KeyPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Kind.IsPresent) return CommonErrors.InvalidPayload("kind cannot be changed.");
        if (await db.ApiKeys.OfProject(projectId, keyId).FirstOrDefaultAsync(call.Aborted) is not { } key) return CommonErrors.NotFound("key", keyId);
        if (payload.Apply(key) is { } fault) return fault;
        key.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        ring.ForgetKey(keyId);
        return Json.Ok(KeyResponse.From(key, vault.Reveal(key, call.Now), call.Now));
    }
}

/// <summary>DELETE .../keys/{id}: the key and every token made with it are dead.</summary>
internal static class DeleteKey
{
    internal static async Task<IResult> Handle(ApiCall call, string projectId, string keyId, VouchsafeDbContext db, KeyRing ring)
    {
        if (await db.ApiKeys.OfProject(projectId, keyId).ExecuteDeleteAsync(call.Aborted) == 0) return CommonErrors.NotFound("key", keyId);
        // A token whose key is gone opens nothing, so these rows are only litter; a failure between the two does no harm.
        await db.OAuthTokens.Where(t => t.KeyId == keyId).ExecuteDeleteAsync(call.Aborted);
        ring.ForgetAll();
        return Results.NoContent();
    }
}

/// <summary>POST .../keys/{id}/regenerate: a new secret, the old one is dead. Tokens made with the key live on.</summary>
internal static class RegenerateKey
{
    internal static Task<IResult> Handle(ApiCall call, string projectId, string keyId, VouchsafeDbContext db, KeyFactory factory, KeyRing ring) =>
        NewSecret.GiveAsync(call, projectId, keyId, db, factory, ring, overlap: null);
}

/// <summary>POST .../keys/{id}/rotate: a new secret, and the old one goes on working for <c>overlap_seconds</c>.</summary>
internal static class RotateKey
{
    private const int LongestOverlapSeconds = 30 * 86_400;

    internal sealed record Payload(int? OverlapSeconds);

    internal static async Task<IResult> Handle(ApiCall call, string projectId, string keyId, VouchsafeDbContext db, KeyFactory factory, KeyRing ring)
    {
        if ((await call.ReadBodyAsync<Payload>()).Failed(out var error, out var payload)) return error;
        if (payload.OverlapSeconds is not (>= 1 and <= LongestOverlapSeconds))
            return CommonErrors.InvalidPayload($"overlap_seconds must be an integer from 1 to {LongestOverlapSeconds}.");
        return await NewSecret.GiveAsync(call, projectId, keyId, db, factory, ring, TimeSpan.FromSeconds(payload.OverlapSeconds.Value));
    }
}

internal static class NewSecret
{
    internal static async Task<IResult> GiveAsync(
        ApiCall call, string projectId, string keyId, VouchsafeDbContext db, KeyFactory factory, KeyRing ring, TimeSpan? overlap)
    {
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, call.Aborted) is not { } project
            || await db.ApiKeys.OfProject(projectId, keyId).FirstOrDefaultAsync(call.Aborted) is not { } key) return CommonErrors.NotFound("key", keyId);
        var renewed = factory.Regenerate(key, project, overlap);
        await db.SaveChangesAsync(call.Aborted);
        ring.ForgetKey(keyId);
        return Json.Ok(KeyResponse.From(key, renewed.Secret, call.Now));
    }
}
