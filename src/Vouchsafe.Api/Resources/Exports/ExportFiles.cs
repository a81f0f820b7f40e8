using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>How large exported files may become and how long they are kept.</summary>
internal static class ExportFiles
{
    /// <summary>Most rows that one export looks at.</summary>
    internal const int MaxRows = 500_000;

    /// <summary>How long a file can be fetched, counted from the request.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    internal static bool IsOver(DateTimeOffset createdAt, DateTimeOffset now) => createdAt + KeptFor <= now;

    /// <summary>Erases the files whose time is over; the exports themselves stay in the list.</summary>
    internal static async Task EraseOverAsync(VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var before = now - KeptFor;
        if (await db.ExportParts.AnyAsync(p => p.CreatedAt <= before, ct)) await db.ExportParts.Where(p => p.CreatedAt <= before).ExecuteDeleteAsync(ct);
    }
}
