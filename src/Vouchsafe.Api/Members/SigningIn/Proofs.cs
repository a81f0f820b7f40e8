using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// Whether whoever sits at a signed-in browser is the member: they signed in, or gave password or passkey again, within ten
/// minutes. What changes how a member signs in asks for it, so that a browser left open is not an account given away.
/// </summary>
internal sealed class Proofs(VouchsafeDbContext db, Tries tries, MemberPasswords passwords, FailedSignIns failures, TimeProvider time)
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    internal async Task<bool> IsFreshAsync(string signInId, CancellationToken ct)
    {
        DateTimeOffset? since = time.GetUtcNow() - Fresh;
        return await db.SignIns.AnyAsync(s => s.Id == signInId && s.EndedAt == null && s.ProvenAt > since, ct);
    }

    /// <summary>Whether the password is right; then it is a proof. Wrong ones count as tries to sign in do, and lock as they do.</summary>
    internal async Task<bool> ByPasswordAsync(Member member, string signInId, string? password, CancellationToken ct)
    {
        var mayTry = await tries.TakeAsync(member.Id, ct);
        if (!mayTry || !passwords.IsRight(member, password ?? ""))
        {
            var from = await db.SignIns.AsNoTracking().FirstOrDefaultAsync(s => s.Id == signInId, ct);
            await failures.WriteAsync(mayTry ? SignInFailure.WrongPassword : SignInFailure.Locked, member.Id, from?.Address ?? "", from?.UserAgent ?? "");
            return false;
        }
        await tries.ForgiveAsync(member.Id, ct);
        await WriteAsync(signInId, ct);
        return true;
    }

    /// <summary>Notes that the member proved it now.</summary>
    internal Task WriteAsync(string signInId, CancellationToken ct)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return db.SignIns.Where(s => s.Id == signInId).ExecuteUpdateAsync(s => s.SetProperty(x => x.ProvenAt, now), ct);
    }
}
