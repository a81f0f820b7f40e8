using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.OAuth;

/// <summary>POST /v1/oauth/introspect: what a token of this project is good for. Every other token looks alike.</summary>
internal static class IntrospectToken
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await OAuthForm.ReadAsync(call)).Failed(out var error, out var form)) return error;
        if (form["access_token"] is not { } token) return OAuthErrors.MissingParameters;
        var hash = ApiSecretHash.Of(token).ToBytes();
        var row = await db.OAuthTokens.AsNoTracking()
            .FirstOrDefaultAsync(t => t.Hash == hash && t.ProjectId == call.Project.Id && t.ExpiresAt > call.Now, call.Aborted);
        var lives = row is not null && await db.ApiKeys.AnyAsync(k => k.Id == row.KeyId && !k.Blocked, call.Aborted);
        return lives ? Json.Ok(TokenResponse.From(token, row!, call.Now, active: true)) : Json.Ok(new InactiveToken());
    }
}
