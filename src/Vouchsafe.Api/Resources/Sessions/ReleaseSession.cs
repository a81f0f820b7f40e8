using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>DELETE /v1/vouchers/{code}/sessions/{sessionKey}: gives back what a session holds of a voucher.</summary>
internal static class ReleaseSession
{
    internal static async Task<IResult> Handle(ApiCall call, string code, string sessionKey, VouchsafeDbContext db, OverdueLocks locks)
    {
        if (await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is not { } voucher) return VoucherErrors.NotFound(code);
        for (var tries = 0; tries < ValidationSessions.Tries; tries++)
        {
            var held = await db.ValidationLocks.AsNoTracking().FirstOrDefaultAsync(l => l.RedeemableId == voucher.Id && l.SessionKey == sessionKey, call.Aborted);
            if (held is null) return SessionErrors.NotFound(sessionKey);
            // Overwritten between the look and the release: what holds now is what is to be released.
            if (!await locks.TakeBackAsync(held, call.Aborted)) continue;
            return held.IsOver(call.Now) ? SessionErrors.NotFound(sessionKey) : TypedResults.NoContent();
        }

        return CommonErrors.Busy;
    }
}

internal static class SessionsEndpoints
{
    internal static void MapSessions(this ChannelRoutes routes) =>
        routes.Delete("/vouchers/{code}/sessions/{sessionKey}", ReleaseSession.Handle, "release-validation-session", "vouchers");
}
