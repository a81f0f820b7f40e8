using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// The lock of a member after five wrong tries. A try is counted before it is looked at and given back when it was right:
/// Identity counts afterwards, and by a row version, so that a hundred guesses sent at the same moment would all be looked at.
/// </summary>
internal sealed class Tries(VouchsafeDbContext db, TimeProvider time)
{
    internal const int Most = 5;
    internal static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    /// <summary>Takes a try; false if the member is locked.</summary>
    internal async Task<bool> TakeAsync(string memberId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? until = now + Lock;
        return await db.Members.Where(m => m.Id == memberId && (m.LockoutEnd == null || m.LockoutEnd <= now)).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.LockoutEnd, m => m.AccessFailedCount + 1 >= Most ? until : null)
            .SetProperty(m => m.AccessFailedCount, m => m.AccessFailedCount + 1 >= Most ? 0 : m.AccessFailedCount + 1), ct) == 1;
    }

    /// <summary>The try was right: all is forgiven.</summary>
    internal Task ForgiveAsync(string memberId, CancellationToken ct) => db.Members.Where(m => m.Id == memberId)
        .ExecuteUpdateAsync(s => s.SetProperty(m => m.LockoutEnd, (DateTimeOffset?)null).SetProperty(m => m.AccessFailedCount, 0), ct);
}
