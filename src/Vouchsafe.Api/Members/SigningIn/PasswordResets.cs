using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// Links that set a member's password, for those who lost theirs. There is no mail: somebody who may makes the link and hands
/// it over. The newest works, once, for 24 hours.
/// </summary>
internal sealed class PasswordResets(VouchsafeDbContext db, TimeProvider time)
{
    internal const string Path = "/account/reset?token=";

    /// <summary>Makes the link; the earlier ones of the member die.</summary>
    /// <param name="memberId">Whose password it sets.</param>
    /// <param name="createdBy">The member who makes it; null: the server's operator, on the command line.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Its path, and when it dies.</returns>
    internal async Task<(string Path, DateTimeOffset ExpiresAt)> MakeAsync(string memberId, string? createdBy, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var token = OneTimeLinks.NewToken();
        var link = new OneTimeLink
        {
            Id = Ids.New(IdPrefix.OneTimeLink, now), Hash = OneTimeLinks.HashOf(token), Kind = OneTimeLinkKind.PasswordReset,
            MemberId = memberId, CreatedBy = createdBy, CreatedAt = now, ExpiresAt = now + OneTimeLinks.PasswordResetLife,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await WithdrawAsync(db, memberId, ct);
        db.OneTimeLinks.Add(link);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (Path + token, link.ExpiresAt);
    }

    /// <summary>The link that a token opens, and its member; null: it does not work.</summary>
    internal async Task<(OneTimeLink Link, Member Member)?> FindAsync(string? token, CancellationToken ct)
    {
        if (await OneTimeLinks.FindAsync(db, token, OneTimeLinkKind.PasswordReset, time.GetUtcNow(), ct) is not { } link) return null;
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == link.MemberId, ct) is { } member ? (link, member) : null;
    }

    /// <summary>Kills the unused links of a member.</summary>
    internal static Task WithdrawAsync(VouchsafeDbContext db, string memberId, CancellationToken ct) =>
        db.OneTimeLinks.Where(l => l.Kind == OneTimeLinkKind.PasswordReset && l.MemberId == memberId && l.UsedAt == null).ExecuteDeleteAsync(ct);
}
