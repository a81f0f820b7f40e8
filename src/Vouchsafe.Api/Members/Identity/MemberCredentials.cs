using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Identity;

/// <summary>
/// Changes of what members sign in with. Each writes a new security stamp, so that whoever was let half in by the old state
/// gets no further, and a new concurrency stamp, so that Identity never writes a row back as it was read before.
/// </summary>
internal sealed class MemberCredentials(VouchsafeDbContext db, MemberPasswords passwords, SignInBook book, MemberDirectory directory)
{
    /// <summary>
    /// Sets a password, ends the member's sign-ins but one, and kills the links that would set another password; all of it
    /// or nothing. A lock after wrong tries is lifted.
    /// </summary>
    /// <param name="memberId">The member.</param>
    /// <param name="password">The password, checked.</param>
    /// <param name="exceptSignIn">The sign-in that stays; null: none does.</param>
    /// <param name="link">The link that this uses up; null: without one.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False if somebody was first to use the link.</returns>
    internal async Task<bool> SetPasswordAsync(string memberId, string password, string? exceptSignIn, OneTimeLink? link, CancellationToken ct)
    {
        var hash = passwords.Hash(password); // slow: before the rows are locked
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (link is not null && !await OneTimeLinks.UseAsync(db, link, book.Now, ct)) return false;
        var (stamp, version) = (NewStamp(), NewStamp());
        await db.Members.Where(m => m.Id == memberId).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.PasswordHash, hash)
            .SetProperty(m => m.SecurityStamp, stamp)
            .SetProperty(m => m.ConcurrencyStamp, version)
            .SetProperty(m => m.LockoutEnd, (DateTimeOffset?)null)
            .SetProperty(m => m.AccessFailedCount, 0), ct);
        await PasswordResets.WithdrawAsync(db, memberId, ct);
        await book.EndAsync(memberId, only: null, exceptSignIn, ct);
        await transaction.CommitAsync(ct);
        directory.ForgetAll(); // what was read while the transaction ran is old
        return true;
    }

    /// <summary>Keeps the key of a new authenticator, which is in force once a code of it was confirmed. False if one is in force.</summary>
    internal async Task<bool> PrepareAuthenticatorAsync(string memberId, byte[] protectedKey, CancellationToken ct)
    {
        var version = NewStamp();
        return await db.Members.Where(m => m.Id == memberId && !m.TwoFactorEnabled).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.ProtectedAuthenticatorKey, protectedKey)
            .SetProperty(m => m.LastCodeStep, 0)
            .SetProperty(m => m.ConcurrencyStamp, version), ct) == 1;
    }

    /// <summary>Puts the prepared authenticator in force and returns the recovery codes; null if it is in force or another was prepared since.</summary>
    internal Task<IReadOnlyList<string>?> EnableAuthenticatorAsync(Member member, long step, CancellationToken ct)
    {
        var (stamp, version) = (NewStamp(), NewStamp());
        return WithNewCodesAsync(member.Id, () => db.Members
            .Where(m => m.Id == member.Id && !m.TwoFactorEnabled && m.ProtectedAuthenticatorKey == member.ProtectedAuthenticatorKey)
            .ExecuteUpdateAsync(s => s
                .SetProperty(m => m.TwoFactorEnabled, true)
                .SetProperty(m => m.LastCodeStep, step)
                .SetProperty(m => m.SecurityStamp, stamp)
                .SetProperty(m => m.ConcurrencyStamp, version), ct), ct);
    }

    /// <summary>Replaces the recovery codes; null if there is no second factor.</summary>
    internal Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(string memberId, CancellationToken ct)
    {
        var version = NewStamp();
        return WithNewCodesAsync(memberId, () => db.Members.Where(m => m.Id == memberId && m.TwoFactorEnabled)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.ConcurrencyStamp, version), ct), ct);
    }

    /// <summary>Takes authenticator and recovery codes away.</summary>
    internal async Task DisableAuthenticatorAsync(string memberId, CancellationToken ct)
    {
        var (stamp, version) = (NewStamp(), NewStamp());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Members.Where(m => m.Id == memberId).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.TwoFactorEnabled, false)
            .SetProperty(m => m.ProtectedAuthenticatorKey, (byte[]?)null)
            .SetProperty(m => m.SecurityStamp, stamp)
            .SetProperty(m => m.ConcurrencyStamp, version), ct);
        await db.RecoveryCodes.Where(c => c.MemberId == memberId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // The change of the member's row comes first: it holds the row, so that of two renewals one set of codes is left.
    private async Task<IReadOnlyList<string>?> WithNewCodesAsync(string memberId, Func<Task<int>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await change() != 1) return null;
        var codes = await RecoveryCodes.RenewAsync(db, memberId, ct);
        await transaction.CommitAsync(ct);
        return codes;
    }

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
