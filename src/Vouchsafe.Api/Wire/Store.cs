using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Wire;

/// <summary>Saves plain rows whose unique keys the database guards.</summary>
internal static class Store
{
    /// <summary>Saves; the refusal if another row has the same key, null if all is well.</summary>
    internal static ValueTask<ApiError?> SaveAsync(VouchsafeDbContext db, ApiCall call, Func<ApiError> duplicate) => SaveAsync(db, duplicate, call.Aborted);

    /// <summary>The same for work in the background.</summary>
    internal static async ValueTask<ApiError?> SaveAsync(VouchsafeDbContext db, Func<ApiError> duplicate, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        // Only the unique index knows for sure: a look before the write would race with another request.
        catch (DbUpdateException e) when (IsDuplicate(e))
        {
            db.ChangeTracker.Clear();
            return duplicate();
        }
    }

    private static bool IsDuplicate(DbUpdateException e) =>
        e.InnerException is System.Data.Common.DbException { SqlState: "23505" }
        || e.InnerException?.Message.Contains("UNIQUE constraint failed", StringComparison.Ordinal) == true;
}
