using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.OAuth;

/// <summary>POST /v1/oauth/token/revoke: the token is dead at once here and within two seconds on other nodes.</summary>
internal static class RevokeToken
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, KeyRing keys)
    {
        if ((await OAuthForm.ReadAsync(call)).Failed(out var error, out var form)) return error;
        if (form["access_token"] is not { } token) return OAuthErrors.MissingParameters;
        var hash = ApiSecretHash.Of(token).ToBytes();
        var removed = await db.OAuthTokens
            .Where(t => t.Hash == hash && t.ProjectId == call.Project.Id && t.ExpiresAt > call.Now)
            .ExecuteDeleteAsync(call.Aborted);
        keys.ForgetToken(token);
        return removed > 0 ? Results.NoContent() : Results.NotFound();
    }
}
