using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>Takes locks back whose time is over. Several may try at once: the ledger lets one of them.</summary>
internal sealed class OverdueLocks(Ledger ledger)
{
    private const int Portion = 500;

    /// <summary>Takes back all that are over.</summary>
    /// <param name="db">The database.</param>
    /// <param name="projectId">Of one project; null: of all.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels between portions.</param>
    /// <returns>How many were found.</returns>
    internal async ValueTask<int> ReleaseAsync(VouchsafeDbContext db, string? projectId, DateTimeOffset now, CancellationToken ct)
    {
        for (var found = 0; ;)
        {
            var portion = await db.ValidationLocks.AsNoTracking().Where(l => l.ExpiresAt <= now && (projectId == null || l.ProjectId == projectId))
                .OrderBy(l => l.ExpiresAt).Take(Portion).ToListAsync(ct);
            await ReleaseAsync(portion, ct);
            found += portion.Count;
            if (portion.Count < Portion) return found;
        }
    }

    /// <summary>Takes back the given ones; one that somebody else took back meanwhile is left alone.</summary>
    internal async ValueTask ReleaseAsync(IReadOnlyCollection<ValidationLock> locks, CancellationToken ct)
    {
        if (locks.Count > 0) await Task.WhenAll(locks.Select(l => TakeBackAsync(l, ct).AsTask()));
    }

    /// <summary>Takes a lock back.</summary>
    /// <returns>False if somebody else did before.</returns>
    internal async ValueTask<bool> TakeBackAsync(ValidationLock one, CancellationToken ct)
    {
        var erased = new HashSet<string>(StringComparer.Ordinal);
        for (;;)
        {
            var outcome = await ledger.CommitAsync(LockLedger.Release(one, erased), ct);
            // A counter that does not have what the lock put in it went with what was removed for good; what the lock holds
            // elsewhere goes back all the same.
            if (outcome is LedgerOutcome.Refused { Change: var change } && change.Owner != one.LockId && erased.Add(change.Owner)) continue;
            return outcome is LedgerOutcome.Accepted;
        }
    }
}
