using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.Memberships;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>Links that work once. The token of 160 random bits is shown when the link is made; what is stored is its hash.</summary>
internal static class OneTimeLinks
{
    internal static readonly TimeSpan SetUpLife = TimeSpan.FromHours(24);
    internal static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    internal static readonly TimeSpan PasswordResetLife = TimeSpan.FromHours(24);

    internal static string NewToken() => ApiSecret.Generate();

    internal static byte[] HashOf(string token) => ApiSecretHash.Of(token).ToBytes();

    /// <summary>The link that a token opens, unused, alive and still backed by whoever made it; null: none.</summary>
    internal static async Task<OneTimeLink?> FindAsync(VouchsafeDbContext db, string? token, OneTimeLinkKind kind, DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token) || token.Length > ApiSecretHash.MaxTokenLength) return null;
        var hash = HashOf(token);
        var link = await db.OneTimeLinks.AsNoTracking()
            .FirstOrDefaultAsync(l => l.Hash == hash && l.Kind == kind && l.UsedAt == null && l.ExpiresAt > now, ct);
        return link is not null && await MembershipPower.BacksAsync(db, link, ct) ? link : null;
    }

    /// <summary>Uses a link up, within the transaction of what it does; false if somebody was first.</summary>
    internal static async Task<bool> UseAsync(VouchsafeDbContext db, OneTimeLink link, DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset? used = now;
        return await db.OneTimeLinks.Where(l => l.Hash == link.Hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.UsedAt, used), ct) == 1;
    }
}
