using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.OAuth;

/// <summary>
/// POST /v1/oauth/token: a bearer token for 900 seconds, with no more scopes than the key has. It inherits the key's list
/// of addresses and lives on when the key gets a new secret; at most 1,000 tokens of a project are alive at once.
/// </summary>
internal static class GenerateToken
{
    internal const int MaxLiveTokens = 1_000;
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(900);
    private const int TokenBytes = 32;

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await OAuthForm.ReadAsync(call)).Failed(out var error, out var form)) return error;
        if (form["grant_type"] != "client_credentials") return OAuthErrors.InvalidGrantType;
        if (form["scope"] is not { } scope) return OAuthErrors.InvalidScope("");
        var admission = RequestFacts.Of(call.Http).Admission!;
        if (!ScopeSet.TryParse(scope, out var scopes, out var unknown)) return OAuthErrors.InvalidScope(unknown.Length > 0 ? unknown : scope);
        foreach (var wanted in scopes.Enumerate())
            if (!admission.Scopes.Allows(wanted)) return OAuthErrors.InvalidScope(wanted.ToWire());

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var row = new OAuthToken
        {
            Hash = ApiSecretHash.Of(token).ToBytes(),
            ProjectId = call.Project.Id,
            KeyId = call.Caller.KeyId,
            Scopes = scopes.ToString(),
            CreatedAt = call.Now,
            ExpiresAt = call.Now + Life,
        };
        if (await StoreAsync(call, db, row) is { } firstExpiry) return TooMany(call, firstExpiry);
        return Json.Ok(TokenResponse.From(token, row, call.Now));
    }

    /// <summary>Null if the token was stored; else when the next of the project's live tokens dies.</summary>
    private static async Task<DateTimeOffset?> StoreAsync(ApiCall call, VouchsafeDbContext db, OAuthToken row)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(call.Aborted);
        // Locks the project's row: without it two nodes could both count 999.
        await db.Projects.Where(p => p.Id == row.ProjectId).ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, p => p.Name), call.Aborted);
        await db.OAuthTokens.Where(t => t.ProjectId == row.ProjectId && t.ExpiresAt <= call.Now).ExecuteDeleteAsync(call.Aborted);
        var live = await db.OAuthTokens.CountAsync(t => t.ProjectId == row.ProjectId, call.Aborted);
        if (live >= MaxLiveTokens)
            return await db.OAuthTokens.Where(t => t.ProjectId == row.ProjectId).MinAsync(t => (DateTimeOffset?)t.ExpiresAt, call.Aborted) ?? call.Now;
        db.OAuthTokens.Add(row);
        await db.SaveChangesAsync(call.Aborted);
        await transaction.CommitAsync(call.Aborted);
        return null;
    }

    private static ApiError TooMany(ApiCall call, DateTimeOffset firstExpiry)
    {
        var wait = Math.Max(1, (long)Math.Ceiling((firstExpiry - call.Now).TotalSeconds));
        call.Http.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return OAuthErrors.TooManyTokens(MaxLiveTokens);
    }
}
